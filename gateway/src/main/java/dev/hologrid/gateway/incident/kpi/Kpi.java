package dev.hologrid.gateway.incident.kpi;

import dev.hologrid.gateway.incident.Figure;
import java.util.function.ToLongFunction;

/**
 * Counts of one period and group. A rate is a pair of counts; nothing divided is stored.
 *
 * @param reported 上报数: opened in the period
 * @param accepted 受理数: decided (filed or rejected) in the period
 * @param filed 立案数: of these, filed and found true
 * @param selfHandled 自行处置数: fixed on the spot, not counted among the filed
 * @param dispatched 派遣数: dispatched in the period for the first time
 * @param returned of these, returned at least once
 * @param handled 处置数: with their latest feedback in the period
 * @param handledInTime of these, by their limit
 * @param reworked of these, sent back by a check at least once
 * @param deferred of these, with an approved deferral
 * @param handleMillis the sum of the times from dispatch to feedback of the handled
 * @param dueToHandle 应处置数: whose limit for handling falls in the period
 * @param dueHandled of these, handled before the end of the period
 * @param dueToClose 应结案数: filed cases whose limit falls in the period
 * @param dueClosed of these, closed before the end of the period
 * @param dueClosedInTime of these, closed by their limit
 * @param closed 结案数: ended in the period, self-handled cases included
 * @param closedInGrid of these, never above the grid
 * @param falseAlarms of these, sensor cases that were none
 * @param sensorClosed of these, all sensor cases
 */
public record Kpi(
    long reported,
    long accepted,
    long filed,
    long selfHandled,
    long dispatched,
    long returned,
    long handled,
    long handledInTime,
    long reworked,
    long deferred,
    long handleMillis,
    long dueToHandle,
    long dueHandled,
    long dueToClose,
    long dueClosed,
    long dueClosedInTime,
    long closed,
    long closedInGrid,
    long falseAlarms,
    long sensorClosed) {
  /** The counts by their names; what each is stands above. */
  static Kpi of(ToLongFunction<Figure> count) {
    return new Kpi(
        count.applyAsLong(Figure.REPORTED),
        count.applyAsLong(Figure.ACCEPTED),
        count.applyAsLong(Figure.FILED),
        count.applyAsLong(Figure.SELF_HANDLED),
        count.applyAsLong(Figure.DISPATCHED),
        count.applyAsLong(Figure.RETURNED),
        count.applyAsLong(Figure.HANDLED),
        count.applyAsLong(Figure.HANDLED_IN_TIME),
        count.applyAsLong(Figure.REWORKED),
        count.applyAsLong(Figure.DEFERRED),
        count.applyAsLong(Figure.HANDLE_MILLIS),
        count.applyAsLong(Figure.DUE_TO_HANDLE),
        count.applyAsLong(Figure.DUE_HANDLED),
        count.applyAsLong(Figure.DUE_TO_CLOSE),
        count.applyAsLong(Figure.DUE_CLOSED),
        count.applyAsLong(Figure.DUE_CLOSED_IN_TIME),
        count.applyAsLong(Figure.CLOSED),
        count.applyAsLong(Figure.CLOSED_IN_GRID),
        count.applyAsLong(Figure.FALSE_ALARMS),
        count.applyAsLong(Figure.SENSOR_CLOSED));
  }

  /** 立案率. */
  public double filingRate() {
    return rate(filed, accepted);
  }

  /** 处置率: of those whose limit falls in the period. */
  public double handlingRate() {
    return rate(dueHandled, dueToHandle);
  }

  /** 按期处置率. */
  public double inTimeHandlingRate() {
    return rate(handledInTime, handled);
  }

  /** 结案率. */
  public double closingRate() {
    return rate(dueClosed, dueToClose);
  }

  /** 按期结案率: against those due, not those closed. */
  public double inTimeClosingRate() {
    return rate(dueClosedInTime, dueToClose);
  }

  public double reworkRate() {
    return rate(reworked, handled);
  }

  public double returnRate() {
    return rate(returned, dispatched);
  }

  public double deferralRate() {
    return rate(deferred, handled);
  }

  public double inGridClosureRate() {
    return rate(closedInGrid, closed);
  }

  public double falseAlarmRate() {
    return rate(falseAlarms, sensorClosed);
  }

  public double averageHandleMinutes() {
    return handled == 0 ? Double.NaN : handleMillis / 60_000.0 / handled;
  }

  /** NaN where nothing could have happened: no case is not the same as none of the cases. */
  private static double rate(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
