package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.incident.Border;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Schedules of patrols in SQL. */
final class ScheduleTables {
  private static final String COLUMNS =
      "s.id, s.plan, s.recurrence, s.from_time, s.to_time, s.officer, s.first_day, s.last_day,"
          + " s.active, s.next_day";

  private ScheduleTables() {}

  /** A schedule and the day whose window opens next. */
  record Coming(Schedule schedule, LocalDate day) {}

  static void replace(Handle handle, Schedule s) {
    handle.execute("delete from patrol_schedules where id = ?", s.id());
    LocalDate last = s.last();
    handle.execute(
        "insert into patrol_schedules (id, plan, recurrence, from_time, to_time, officer,"
            + " first_day, last_day, active) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        s.id(),
        s.plan(),
        s.recurrence().text(),
        s.window().from().toString(),
        s.window().to().toString(),
        s.officer() == null ? "" : s.officer(),
        s.first().toString(),
        last == null ? "" : last.toString(),
        s.active() ? 1 : 0);
  }

  /** Notes which window opens next; null: none. */
  static void next(Handle handle, String id, @Nullable LocalDate day, @Nullable Instant at) {
    handle
        .createUpdate("update patrol_schedules set next_day = :day, next_at = :at where id = :id")
        .bind("day", day == null ? null : day.toString())
        .bind("at", at == null ? null : (Long) at.toEpochMilli())
        .bind("id", id)
        .execute();
  }

  static List<Coming> due(Handle handle, Instant now, int most) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + " from patrol_schedules s where s.next_at is not null and s.next_at <= :now"
                + " order by s.next_at, s.id limit :most")
        .bind("now", now.toEpochMilli())
        .bind("most", most)
        .map((rs, ctx) -> new Coming(schedule(rs), LocalDate.parse(rs.getString(10))))
        .list();
  }

  /** Whether a plan is to be walked again and again. */
  static boolean isScheduled(Handle handle, String plan) {
    return handle
        .createQuery("select 1 from patrol_schedules where plan = :plan and active = 1 limit 1")
        .bind("plan", plan)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  static @Nullable Schedule find(Handle handle, String id) {
    return handle
        .createQuery("select " + COLUMNS + " from patrol_schedules s where s.id = :id")
        .bind("id", id)
        .map((rs, ctx) -> schedule(rs))
        .findOne()
        .orElse(null);
  }

  /** Those whose plan is in a subtree, by plan and time of day. */
  static List<Schedule> list(Handle handle, Border border) {
    Query query =
        handle.createQuery(
            "select "
                + COLUMNS
                + " from patrol_schedules s join patrol_plans p on p.id = s.plan where s.active = 1"
                + border.condition(" and p.", "place")
                + " order by p.name, s.from_time, s.id");
    if (border.column() != null) {
      query.bind("place", border.place());
    }
    return query.map((rs, ctx) -> schedule(rs)).list();
  }

  private static Schedule schedule(ResultSet rs) throws SQLException {
    String officer = rs.getString(6);
    String last = rs.getString(8);
    return new Schedule(
        rs.getString(1),
        rs.getString(2),
        Recurrence.parse(rs.getString(3)),
        new Schedule.Window(LocalTime.parse(rs.getString(4)), LocalTime.parse(rs.getString(5))),
        officer.isEmpty() ? null : officer,
        LocalDate.parse(rs.getString(7)),
        last.isEmpty() ? null : LocalDate.parse(last),
        rs.getInt(9) == 1);
  }
}
