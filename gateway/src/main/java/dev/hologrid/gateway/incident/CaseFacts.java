package dev.hologrid.gateway.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the indicators know of one case. Counting it twice, from the state before and from the one
 * after, gives what a change does to them.
 */
public record CaseFacts(Group group, Moments moments, Set<Mark> marks) {
  /** A moment that has not come. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The columns of {@code incidents} that {@link #read} takes, in its order. */
  public static final String COLUMNS =
      "district, town, community, grid, category, department, opened_at, decided_at, dispatched_at,"
          + " handled_at, closed_at, handle_by, close_by, filed_at, verified_at, state, returns,"
          + " reworks, deferrals, max_level, resolution, origin";

  /** What figures are split by; empty where a case has none. */
  public record Group(
      String district,
      String town,
      String community,
      String grid,
      String category,
      String department) {}

  /** Epoch milliseconds, or {@link #NEVER}. */
  record Moments(
      long opened,
      long decided,
      long dispatched,
      long handled,
      long closed,
      long handleBy,
      long closeBy) {}

  enum Mark {
    FILED,
    VERIFIED,
    REJECTED,
    SELF_HANDLED,
    RETURNED,
    REWORKED,
    DEFERRED,
    IN_GRID,
    FALSE_ALARM,
    SENSOR
  }

  /** Takes what happened at a moment. */
  @FunctionalInterface
  public interface Happened {
    void add(long at, Figure figure, long count);
  }

  /** Takes what had to be done by a moment. */
  @FunctionalInterface
  public interface Due {
    /**
     * Takes one.
     *
     * @param total {@link Figure#DUE_TO_HANDLE} or {@link Figure#DUE_TO_CLOSE}
     * @param done when it was done, or {@link #NEVER}
     */
    void add(long due, Figure total, long done, boolean inTime);
  }

  static CaseFacts of(Incident i) {
    Times t = i.times();
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    mark(marks, Mark.FILED, t.filed() != null);
    mark(marks, Mark.VERIFIED, t.verified() != null);
    mark(marks, Mark.RETURNED, i.counts().returns() > 0);
    mark(marks, Mark.REWORKED, i.counts().reworks() > 0);
    mark(marks, Mark.DEFERRED, i.counts().deferrals() > 0);
    mark(marks, Mark.IN_GRID, i.standing().highest() == Level.GRID);
    mark(marks, Mark.SENSOR, i.report().origin() == Origin.SENSOR);
    Outcome outcome = i.ends().outcome();
    mark(marks, Mark.FALSE_ALARM, outcome != null && outcome.resolution().isFalseAlarm());
    mark(marks, i.state());
    Spot spot = i.spot();
    String department = i.hands().department();
    return new CaseFacts(
        new Group(
            spot.at(0),
            spot.at(1),
            spot.at(2),
            spot.at(3),
            i.report().category(),
            department == null ? "" : department),
        new Moments(
            t.opened().toEpochMilli(),
            millis(t.decided()),
            millis(t.dispatched()),
            millis(t.handled()),
            millis(t.closed()),
            millis(i.limits().handleBy()),
            millis(i.limits().closeBy())),
        marks);
  }

  private static void mark(Set<Mark> marks, Mark mark, boolean is) {
    if (is) {
      marks.add(mark);
    }
  }

  private static void mark(Set<Mark> marks, State state) {
    mark(marks, Mark.REJECTED, state == State.REJECTED);
    mark(marks, Mark.SELF_HANDLED, state == State.SELF_HANDLED);
  }

  private static long millis(@Nullable Instant at) {
    return at == null ? NEVER : at.toEpochMilli();
  }

  /** From a row of {@link #COLUMNS}. */
  public static CaseFacts read(ResultSet rs) throws SQLException {
    Group group =
        new Group(text(rs, 1), text(rs, 2), text(rs, 3), text(rs, 4), text(rs, 5), text(rs, 6));
    Moments moments =
        new Moments(
            millis(rs, 7),
            millis(rs, 8),
            millis(rs, 9),
            millis(rs, 10),
            millis(rs, 11),
            millis(rs, 12),
            millis(rs, 13));
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    mark(marks, Mark.FILED, millis(rs, 14) != NEVER);
    mark(marks, Mark.VERIFIED, millis(rs, 15) != NEVER);
    mark(marks, State.valueOf(text(rs, 16)));
    mark(marks, Mark.RETURNED, rs.getInt(17) > 0);
    mark(marks, Mark.REWORKED, rs.getInt(18) > 0);
    mark(marks, Mark.DEFERRED, rs.getInt(19) > 0);
    mark(marks, Mark.IN_GRID, rs.getInt(20) == Level.GRID.ordinal());
    String resolution = rs.getString(21);
    mark(
        marks,
        Mark.FALSE_ALARM,
        resolution != null && Resolution.valueOf(resolution).isFalseAlarm());
    mark(marks, Mark.SENSOR, Origin.SENSOR.name().equals(text(rs, 22).toUpperCase(Locale.ROOT)));
    return new CaseFacts(group, moments, marks);
  }

  private static String text(ResultSet rs, int column) throws SQLException {
    return Objects.requireNonNullElse(rs.getString(column), "");
  }

  private static long millis(ResultSet rs, int column) throws SQLException {
    long at = rs.getLong(column);
    return rs.wasNull() ? NEVER : at;
  }

  /** Tells all that happened, each at its moment. */
  public void happened(Happened to) {
    to.add(moments.opened(), Figure.REPORTED, 1);
    if (moments.decided() != NEVER) {
      to.add(moments.decided(), Figure.ACCEPTED, 1);
      add(to, moments.decided(), Figure.FILED, is(Mark.FILED) && is(Mark.VERIFIED));
    }
    if (moments.dispatched() != NEVER) {
      to.add(moments.dispatched(), Figure.DISPATCHED, 1);
      add(to, moments.dispatched(), Figure.RETURNED, is(Mark.RETURNED));
    }
    handled(to, moments.handled());
    closed(to, moments.closed());
  }

  private void handled(Happened to, long at) {
    if (at == NEVER) {
      return;
    }
    to.add(at, Figure.HANDLED, 1);
    long by = moments.handleBy();
    add(to, at, Figure.HANDLED_IN_TIME, by != NEVER && at <= by);
    add(to, at, Figure.REWORKED, is(Mark.REWORKED));
    add(to, at, Figure.DEFERRED, is(Mark.DEFERRED));
    if (moments.dispatched() != NEVER) {
      to.add(at, Figure.HANDLE_MILLIS, at - moments.dispatched());
    }
  }

  private void closed(Happened to, long at) {
    if (at == NEVER || is(Mark.REJECTED)) {
      return;
    }
    to.add(at, Figure.CLOSED, 1);
    add(to, at, Figure.SELF_HANDLED, is(Mark.SELF_HANDLED));
    add(to, at, Figure.CLOSED_IN_GRID, is(Mark.IN_GRID));
    add(to, at, Figure.FALSE_ALARMS, is(Mark.FALSE_ALARM));
    add(to, at, Figure.SENSOR_CLOSED, is(Mark.SENSOR));
  }

  private static void add(Happened to, long at, Figure figure, boolean is) {
    if (is) {
      to.add(at, figure, 1);
    }
  }

  /** Tells what had to be done by a moment, and when it was. */
  public void due(Due to) {
    if (moments.handleBy() != NEVER) {
      to.add(
          moments.handleBy(),
          Figure.DUE_TO_HANDLE,
          moments.handled(),
          moments.handled() <= moments.handleBy());
    }
    if (moments.closeBy() != NEVER && is(Mark.FILED)) {
      to.add(
          moments.closeBy(),
          Figure.DUE_TO_CLOSE,
          moments.closed(),
          moments.closed() <= moments.closeBy());
    }
  }

  private boolean is(Mark mark) {
    return marks.contains(mark);
  }
}
