package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.IncidentJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Rounds and their events in SQL. */
final class RoundTables {
  private static final Map<String, Class<? extends RoundEvent>> EVENTS = new HashMap<>();

  static {
    for (Class<?> each : RoundEvent.class.getPermittedSubclasses()) {
      EVENTS.put(IncidentJson.snake(each), each.asSubclass(RoundEvent.class));
    }
  }

  private RoundTables() {}

  /**
   * A row of the history.
   *
   * @param by a person's id, or {@code system}
   */
  record Row(String round, int version, Instant at, String by, RoundEvent event) {}

  /** Stores a round that came due; false when it is there already. */
  static boolean insert(Handle handle, Round round, List<String> path) {
    List<Object> values = new ArrayList<>();
    Slot slot = round.slot();
    values.addAll(List.of(round.id(), slot.schedule(), slot.plan(), slot.day()));
    values.add(slot.times().opens().toEpochMilli());
    values.add(slot.times().closes().toEpochMilli());
    values.add(slot.targets());
    values.addAll(PatrolTables.columns(path));
    return handle.execute(
            "insert into patrol_rounds (id, schedule, plan, day, opens_at, closes_at, points,"
                + " district, town, community, grid, building, place, version, officer, state,"
                + " next_at, visited, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', '',"
                + " null, 0, '') on conflict (id) do nothing",
            values.toArray())
        == 1;
  }

  /** Stores an event and the round as it is after it. */
  static void append(Handle handle, Round after, RoundEvent event, Instant at, String by) {
    handle.execute(
        "insert into patrol_round_events (round, version, at, by_whom, name, detail)"
            + " values (?, ?, ?, ?, ?, ?)",
        after.id(),
        after.version(),
        at.toEpochMilli(),
        by,
        event.name(),
        IncidentJson.write(event));
    Instant next = after.nextAt();
    handle
        .createUpdate(
            "update patrol_rounds set version = :v, officer = :o, state = :s, next_at = :next,"
                + " visited = :visited, body = :body where id = :id")
        .bind("v", after.version())
        .bind("o", after.officer() == null ? "" : after.officer())
        .bind("s", after.state().name())
        .bind("next", next == null ? null : (Long) next.toEpochMilli())
        .bind("visited", after.visits().size())
        .bind("body", IncidentJson.write(after))
        .bind("id", after.id())
        .execute();
  }

  static @Nullable Round find(Handle handle, String id) {
    return handle
        .createQuery("select body from patrol_rounds where id = :id")
        .bind("id", id)
        .map((rs, ctx) -> round(rs.getString(1)))
        .findOne()
        .orElse(null);
  }

  private static Round round(String body) {
    return IncidentJson.read(body, Round.class);
  }

  static List<Round> due(Handle handle, Instant now, int most) {
    return handle
        .createQuery(
            "select body from patrol_rounds where next_at is not null and next_at <= :now"
                + " order by next_at, id limit :most")
        .bind("now", now.toEpochMilli())
        .bind("most", most)
        .map((rs, ctx) -> round(rs.getString(1)))
        .list();
  }

  /** The rounds of a plan that a patrol that begins now could be for, latest first. */
  static List<Round> walkable(Handle handle, String plan, Instant now, Duration makeUp) {
    return handle
        .createQuery(
            "select body from patrol_rounds where plan = :plan and opens_at <= :now"
                + " and closes_at > :gone and state in ('DUE', 'MISSED')"
                + " order by opens_at desc, id limit 20")
        .bind("plan", plan)
        .bind("now", now.toEpochMilli())
        .bind("gone", now.minus(makeUp).toEpochMilli())
        .map((rs, ctx) -> round(rs.getString(1)))
        .list();
  }

  /** How many rounds that are still due an officer has. */
  static Map<String, Integer> loads(Handle handle) {
    Map<String, Integer> loads = new HashMap<>();
    handle
        .createQuery(
            "select officer, count(*) from patrol_rounds where next_at is not null"
                + " group by officer")
        .map((rs, ctx) -> loads.put(rs.getString(1), rs.getInt(2)))
        .list();
    return loads;
  }

  static List<Round> list(Handle handle, Border border, Rounds.Filter f, int most) {
    StringBuilder sql = new StringBuilder("select body from patrol_rounds where 1 = 1");
    sql.append(border.condition(" and ", "place"));
    condition(sql, f.officer(), " and officer = :officer");
    condition(sql, f.state(), " and state = :state");
    condition(sql, f.from(), " and opens_at >= :from");
    condition(sql, f.to(), " and opens_at < :to");
    condition(sql, f.after(), " and (opens_at < :at or opens_at = :at and id > :after)");
    sql.append(" order by opens_at desc, id limit :most");
    Query query = handle.createQuery(sql.toString()).bind("most", most);
    if (border.column() != null) {
      query.bind("place", border.place());
    }
    if (f.officer() != null) {
      query.bind("officer", f.officer());
    }
    if (f.state() != null) {
      query.bind("state", f.state().name());
    }
    if (f.from() != null) {
      query.bind("from", f.from().toEpochMilli());
    }
    if (f.to() != null) {
      query.bind("to", f.to().toEpochMilli());
    }
    if (f.after() != null) {
      query.bind("at", f.after().opens().toEpochMilli()).bind("after", f.after().id());
    }
    return query.map((rs, ctx) -> round(rs.getString(1))).list();
  }

  private static void condition(StringBuilder sql, @Nullable Object value, String condition) {
    if (value != null) {
      sql.append(condition);
    }
  }

  /** Everything that happened to a round, in order. */
  static List<Row> history(Handle handle, String round) {
    return handle
        .createQuery(
            "select round, version, at, by_whom, name, detail from patrol_round_events"
                + " where round = :r order by version")
        .bind("r", round)
        .map((rs, ctx) -> row(rs))
        .list();
  }

  private static Row row(ResultSet rs) throws SQLException {
    Class<? extends RoundEvent> type = EVENTS.get(rs.getString(5));
    if (type == null) {
      throw new IllegalStateException(
          "the store holds an event that this version does not know: " + rs.getString(5));
    }
    return new Row(
        rs.getString(1),
        rs.getInt(2),
        Instant.ofEpochMilli(rs.getLong(3)),
        rs.getString(4),
        IncidentJson.read(rs.getString(6), type));
  }
}
