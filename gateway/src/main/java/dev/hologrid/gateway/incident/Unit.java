package dev.hologrid.gateway.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * One unit of work of the desk: everything in it is committed together or not at all. Reads see
 * what was appended before in the same unit. Lives on the desk's thread, for one transaction.
 */
final class Unit {
  private final Handle handle;
  private final Outlet outlet;
  private final Policy policy;
  private final Map<String, Incident> known;
  private final Map<String, Incident> changed = new LinkedHashMap<>();
  private final Map<String, Integer> versionBefore = new HashMap<>();
  private final FigureLedger figures;
  private final Map<String, @Nullable String> openKeys = new HashMap<>();
  private final Map<String, String> byOpenKey = new HashMap<>();
  private final Map<String, String> alerts = new HashMap<>();
  private final List<IncidentEntry> appended = new ArrayList<>();
  private final List<Incident> after = new ArrayList<>();
  private @Nullable String lastNumber;
  private long seq;
  private String head;

  /**
   * @param known incidents as of the last commit; read only
   */
  Unit(Handle handle, Policy policy, Outlet outlet, Map<String, Incident> known) {
    this.handle = handle;
    this.policy = policy;
    this.outlet = outlet;
    this.known = known;
    this.figures = new FigureLedger(policy.catalog().calendar().zone());
    record Last(long seq, String hash) {}
    Last last =
        handle
            .createQuery("select seq, hash from incident_events order by seq desc limit 1")
            .map((rs, ctx) -> new Last(rs.getLong(1), rs.getString(2)))
            .findOne()
            .orElse(new Last(0, HashChain.START));
    seq = last.seq();
    head = last.hash();
  }

  Handle handle() {
    return handle;
  }

  @Nullable Incident find(String id) {
    Incident here = changed.get(id);
    if (here == null) {
      here = known.get(id);
    }
    return here != null
        ? here
        : handle
            .createQuery("select body from incidents where id = :id")
            .bind("id", id)
            .mapTo(String.class)
            .findOne()
            .map(IncidentJson::incident)
            .orElse(null);
  }

  /** The open incident that alerts with this key join. */
  @Nullable Incident findByKey(String key) {
    String id = byOpenKey.get(key);
    if (id == null) {
      id =
          handle
              .createQuery("select id from incidents where open_key = :key")
              .bind("key", key)
              .mapTo(String.class)
              .findOne()
              .orElse(null);
    }
    Incident found = id == null ? null : find(id);
    return found != null && found.isOpen() ? found : null;
  }

  @Nullable String incidentOf(String alert) {
    String here = alerts.get(alert);
    return here != null
        ? here
        : handle
            .createQuery("select incident from incident_alerts where alert = :alert")
            .bind("alert", alert)
            .mapTo(String.class)
            .findOne()
            .orElse(null);
  }

  void attach(String alert, String incident, Instant at) {
    alerts.put(alert, incident);
    handle
        .createUpdate("insert into incident_alerts (alert, incident, at) values (:a, :i, :at)")
        .bind("a", alert)
        .bind("i", incident)
        .bind("at", at.toEpochMilli())
        .execute();
    int rule = alert.indexOf('/');
    if (rule > 0) {
      handle.execute(
          "insert into incident_rules (rule, incident) values (?, ?)"
              + " on conflict (rule, incident) do nothing",
          alert.substring(0, rule),
          incident);
    }
  }

  /** False when it was cleared before. */
  boolean clear(String alert, Instant at) {
    return handle
            .createUpdate(
                "update incident_alerts set cleared_at = :at where alert = :a and cleared_at is null")
            .bind("a", alert)
            .bind("at", at.toEpochMilli())
            .execute()
        == 1;
  }

  /** The next number of a day, for example {@code 20261124-000017}. */
  String nextNumber(String day) {
    String latest =
        lastNumber != null && lastNumber.startsWith(day)
            ? lastNumber
            : handle
                .createQuery(
                    "select number from incidents where number >= :a and number < :b"
                        + " order by number desc limit 1")
                .bind("a", day + "-")
                .bind("b", day + ".")
                .mapTo(String.class)
                .findOne()
                .orElse(day + "-000000");
    long next = Long.parseLong(latest.substring(day.length() + 1)) + 1;
    String number = day + "-" + String.format(Locale.ROOT, "%06d", next);
    lastNumber = number;
    return number;
  }

  int openCases(String person) {
    int stored =
        handle
            .createQuery("select count(*) from incidents where assignee = :p and is_open = 1")
            .bind("p", person)
            .mapTo(Integer.class)
            .one();
    int here = 0;
    for (Incident each : changed.values()) {
      Incident was = known.get(each.id());
      here += holds(each, person) ? 1 : 0;
      here -= was != null && holds(was, person) ? 1 : 0;
    }
    return stored + here;
  }

  /** Open cases that are with a department as a whole or one of its people. */
  int openOfDepartment(String department) {
    int stored =
        handle
            .createQuery("select count(*) from incidents where department = :d and is_open = 1")
            .bind("d", department)
            .mapTo(Integer.class)
            .one();
    return stored
        + (int)
            changed.values().stream()
                .filter(each -> each.isOpen() && department.equals(each.hands().department()))
                .count();
  }

  boolean isAttachment(String hash) {
    return handle
        .createQuery("select hash from attachments where hash = :h")
        .bind("h", hash)
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  private static boolean holds(Incident incident, String person) {
    return incident.isOpen() && person.equals(incident.hands().assignee());
  }

  /** Numbers the events, makes the new state; {@link #flush()} stores them. */
  Incident append(
      String id, @Nullable Incident before, List<IncidentEvent> events, Instant at, Person by) {
    if (versionBefore.putIfAbsent(id, before == null ? 0 : before.version()) == null
        && before != null) {
      figures.minus(CaseFacts.of(before));
    }
    Incident now = before;
    int version = before == null ? 0 : before.version();
    for (IncidentEvent each : events) {
      seq++;
      version++;
      IncidentEntry entry = new IncidentEntry(seq, id, version, at, by.id(), each);
      now = IncidentLife.apply(now, entry);
      appended.add(entry);
      after.add(now);
    }
    Incident result = Objects.requireNonNull(now, "an incident begins with an event");
    changed.put(id, result);
    key(before, result);
    return result;
  }

  private void key(@Nullable Incident before, Incident result) {
    String key = result.group().key();
    if (key == null) {
      return;
    }
    if (!result.isOpen()) {
      byOpenKey.remove(key, result.id());
      openKeys.put(result.id(), null);
      return;
    }
    boolean reopened = before != null && !before.isOpen();
    if (before == null || reopened) {
      if (findByKey(key) == null) {
        byOpenKey.put(key, result.id());
        openKeys.put(result.id(), key);
      } else {
        openKeys.put(result.id(), null);
      }
    }
  }

  List<IncidentEntry> appended() {
    return appended;
  }

  /** The state after each of {@link #appended()}. */
  List<Incident> after() {
    return after;
  }

  Map<String, Incident> changed() {
    return changed;
  }

  void flush() {
    if (appended.isEmpty()) {
      return;
    }
    storeEvents();
    storeIncidents();
    changed.values().forEach(each -> figures.plus(CaseFacts.of(each)));
    figures.flush(handle);
    storeTimers();
    storeAttachments();
    new OutboxWriter(handle).write(appended, after, outlet);
  }

  private void storeEvents() {
    PreparedBatch batch =
        handle.prepareBatch(
            "insert into incident_events (seq, incident, version, at, by_whom, name, detail, hash)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?)");
    for (IncidentEntry e : appended) {
      HashChain.Row row =
          new HashChain.Row(
              e.seq(),
              e.incident(),
              e.version(),
              e.at().toEpochMilli(),
              e.by(),
              e.event().name(),
              IncidentJson.write(e.event()));
      head = HashChain.next(head, row);
      batch.add(
          row.seq(),
          row.incident(),
          row.version(),
          row.at(),
          row.by(),
          row.name(),
          row.detail(),
          head);
    }
    batch.execute();
  }

  private void storeIncidents() {
    PreparedBatch inserts = IncidentRow.inserts(handle);
    PreparedBatch updates = IncidentRow.updates(handle);
    releaseKeys();
    for (Incident each : changed.values()) {
      int before = Objects.requireNonNull(versionBefore.get(each.id()));
      String key =
          openKeys.containsKey(each.id()) || before == 0
              ? openKeys.get(each.id())
              : storedKey(each.id());
      if (before == 0) {
        IncidentRow.insert(inserts, each, key);
      } else {
        IncidentRow.update(updates, each, before, key);
      }
    }
    if (inserts.size() > 0) {
      inserts.execute();
    }
    if (updates.size() > 0) {
      for (int rows : updates.execute()) {
        if (rows != 1) {
          throw new ConflictException();
        }
      }
    }
  }

  /** A closed incident gives its key away before an opened one of the same unit takes it. */
  private void releaseKeys() {
    openKeys.forEach(
        (id, key) -> {
          if (key == null && Objects.requireNonNull(versionBefore.get(id)) > 0) {
            handle.execute("update incidents set open_key = null where id = ?", id);
          }
        });
  }

  private @Nullable String storedKey(String id) {
    return handle
        .createQuery("select open_key from incidents where id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  private void storeTimers() {
    PreparedBatch gone = handle.prepareBatch("delete from timers where incident = ?");
    PreparedBatch set =
        handle.prepareBatch("insert into timers (incident, kind, stage, at) values (?, ?, ?, ?)");
    for (Incident each : changed.values()) {
      gone.add(each.id());
      for (Timer timer : Timer.of(each, policy)) {
        set.add(each.id(), timer.kind().name(), timer.stage().name(), timer.at().toEpochMilli());
      }
    }
    gone.execute();
    if (set.size() > 0) {
      set.execute();
    }
  }

  private void storeAttachments() {
    for (IncidentEntry each : appended) {
      List<String> photos =
          switch (each.event()) {
            case IncidentEvent.Opened e -> e.report().photos();
            case IncidentEvent.FeedbackGiven e -> e.photos();
            default -> List.of();
          };
      for (String photo : photos) {
        handle.execute(
            "insert into attachment_links (hash, subject) values (?, ?)"
                + " on conflict (hash, subject) do nothing",
            photo,
            each.incident());
      }
    }
  }

  /** Another writer was faster; the unit is done again from what is stored. */
  static final class ConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConflictException() {
      super("an incident was changed by another writer");
    }
  }
}
