package dev.hologrid.gateway.incident.kpi;

import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.Database;
import java.time.LocalDate;
import java.time.ZoneId;
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
    List<Part> parts = Part.of(span, by == KpiGroup.MONTH, zone);
    Whole whole = new Whole(by, begin(by, span), zone);
    whole.read(handle, border, span);
    for (Part each : parts) {
      Span part = each.span();
      put(now, each.name(), part(handle, whole, border, part));
      put(previous, each.name(), part(handle, whole, border, part.before(zone)));
      put(lastYear, each.name(), part(handle, whole, border, part.yearBefore(zone)));
    }
    return new Compared<>(by, span, now, previous, lastYear);
  }

  private Map<String, Kpi> part(Handle handle, Whole whole, Border border, Span part) {
    return whole.has(part) ? whole.kpis(part) : group(handle, KpiGroup.ALL, border, part);
  }

  private LocalDate begin(KpiGroup by, Span span) {
    LocalDate day = span.from().atZone(zone).toLocalDate();
    return by == KpiGroup.MONTH ? day.withDayOfMonth(1) : day;
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
