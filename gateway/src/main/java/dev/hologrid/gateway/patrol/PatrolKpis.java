package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.kpi.Compared;
import dev.hologrid.gateway.incident.kpi.Part;
import dev.hologrid.gateway.incident.kpi.Span;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * How planned patrols were walked, from SQL: rounds whose window closes in a period, but for the
 * excused. Every method blocks. Safe for use by many threads.
 */
public final class PatrolKpis {
  private final Database database;
  private final ZoneId zone;

  public PatrolKpis(Database database, ZoneId zone) {
    this.database = database;
    this.zone = zone;
  }

  public ZoneId zone() {
    return zone;
  }

  /** What the counts are split by; day and month are those in which the window closes. */
  public enum By {
    ALL("''"),
    TOWN("town"),
    COMMUNITY("community"),
    GRID("place"),
    OFFICER("officer"),
    DAY("''"),
    MONTH("''");

    private final String sql;

    By(String sql) {
      this.sql = sql;
    }

    /** Whether the groups are periods themselves. */
    public boolean isTime() {
      return this == DAY || this == MONTH;
    }
  }

  /**
   * Counts of one group. A rate is a pair of them.
   *
   * @param planned 应巡: whose window is over, or that are done already
   * @param done 实巡: all was visited, in time or later
   * @param onTime 按时: all was visited within the window
   * @param missed 漏巡: something is still not visited
   * @param points 应到点: of the planned
   * @param visited 实到点: of these, visited in time or later
   */
  public record Counts(
      long planned, long done, long onTime, long missed, long points, long visited) {}

  /**
   * Counts by group, with the period before (环比) and the same one a year earlier (同比); a day or
   * month has the one before it and the one a year before it.
   */
  public Compared<By, Counts> report(By by, Border border, Span span) {
    return database
        .reader()
        .withHandle(
            handle ->
                by.isTime()
                    ? Compared.overTime(
                        by,
                        span,
                        Part.of(span, by == By.MONTH, zone),
                        zone,
                        part -> read(handle, By.ALL, border, part))
                    : Compared.of(by, span, zone, each -> read(handle, by, border, each)));
  }

  private static Map<String, Counts> read(Handle handle, By by, Border border, Span span) {
    Query query =
        handle
            .createQuery(
                "select "
                    + by.sql
                    + " as grp, count(*), "
                    + count("state in ('DONE', 'LATE')")
                    + ", "
                    + count("state = 'DONE'")
                    + ", "
                    + count("state = 'MISSED'")
                    + ", sum(points), sum(visited) from patrol_rounds"
                    + " where closes_at >= :from and closes_at < :to"
                    + " and state in ('DONE', 'LATE', 'MISSED')"
                    + border.condition(" and ", "place")
                    + " group by "
                    + (by == By.ALL ? "state" : by.sql))
            .bind("from", span.from().toEpochMilli())
            .bind("to", span.to().toEpochMilli());
    if (border.column() != null) {
      query.bind("place", border.place());
    }
    Map<String, Counts> counts = new TreeMap<>();
    query
        .map(
            (rs, ctx) ->
                counts.merge(
                    rs.getString(1),
                    new Counts(
                        rs.getLong(2),
                        rs.getLong(3),
                        rs.getLong(4),
                        rs.getLong(5),
                        rs.getLong(6),
                        rs.getLong(7)),
                    PatrolKpis::sum))
        .list();
    return counts;
  }

  private static String count(String condition) {
    return "sum(case when " + condition + " then 1 else 0 end)";
  }

  private static Counts sum(Counts a, Counts b) {
    return new Counts(
        a.planned() + b.planned(),
        a.done() + b.done(),
        a.onTime() + b.onTime(),
        a.missed() + b.missed(),
        a.points() + b.points(),
        a.visited() + b.visited());
  }
}
