package dev.hologrid.gateway.patrol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.gateway.incident.Border;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Plans, patrols and check-ins in SQL. */
final class PatrolTables {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PLAN = "select id, name, officer, place, active, points";
  private static final String PATROL =
      "select id, plan, officer, place, started_at, ended_at, points, round from patrols";
  private static final int DEPTHS = 5;

  private PatrolTables() {}

  static void replace(Handle handle, Plan plan, List<String> path) {
    handle.execute("delete from patrol_plans where id = ?", plan.id());
    List<Object> values = new ArrayList<>();
    values.add(plan.id());
    values.add(plan.name());
    values.add(plan.officer() == null ? "" : plan.officer());
    values.add(plan.active() ? 1 : 0);
    values.add(write(plan.points()));
    values.addAll(columns(path));
    handle.execute(
        "insert into patrol_plans (id, name, officer, active, points, district, town, community,"
            + " grid, building, place) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values.toArray());
  }

  /** district to building, then the place itself; empty where the path ends. */
  static List<Object> columns(List<String> path) {
    List<Object> columns = new ArrayList<>();
    for (int i = 0; i < DEPTHS; i++) {
      columns.add(i < path.size() ? path.get(i) : "");
    }
    columns.add(path.getLast());
    return columns;
  }

  static @Nullable Plan plan(Handle handle, String id) {
    return handle
        .createQuery(PLAN + " from patrol_plans where id = :id")
        .bind("id", id)
        .map((rs, ctx) -> plan(rs))
        .findOne()
        .orElse(null);
  }

  static List<Plan> plans(Handle handle, Border border) {
    Query query =
        handle.createQuery(
            PLAN
                + " from patrol_plans where active = 1"
                + border.condition(" and ", "place")
                + " order by name, id");
    return bind(query, border).map((rs, ctx) -> plan(rs)).list();
  }

  private static Query bind(Query query, Border border) {
    return border.column() == null ? query : query.bind("place", border.place());
  }

  private static Plan plan(ResultSet rs) throws SQLException {
    String officer = rs.getString(3);
    return new Plan(
        rs.getString(1),
        rs.getString(2),
        officer == null || officer.isEmpty() ? null : officer,
        rs.getString(4),
        rs.getInt(5) == 1,
        read(rs.getString(6), new TypeReference<List<Plan.Point>>() {}));
  }

  /** A patrol that begins. */
  record Beginning(
      String id, @Nullable String plan, String officer, @Nullable Round round, int points) {}

  static void begin(Handle handle, Beginning b, List<String> path, Instant now) {
    List<Object> values = new ArrayList<>();
    values.addAll(List.of(b.id(), b.plan() == null ? "" : b.plan(), b.officer(), b.officer()));
    values.add(now.toEpochMilli());
    values.add(b.points());
    values.add(b.round() == null ? "" : b.round().id());
    values.addAll(columns(path));
    handle.execute(
        "insert into patrols (id, plan, officer, open_officer, started_at, points, round, district,"
            + " town, community, grid, building, place)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values.toArray());
  }

  static @Nullable String openOf(Handle handle, String officer) {
    return handle
        .createQuery("select id from patrols where open_officer = :o")
        .bind("o", officer)
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  static void end(Handle handle, String id, Instant now) {
    handle.execute(
        "update patrols set open_officer = null, ended_at = ? where id = ?",
        now.toEpochMilli(),
        id);
  }

  static void add(Handle handle, Patrol patrol, Patrol.CheckIn c) {
    handle.execute(
        "insert into check_ins (id, patrol, officer, at, point, lon, lat, accuracy, metres, verdict,"
            + " source, photos) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        c.id(),
        patrol.id(),
        patrol.officer(),
        c.at().toEpochMilli(),
        c.point(),
        c.lon(),
        c.lat(),
        c.accuracy(),
        c.metres(),
        c.verdict().name(),
        c.source(),
        write(c.photos()));
    for (String each : c.photos()) {
      handle.execute(
          "insert into attachment_links (hash, subject) values (?, ?)"
              + " on conflict (hash, subject) do nothing",
          each,
          patrol.id());
    }
  }

  static boolean isAttachment(Handle handle, String hash) {
    return handle
        .createQuery("select hash from attachments where hash = :h")
        .bind("h", hash)
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  static @Nullable Patrol patrol(Handle handle, String id) {
    List<Head> heads =
        handle
            .createQuery(PATROL + " where id = :id")
            .bind("id", id)
            .map((rs, c) -> head(rs))
            .list();
    return heads.isEmpty() ? null : whole(handle, heads.getFirst());
  }

  static List<Patrol> list(
      Handle handle, Border border, @Nullable String officer, Instant before, int most) {
    Query query =
        handle.createQuery(
            PATROL
                + " where started_at < :before"
                + (officer == null ? "" : " and officer = :officer")
                + border.condition(" and ", "place")
                + " order by started_at desc, id limit :most");
    bind(query, border).bind("before", before.toEpochMilli()).bind("most", most);
    if (officer != null) {
      query.bind("officer", officer);
    }
    return query.map((rs, ctx) -> head(rs)).list().stream()
        .map(each -> whole(handle, each))
        .toList();
  }

  private record Head(
      String id,
      @Nullable String plan,
      String officer,
      String grid,
      Instant started,
      @Nullable Instant ended,
      int points,
      @Nullable String round) {}

  private static Head head(ResultSet rs) throws SQLException {
    String plan = rs.getString(2);
    long ended = rs.getLong(6);
    boolean lasts = rs.wasNull();
    return new Head(
        rs.getString(1),
        plan == null || plan.isEmpty() ? null : plan,
        rs.getString(3),
        rs.getString(4),
        Instant.ofEpochMilli(rs.getLong(5)),
        lasts ? null : Instant.ofEpochMilli(ended),
        rs.getInt(7),
        rs.getString(8).isEmpty() ? null : rs.getString(8));
  }

  private static Patrol whole(Handle handle, Head head) {
    List<Patrol.CheckIn> checkIns = checkIns(handle, head.id());
    int visited =
        (int)
            checkIns.stream()
                .filter(each -> each.verdict().counts())
                .map(Patrol.CheckIn::point)
                .filter(Objects::nonNull)
                .distinct()
                .count();
    return new Patrol(
        head.id(),
        head.plan(),
        head.round(),
        head.officer(),
        head.grid(),
        head.started(),
        head.ended(),
        head.points(),
        visited,
        checkIns,
        found(handle, head));
  }

  private static List<Patrol.CheckIn> checkIns(Handle handle, String patrol) {
    return handle
        .createQuery(
            "select id, at, point, lon, lat, accuracy, metres, verdict, source, photos"
                + " from check_ins where patrol = :p order by at, id")
        .bind("p", patrol)
        .map(
            (rs, ctx) -> {
              int point = rs.getInt(3);
              Integer number = rs.wasNull() ? null : (Integer) point;
              double metres = rs.getDouble(7);
              Double outside = rs.wasNull() ? null : (Double) metres;
              return new Patrol.CheckIn(
                  rs.getString(1),
                  Instant.ofEpochMilli(rs.getLong(2)),
                  number,
                  rs.getDouble(4),
                  rs.getDouble(5),
                  rs.getDouble(6),
                  outside,
                  Verdict.valueOf(rs.getString(8)),
                  rs.getString(9),
                  read(rs.getString(10), new TypeReference<List<String>>() {}));
            })
        .list();
  }

  /** What the officer reported meanwhile, so it needs no second record that could disagree. */
  private static List<String> found(Handle handle, Head head) {
    return handle
        .createQuery(
            "select id from incidents where reporter = :o and origin = 'PATROL'"
                + " and opened_at >= :from and opened_at <= :to order by id")
        .bind("o", head.officer())
        .bind("from", head.started().toEpochMilli())
        .bind("to", head.ended() == null ? Long.MAX_VALUE : head.ended().toEpochMilli())
        .mapTo(String.class)
        .list();
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON", e);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the store holds unreadable JSON", e);
    }
  }
}
