package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.kpi.Compared;
import dev.hologrid.gateway.incident.kpi.Span;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What officers did in a period, from SQL. Every method blocks. Safe for use by many threads. */
public final class OfficerKpis {
  private final Database database;
  private final ZoneId zone;

  public OfficerKpis(Database database, ZoneId zone) {
    this.database = database;
    this.zone = zone;
  }

  public ZoneId zone() {
    return zone;
  }

  /**
   * One officer's counts; a rate is a pair of them.
   *
   * @param rounds planned patrols whose window closed in the period, but for the excused (应巡)
   * @param roundsMissed of these, with something that is still not visited (漏巡)
   * @param pointsMissed of the points of these rounds, still not visited
   * @param patrols begun in the period
   * @param checkIns of these patrols
   * @param checkInsValid of these, inside or near the border
   * @param points of the routes of these patrols
   * @param visited of these, with a valid check-in (覆盖)
   * @param reported incidents reported on patrol in the period
   * @param reportedValid of these, filed or handled on the spot (有效上报)
   * @param selfHandled of these, handled on the spot
   * @param verified confirmed in the period (核实)
   * @param verifiedInTime of these, before the limit for the dispatch was over
   * @param checked checks ended in the period (核查)
   * @param checkedInTime of these, before the limit for the check was over
   */
  public record Counts(
      long rounds,
      long roundsMissed,
      long pointsMissed,
      long patrols,
      long checkIns,
      long checkInsValid,
      long points,
      long visited,
      long reported,
      long reportedValid,
      long selfHandled,
      long verified,
      long verifiedInTime,
      long checked,
      long checkedInTime) {}

  private static final int SIZE = 15;

  /** What the counts are split by. */
  public enum By {
    OFFICER
  }

  /**
   * Counts by officer of those whose work lies in the subtree, with the period before (环比) and the
   * same one a year earlier (同比).
   */
  public Compared<By, Counts> report(Border border, Span span) {
    return database
        .reader()
        .withHandle(
            handle -> Compared.of(By.OFFICER, span, zone, each -> read(handle, border, each)));
  }

  private static Map<String, Counts> read(Handle handle, Border border, Span span) {
    Map<String, long[]> sums = new TreeMap<>();
    Ask ask = new Ask(handle, border, span.from().toEpochMilli(), span.to().toEpochMilli(), sums);
    rounds(ask);
    patrols(ask);
    reports(ask);
    done(ask, "'verified'", "DISPATCH", 11);
    done(ask, "'closed', 'rework_ordered'", "CHECK", 13);
    Map<String, Counts> counts = new TreeMap<>();
    sums.forEach((officer, s) -> counts.put(officer, counts(s)));
    return counts;
  }

  private static Counts counts(long[] s) {
    return new Counts(
        s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], s[9], s[10], s[11], s[12], s[13],
        s[14]);
  }

  private record Ask(Handle handle, Border border, long from, long to, Map<String, long[]> into) {
    /** The first column is the officer, the others go from {@code first} on. */
    void sum(String sql, int first, int columns) {
      Query query = handle.createQuery(sql).bind("from", from).bind("to", to);
      if (border.column() != null) {
        query.bind("place", border.place());
      }
      query
          .map(
              (rs, ctx) -> {
                long[] row = into.computeIfAbsent(rs.getString(1), key -> new long[SIZE]);
                for (int i = 0; i < columns; i++) {
                  row[first + i] = rs.getLong(2 + i);
                }
                return row;
              })
          .list();
    }
  }

  /** As {@link PatrolKpis} counts them. */
  private static void rounds(Ask ask) {
    ask.sum(
        "select officer, count(*), sum(case when state = 'MISSED' then 1 else 0 end),"
            + " sum(points - visited) from patrol_rounds"
            + " where closes_at >= :from and closes_at < :to and officer <> ''"
            + " and state in ('DONE', 'LATE', 'MISSED')"
            + ask.border().condition(" and ", "place")
            + " group by officer",
        0,
        3);
  }

  private static void patrols(Ask ask) {
    String where =
        " where p.started_at >= :from and p.started_at < :to"
            + ask.border().condition(" and p.", "place");
    ask.sum("select p.officer, count(*) from patrols p" + where + " group by p.officer", 3, 1);
    ask.sum(
        "select p.officer, count(*),"
            + " sum(case when c.verdict in ('INSIDE', 'NEAR') then 1 else 0 end)"
            + " from patrols p join check_ins c on c.patrol = p.id"
            + where
            + " group by p.officer",
        4,
        2);
    ask.sum("select p.officer, sum(p.points) from patrols p" + where + " group by p.officer", 6, 1);
    ask.sum(
        "select v.officer, count(*) from (select distinct p.officer as officer, c.patrol, c.point"
            + " from patrols p join check_ins c on c.patrol = p.id"
            + where
            + " and c.point is not null and c.verdict in ('INSIDE', 'NEAR')) v group by v.officer",
        7,
        1);
  }

  private static void reports(Ask ask) {
    ask.sum(
        "select reporter, count(*),"
            + " sum(case when filed_at is not null or state = 'SELF_HANDLED' then 1 else 0 end),"
            + " sum(case when state = 'SELF_HANDLED' then 1 else 0 end)"
            + " from incidents where origin = 'PATROL' and reporter is not null"
            + " and opened_at >= :from and opened_at < :to"
            + ask.border().condition(" and ", "place")
            + " group by reporter",
        8,
        3);
  }

  private static void done(Ask ask, String events, String stage, int first) {
    ask.sum(
        "select e.by_whom, count(*), sum(case when exists (select 1 from incident_events o"
            + " where o.incident = e.incident and o.name = 'went_overdue' and o.version < e.version"
            + " and o.detail like '%\""
            + stage
            + "\"%') then 0 else 1 end)"
            + " from incident_events e join incidents i on i.id = e.incident"
            + " where e.name in ("
            + events
            + ") and e.by_whom <> 'system' and e.at >= :from and e.at < :to"
            + ask.border().condition(" and i.", "place")
            + " group by e.by_whom",
        first,
        2);
  }
}
