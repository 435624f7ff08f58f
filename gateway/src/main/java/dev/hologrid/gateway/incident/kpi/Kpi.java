package dev.hologrid.gateway.incident.kpi;

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
