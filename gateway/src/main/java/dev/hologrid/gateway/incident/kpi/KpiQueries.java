package dev.hologrid.gateway.incident.kpi;

import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.Database;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
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
                : Compared.of(by, span, zone, each -> group(handle, by, border, each)));
  }

  /** One period alone, everywhere. */
  public Map<String, Kpi> period(KpiGroup by, Span span) {
    return jdbi.withHandle(handle -> group(handle, by, Border.EVERYWHERE, span));
  }

  /** Each day or month beside the one before it and the one a year before it. */
  private Compared<KpiGroup, Kpi> overTime(Handle handle, KpiGroup by, Border border, Span span) {
    boolean months = by == KpiGroup.MONTH;
    Whole whole = new Whole(by, Part.begin(span, months, zone).toLocalDate(), zone);
    whole.read(handle, border, span);
    return Compared.overTime(
        by, span, Part.of(span, months, zone), zone, part -> part(handle, whole, border, part));
  }

  private Map<String, Kpi> part(Handle handle, Whole whole, Border border, Span part) {
    return whole.has(part) ? whole.kpis(part) : group(handle, KpiGroup.ALL, border, part);
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
