package dev.hologrid.gateway.incident.kpi;

import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.Database;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Indicators from the sums that the desk stores by day and month with every change; only the begun
 * days at the ends of a period, and single buildings, are counted from the cases. So the cost
 * follows the groups and not the history. Blocks. Safe for use by many threads.
 */
public final class KpiQueries {
  /** So many days or months in one answer. */
  public static final int MOST_PARTS = 400;

  private final Jdbi jdbi;
  private final ZoneId zone;

  public KpiQueries(Database database, ZoneId zone) {
    this.jdbi = database.reader();
    this.zone = zone;
  }

  /** The zone whose days and months these are. */
  public ZoneId zone() {
    return zone;
  }

  /** A period beside the one before (环比) and the same one a year earlier (同比). */
  public Compared<KpiGroup, Kpi> report(KpiGroup by, Border border, Span span) {
    return jdbi.withHandle(
        handle ->
            by.isTime()
                ? overTime(handle, by, border, span)
                : new Compared<>(
                    by,
                    span,
                    group(handle, by, border, span),
                    group(handle, by, border, span.before(zone)),
                    group(handle, by, border, span.yearBefore(zone))));
  }

  /** One period alone, everywhere. */
  public Map<String, Kpi> period(KpiGroup by, Span span) {
    return jdbi.withHandle(handle -> group(handle, by, Border.EVERYWHERE, span));
  }

  /** Each day or month beside the one before it and the one a year before it. */
  private Compared<KpiGroup, Kpi> overTime(Handle handle, KpiGroup by, Border border, Span span) {
    Map<String, Kpi> now = new TreeMap<>();
    Map<String, Kpi> previous = new TreeMap<>();
    Map<String, Kpi> lastYear = new TreeMap<>();
    ZonedDateTime day = span.from().atZone(zone).truncatedTo(ChronoUnit.DAYS);
    ZonedDateTime from = by == KpiGroup.MONTH ? day.withDayOfMonth(1) : day;
    Whole whole = new Whole(by, from.toLocalDate(), zone);
    whole.read(handle, border, span);
    for (int i = 0; i < MOST_PARTS && from.toInstant().isBefore(span.to()); i++) {
      ZonedDateTime to = by == KpiGroup.MONTH ? from.plusMonths(1) : from.plusDays(1);
      Span part = new Span(latest(from, span.from()), earliest(to, span.to()));
      String name = from.toLocalDate().toString().substring(0, by == KpiGroup.MONTH ? 7 : 10);
      put(now, name, part(handle, whole, border, part));
      put(previous, name, part(handle, whole, border, part.before(zone)));
      put(lastYear, name, part(handle, whole, border, part.yearBefore(zone)));
      from = to;
    }
    return new Compared<>(by, span, now, previous, lastYear);
  }

  private Map<String, Kpi> part(Handle handle, Whole whole, Border border, Span part) {
    return whole.has(part) ? whole.kpis(part) : group(handle, KpiGroup.ALL, border, part);
  }

  private static Instant latest(ZonedDateTime a, Instant b) {
    return a.toInstant().isBefore(b) ? b : a.toInstant();
  }

  private static Instant earliest(ZonedDateTime a, Instant b) {
    return a.toInstant().isAfter(b) ? b : a.toInstant();
  }

  private static void put(Map<String, Kpi> to, String name, Map<String, Kpi> one) {
    one.values().forEach(each -> to.put(name, each));
  }

  private Map<String, Kpi> group(Handle handle, KpiGroup by, Border border, Span span) {
    Sums sums = new Sums();
    boolean stored = Stored.knows(border);
    Period period = stored ? Period.of(span, zone) : new Period(span, 0, 0, List.of(span));
    if (period.hasDays()) {
      Stored.add(handle, by, border, period, sums);
    }
    if (!period.edges().isEmpty()) {
      Stored.cases(handle, border, period).forEach(each -> sums.add(by.of(each), each, period));
    }
    return sums.kpis();
  }
}
