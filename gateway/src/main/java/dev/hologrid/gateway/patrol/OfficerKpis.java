package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.Database;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What officers did in a period, from SQL. Every method blocks. Safe for use by many threads. */
public final class OfficerKpis {
  private final Database database;

  public OfficerKpis(Database database) {
    this.database = database;
  }

  /**
   * One officer's counts; a rate is a pair of them.
   *
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

  private static final int SIZE = 12;

  /** Counts by officer of those whose work lies in the subtree; from <= t < to. */
  public Map<String, Counts> read(Border border, Instant from, Instant to) {
    return database
        .reader()
        .withHandle(
            handle -> {
              Map<String, long[]> sums = new TreeMap<>();
              Ask ask = new Ask(handle, border, from.toEpochMilli(), to.toEpochMilli(), sums);
              patrols(ask);
              reports(ask);
              done(ask, "'verified'", "DISPATCH", 8);
              done(ask, "'closed', 'rework_ordered'", "CHECK", 10);
              Map<String, Counts> counts = new TreeMap<>();
              sums.forEach((officer, s) -> counts.put(officer, counts(s)));
              return counts;
            });
  }

  private static Counts counts(long[] s) {
    return new Counts(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], s[9], s[10], s[11]);
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

  private static void patrols(Ask ask) {
    String where =
        " where p.started_at >= :from and p.started_at < :to"
            + ask.border().condition(" and p.", "place");
    ask.sum("select p.officer, count(*) from patrols p" + where + " group by p.officer", 0, 1);
    ask.sum(
        "select p.officer, count(*),"
            + " sum(case when c.verdict in ('INSIDE', 'NEAR') then 1 else 0 end)"
            + " from patrols p join check_ins c on c.patrol = p.id"
            + where
            + " group by p.officer",
        1,
        2);
    ask.sum("select p.officer, sum(p.points) from patrols p" + where + " group by p.officer", 3, 1);
    ask.sum(
        "select v.officer, count(*) from (select distinct p.officer as officer, c.patrol, c.point"
            + " from patrols p join check_ins c on c.patrol = p.id"
            + where
            + " and c.point is not null and c.verdict in ('INSIDE', 'NEAR')) v group by v.officer",
        4,
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
        5,
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
