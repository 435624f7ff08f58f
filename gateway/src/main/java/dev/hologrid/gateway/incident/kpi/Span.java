package dev.hologrid.gateway.incident.kpi;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** A time from an instant to another, the second not included. */
public record Span(Instant from, Instant to) {
  public Span {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "a period begins before it ends, but was " + from + " to " + to);
    }
  }

  /** A whole month is compared with the month before, anything else with as long a time. */
  public Span before(ZoneId zone) {
    ZonedDateTime begin = from.atZone(zone);
    boolean month =
        begin.getDayOfMonth() == 1
            && begin.toLocalTime().toSecondOfDay() == 0
            && begin.plusMonths(1).toInstant().equals(to);
    return month
        ? new Span(begin.minusMonths(1).toInstant(), from)
        : new Span(from.minus(Duration.between(from, to)), from);
  }

  /** The same days a year earlier; 29 February, which it lacks, is compared with the 28th. */
  public Span yearBefore(ZoneId zone) {
    Instant begin = from.atZone(zone).minusYears(1).toInstant();
    Instant end = to.atZone(zone).minusYears(1).toInstant();
    return new Span(begin, begin.isBefore(end) ? end : begin.plus(Duration.between(from, to)));
  }

  /** Whether it holds a moment in epoch milliseconds. */
  boolean holds(long at) {
    return at >= from.toEpochMilli() && at < to.toEpochMilli();
  }
}
