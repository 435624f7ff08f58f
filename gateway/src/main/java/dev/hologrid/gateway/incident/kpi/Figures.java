package dev.hologrid.gateway.incident.kpi;

import dev.hologrid.gateway.incident.Border;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The counts of one time column; what they mean is in {@link Kpi}. */
enum Figures {
  OPENED("opened_at", "", 0, "count(*)"),
  DECIDED(
      "decided_at",
      "",
      1,
      "count(*)",
      "sum(case when filed_at is not null and verified_at is not null then 1 else 0 end)"),
  DISPATCHED("dispatched_at", "", 4, "count(*)", "sum(case when returns > 0 then 1 else 0 end)"),
  HANDLED(
      "handled_at",
      "",
      6,
      "count(*)",
      "sum(case when handled_at <= handle_by then 1 else 0 end)",
      "sum(case when reworks > 0 then 1 else 0 end)",
      "sum(case when deferrals > 0 then 1 else 0 end)",
      "sum(handled_at - dispatched_at)"),
  HANDLE_BY("handle_by", "", 11, "count(*)", "sum(case when handled_at < :to then 1 else 0 end)"),
  CLOSE_BY(
      "close_by",
      " and filed_at is not null",
      13,
      "count(*)",
      "sum(case when closed_at < :to then 1 else 0 end)",
      "sum(case when closed_at <= close_by and closed_at < :to then 1 else 0 end)"),
  CLOSED(
      "closed_at",
      " and state <> 'REJECTED'",
      16,
      "count(*)",
      "sum(case when max_level = 0 then 1 else 0 end)",
      "sum(case when resolution in ('COOKING','DUST','TEST','INSECTS','STEAM','OTHER_FALSE_ALARM')"
          + " then 1 else 0 end)",
      "sum(case when origin = 'SENSOR' then 1 else 0 end)"),
  SELF_HANDLED("closed_at", " and state = 'SELF_HANDLED'", 3, "count(*)");

  private static final int COUNT = 20;

  private final String time;
  private final String where;
  private final int first;
  private final String[] sums;

  Figures(String time, String where, int first, String... sums) {
    this.time = time;
    this.where = where;
    this.first = first;
    this.sums = sums;
  }

  void read(Handle handle, KpiGroup by, Border border, Span span, Map<String, long[]> into) {
    String sql =
        "select %s as grp, %s from incidents where %s >= :from and %s < :to%s%s group by 1"
            .formatted(
                by.column(),
                String.join(", ", sums),
                time,
                time,
                where,
                border.condition(" and ", "place"));
    Query query = handle.createQuery(sql);
    if (border.column() != null) {
      query.bind("place", border.place());
    }
    query
        .bind("from", span.from().toEpochMilli())
        .bind("to", span.to().toEpochMilli())
        .map(
            (rs, ctx) -> {
              long[] row = into.computeIfAbsent(rs.getString(1), key -> new long[COUNT]);
              for (int i = 0; i < sums.length; i++) {
                row[first + i] = rs.getLong(2 + i);
              }
              return row;
            })
        .list();
  }

  static Kpi kpi(long[] s) {
    return new Kpi(
        s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], s[9], s[10], s[11], s[12], s[13],
        s[14], s[15], s[16], s[17], s[18], s[19]);
  }
}
