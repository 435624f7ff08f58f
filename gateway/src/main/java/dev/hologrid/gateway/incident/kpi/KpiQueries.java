package dev.hologrid.gateway.incident.kpi;

import dev.hologrid.gateway.incident.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Indicators from SQL. Each figure is read from one covering index over the period, so the cost
 * follows the period and not the history. Blocks. Safe for use by many threads.
 */
public final class KpiQueries {
  private final Jdbi jdbi;
  private final ZoneId zone;

  public KpiQueries(Database database, ZoneId zone) {
    this.jdbi = database.reader();
    this.zone = zone;
  }

  /** A period {@code from <= t < to} beside the one before and the same one a year earlier. */
  public KpiReport report(KpiGroup by, Instant from, Instant to) {
    return jdbi.withHandle(
        handle -> {
          Span previous = before(from, to);
          Span lastYear = new Span(yearBefore(from), yearBefore(to));
          return new KpiReport(
              by,
              from,
              to,
              period(handle, by, new Span(from, to)),
              period(handle, by, previous),
              period(handle, by, lastYear));
        });
  }

  /** One period alone. */
  public Map<String, Kpi> period(KpiGroup by, Instant from, Instant to) {
    return jdbi.withHandle(handle -> period(handle, by, new Span(from, to)));
  }

  private record Span(Instant from, Instant to) {}

  /** A whole month is compared with the month before, anything else with as long a time. */
  private Span before(Instant from, Instant to) {
    ZonedDateTime begin = from.atZone(zone);
    boolean month =
        begin.getDayOfMonth() == 1
            && begin.toLocalTime().toSecondOfDay() == 0
            && begin.plusMonths(1).toInstant().equals(to);
    return month
        ? new Span(begin.minusMonths(1).toInstant(), from)
        : new Span(from.minus(Duration.between(from, to)), from);
  }

  private Instant yearBefore(Instant at) {
    return at.atZone(zone).minusYears(1).toInstant();
  }

  private static Map<String, Kpi> period(Handle handle, KpiGroup by, Span span) {
    Map<String, long[]> sums = new HashMap<>();
    for (Figures each : Figures.values()) {
      each.read(handle, by, span.from().toEpochMilli(), span.to().toEpochMilli(), sums);
    }
    Map<String, Kpi> kpis = new TreeMap<>();
    sums.forEach((group, s) -> kpis.put(group, Figures.kpi(s)));
    return kpis;
  }
}
