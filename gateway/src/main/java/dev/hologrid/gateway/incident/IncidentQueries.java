package dev.hologrid.gateway.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Reading incidents, each time as far as the asking person may see. Every method blocks: call it
 * off the event loop. Safe for use by many threads.
 */
public final class IncidentQueries {
  private static final int LONGEST_PAGE = 500;
  private static final int REMEMBERED = 4_000;

  /** SQLite would rather follow the category through the whole history. */
  private static final String AMONG_OPEN = " indexed by incidents_open";

  private final Jdbi jdbi;
  private final Places places;
  private final boolean sqlite;

  /** Least recently used first; guarded by itself. */
  private final Map<String, Incident> read =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Incident> eldest) {
          return size() > REMEMBERED;
        }
      };

  public IncidentQueries(Database database, Places places) {
    this.jdbi = database.reader();
    this.sqlite = database.isSqlite();
    this.places = places;
  }

  /**
   * A part of a list, newest first.
   *
   * @param next the cursor of the next part, or null at the end
   */
  public record Page(List<Incident> items, @Nullable String next) {}

  /** What a person may see of what the filter asks for; one's own cases also outside the scope. */
  public Page list(IncidentFilter filter, Person viewer) {
    Where where = new Where();
    int limit = Math.clamp(filter.limit(), 1, LONGEST_PAGE);
    state(where, filter);
    where.add("category = ?", filter.category());
    where.add(
        "priority = ?",
        filter.priority() == null ? null : (Integer) (filter.priority().ordinal() + 1));
    where.add("assignee = ?", filter.assignee());
    if (filter.place() != null) {
      under(where, filter.place());
    }
    more(where, filter.more());
    boolean own =
        viewer.id().equals(filter.assignee()) || viewer.id().equals(filter.more().reporter());
    if (!own) {
      scope(where, viewer);
    }
    boolean byRule = rule(where, filter);
    where.add(byRule ? "r.incident < ?" : "id < ?", filter.cursor());
    if (byRule && !sqlite) {
      // PostgreSQL may merge the two: it would begin with the newest of all incidents.
      where.add("incidents.id < ?", filter.cursor());
    }
    String from =
        byRule
            ? " from incident_rules r join incidents on incidents.id = r.incident"
            : " from incidents" + (sqlite && where.has("is_open = 1") ? AMONG_OPEN : "");
    String order = byRule ? " order by r.incident desc limit ?" : " order by id desc limit ?";
    return jdbi.withHandle(
        handle -> {
          Query query =
              handle.createQuery("select incidents.id, version, body" + from + where.sql() + order);
          int position = where.bind(query);
          query.bind(position, limit + 1);
          List<Incident> items = new ArrayList<>(query.map((rs, ctx) -> incident(rs)).list());
          boolean more = items.size() > limit;
          if (more) {
            items.removeLast();
          }
          return new Page(items, more ? items.getLast().id() : null);
        });
  }

  /** Lists are asked again and again while little changes: what was read before is kept. */
  private Incident incident(ResultSet rs) throws SQLException {
    String id = rs.getString(1);
    int version = rs.getInt(2);
    synchronized (read) {
      Incident known = read.get(id);
      if (known != null && known.version() == version) {
        return known;
      }
    }
    Incident incident = IncidentJson.incident(rs.getString(3));
    synchronized (read) {
      read.put(id, incident);
    }
    return incident;
  }

  /** In the words of the partial indexes: open ones and rare ends are few among millions. */
  private static void state(Where where, IncidentFilter filter) {
    State state = filter.state();
    boolean open =
        Boolean.TRUE.equals(filter.open())
            || state != null && state.isOpen()
            || Boolean.TRUE.equals(filter.more().overdue()); // no clock runs in an ended one
    if (open) {
      where.add("is_open = 1");
    }
    if (Boolean.FALSE.equals(filter.open())) {
      where.add("is_open = 0");
    }
    where.add("state = ?", state == null ? null : state.name());
    if (!open && state != null && state != State.CLOSED) {
      where.add("state <> 'CLOSED'");
    }
  }

  private static void more(Where where, IncidentFilter.More more) {
    where.add("department = ?", more.department());
    where.add("origin = ?", more.origin() == null ? null : more.origin().name());
    where.add("level = ?", more.level() == null ? null : (Integer) more.level().ordinal());
    if (more.level() != null && more.level() != Level.GRID) {
      where.add("level > 0");
    }
    where.add("overdue = ?", bit(more.overdue()));
    if (Boolean.TRUE.equals(more.supervised())) {
      where.add("supervised = 1");
    } else {
      where.add("supervised = ?", bit(more.supervised()));
    }
    where.add("reporter = ?", more.reporter());
  }

  /**
   * Whether the list walks along the rule's own incidents; among open ones it rather looks at each.
   */
  private static boolean rule(Where where, IncidentFilter filter) {
    String rule = filter.more().rule();
    if (rule == null) {
      return false;
    }
    if (where.has("is_open = 1")) {
      where.add(
          "exists (select 1 from incident_rules r where r.rule = ? and r.incident = incidents.id)",
          rule);
      return false;
    }
    where.add("r.rule = ?", rule);
    return true;
  }

  private static @Nullable Integer bit(@Nullable Boolean flag) {
    return flag == null ? null : (Integer) (flag ? 1 : 0);
  }

  private void scope(Where where, Person viewer) {
    if (viewer.isOnlyResident()) {
      where.add("reporter = ?", viewer.id());
    } else if (!viewer.scope().isEmpty()) {
      under(where, viewer.scope());
    }
  }

  private void under(Where where, String place) {
    Border border = Border.of(places, place);
    where.add(border.column() + " = ?", border.place());
    if ("place".equals(border.column())) {
      where.add("place <> building");
    }
  }

  /** Empty when there is none, or none that the person may see. */
  public Optional<Incident> get(String id, Person viewer) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select body from incidents where id = ?")
                    .bind(0, id)
                    .mapTo(String.class)
                    .findOne())
        .map(IncidentJson::incident)
        .filter(each -> Permit.sees(each, viewer));
  }

  /** All events of an incident, oldest first. */
  public List<IncidentEntry> history(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select seq, version, at, by_whom, name, detail from incident_events"
                        + " where incident = ? order by version")
                .bind(0, id)
                .map(
                    (rs, ctx) ->
                        new IncidentEntry(
                            rs.getLong(1),
                            id,
                            rs.getInt(2),
                            Instant.ofEpochMilli(rs.getLong(3)),
                            rs.getString(4),
                            IncidentJson.event(rs.getString(5), rs.getString(6))))
                .list());
  }

  /** The keys of the alerts attached to an incident, in order. */
  public List<String> alerts(String id) {
    return strings("select alert from incident_alerts where incident = ? order by at, alert", id);
  }

  /** The incident that an alert is attached to, or null. */
  public @Nullable String incidentOf(String alert) {
    List<String> found = strings("select incident from incident_alerts where alert = ?", alert);
    return found.isEmpty() ? null : found.getFirst();
  }

  /** How the cases ended that were closed since then, by the keys of their alerts. */
  public Map<String, Resolution> resolutionsSince(long epochMs) {
    Map<String, Resolution> found = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "select a.alert, i.resolution from incidents i"
                        + " join incident_alerts a on a.incident = i.id"
                        + " where i.closed_at >= :since and i.resolution is not null")
                .bind("since", epochMs)
                .mapToMap()
                .forEach(
                    row ->
                        found.put(
                            String.valueOf(row.get("alert")),
                            Resolution.valueOf(String.valueOf(row.get("resolution"))))));
    return found;
  }

  /** The incidents marked as the same thing as this one. */
  public List<String> duplicates(String id) {
    return strings("select id from incidents where parent = ? order by id", id);
  }

  private List<String> strings(String sql, String parameter) {
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).bind(0, parameter).mapTo(String.class).list());
  }

  /** Open incidents by place code, at one depth: 0 district to 4 building. */
  public Map<String, Integer> openByPlace(int depth) {
    String column = Border.DEPTHS.get(depth);
    return jdbi.withHandle(
        handle -> {
          Map<String, Integer> counts = new LinkedHashMap<>();
          handle
              .createQuery(
                  "select "
                      + column
                      + ", count(*) from incidents where is_open = 1 group by "
                      + column)
              .map((rs, ctx) -> Map.entry(rs.getString(1), rs.getInt(2)))
              .forEach(each -> counts.put(each.getKey(), each.getValue()));
          return counts;
        });
  }

  /** Whether an incident shows what it is from its events: the audit of one. */
  public boolean replays(String id) {
    Incident incident = null;
    for (IncidentEntry each : history(id)) {
      incident = IncidentLife.apply(incident, each);
    }
    Incident stored = jdbi.withHandle(handle -> body(handle, id));
    return incident != null && incident.equals(stored);
  }

  private static @Nullable Incident body(Handle handle, String id) {
    return handle
        .createQuery("select body from incidents where id = ?")
        .bind(0, id)
        .mapTo(String.class)
        .findOne()
        .map(IncidentJson::incident)
        .orElse(null);
  }

  /** Conditions that are joined by {@code and}; nulls are left out. */
  private static final class Where {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    void add(String condition, @Nullable Object value) {
      if (value != null) {
        conditions.add(condition);
        values.add(value);
      }
    }

    void add(String condition) {
      conditions.add(condition);
    }

    boolean has(String condition) {
      return conditions.contains(condition);
    }

    String sql() {
      return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    int bind(Query query) {
      for (int i = 0; i < values.size(); i++) {
        query.bind(i, values.get(i));
      }
      return values.size();
    }
  }
}
