package dev.hologrid.gateway.incident.kpi;

import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.CaseFacts;
import dev.hologrid.gateway.incident.Figure;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The sums that the desk stores by day and month, and the cases behind them. */
final class Stored {
  private static final int DAY = 0;
  private static final int MONTH = 1;
  private static final List<String> TIMES =
      List.of(
          "opened_at",
          "decided_at",
          "dispatched_at",
          "handled_at",
          "closed_at",
          "handle_by",
          "close_by");
  private static final String FIGURES =
      Figure.HAPPENING.stream()
          .map(each -> "sum(k." + each.column() + ")")
          .collect(Collectors.joining(", "));

  private Stored() {}

  /** Places below a grid are not among what the sums are split by. */
  static boolean knows(Border border) {
    return !"building".equals(border.column()) && !"place".equals(border.column());
  }

  /** Adds whole days, whole months among them from the sums of months. */
  static void add(Handle handle, KpiGroup by, Border border, Period period, Sums to) {
    LocalDate first = LocalDate.ofEpochDay(period.first());
    LocalDate end = LocalDate.ofEpochDay(period.end());
    LocalDate month = first.getDayOfMonth() == 1 ? first : first.withDayOfMonth(1).plusMonths(1);
    LocalDate lastMonth = end.withDayOfMonth(1);
    String group = by.column();
    String done = "k.done < " + period.end();
    if (month.isBefore(lastMonth)) {
      read(handle, new Question(DAY, first, month, group, done), border, to);
      read(handle, new Question(MONTH, month, lastMonth, group, done), border, to);
      read(handle, new Question(DAY, lastMonth, end, group, done), border, to);
    } else {
      read(handle, new Question(DAY, first, end, group, done), border, to);
    }
  }

  /** Adds every day or month by itself; the groups are the days since 1970 of their first days. */
  static void addEach(
      Handle handle, KpiGroup by, Border border, LocalDate first, LocalDate end, Sums to) {
    int grain = by == KpiGroup.MONTH ? MONTH : DAY;
    read(handle, new Question(grain, first, end, "k.period", "k.done <= k.period"), border, to);
  }

  /**
   * Numbers and expressions of our own: they go into the text of the statement.
   *
   * @param done what counts as done
   */
  private record Question(int grain, LocalDate from, LocalDate to, String group, String done) {
    String sql(String sums, String table, Border border) {
      return "select "
          + group
          + " as grp_name, "
          + sums
          + " from "
          + table
          + " k join kpi_groups g on g.id = k.grp where k.grain = "
          + grain
          + " and k.period >= "
          + from.toEpochDay()
          + " and k.period < "
          + to.toEpochDay()
          + border.condition(" and g.", "place")
          + " group by 1";
    }
  }

  private static void read(Handle handle, Question question, Border border, Sums to) {
    if (!question.from().isBefore(question.to())) {
      return;
    }
    query(handle, question.sql(FIGURES, "kpi_figures", border), border)
        .map(
            (rs, ctx) -> {
              String group = rs.getString(1);
              for (int i = 0; i < Figure.HAPPENING.size(); i++) {
                to.add(group, Figure.HAPPENING.get(i), rs.getLong(2 + i));
              }
              return group;
            })
        .list();
    String whenDone = " sum(case when " + question.done() + " then ";
    String sums =
        "sum(k.to_handle),"
            + whenDone
            + "k.to_handle else 0 end), sum(k.to_close),"
            + whenDone
            + "k.to_close else 0 end),"
            + whenDone
            + "k.to_close_in_time else 0 end)";
    query(handle, question.sql(sums, "kpi_due", border), border)
        .map(
            (rs, ctx) -> {
              String group = rs.getString(1);
              to.add(group, Figure.DUE_TO_HANDLE, rs.getLong(2));
              to.add(group, Figure.DUE_HANDLED, rs.getLong(3));
              to.add(group, Figure.DUE_TO_CLOSE, rs.getLong(4));
              to.add(group, Figure.DUE_CLOSED, rs.getLong(5));
              to.add(group, Figure.DUE_CLOSED_IN_TIME, rs.getLong(6));
              return group;
            })
        .list();
  }

  /** The cases that touch the begun days of a period, or all of a building. */
  static List<CaseFacts> cases(Handle handle, Border border, Period period) {
    List<String> conditions = new ArrayList<>();
    if (knows(border)) {
      for (Span each : period.edges()) {
        for (String time : TIMES) {
          conditions.add(
              "(%1$s >= %2$d and %1$s < %3$d)"
                  .formatted(time, each.from().toEpochMilli(), each.to().toEpochMilli()));
        }
      }
    }
    String sql = "select " + CaseFacts.COLUMNS + " from incidents where ";
    String deep = "place".equals(border.column()) ? " and place <> building" : "";
    String times = conditions.isEmpty() ? "1 = 1" : "(" + String.join(" or ", conditions) + ")";
    return query(handle, sql + times + border.condition(" and ", "place") + deep, border)
        .map((rs, ctx) -> CaseFacts.read(rs))
        .list();
  }

  private static Query query(Handle handle, String sql, Border border) {
    Query query = handle.createQuery(sql);
    return border.column() == null ? query : query.bind("place", border.place());
  }
}
