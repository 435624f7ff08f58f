package dev.hologrid.gateway.incident;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty database with made-up incidents over a year, for measurements: rows and sums, no
 * events. The same count gives the same incidents. Blocks.
 */
public final class SampleIncidents {
  private static final int BATCH = 500;
  private static final int OPEN = 2_000;
  private static final List<String> CATEGORIES =
      List.of("FIRE_SMOKE", "DOOR_FORCED", "ORDER_WASTE", "OFFLINE", "SAFETY_HAZARD");
  private static final List<String> RULES = List.of("smoke", "door-forced", "silent");

  private final Random random = new Random(1);
  private final Ids ids = new Ids();
  private final Catalog catalog = Catalog.standard();
  private final IntFunction<String> building;

  private SampleIncidents(IntFunction<String> building) {
    this.building = building;
  }

  /**
   * Fills it in one transaction, its indexes made afterwards; the newest 2,000 are open.
   *
   * @param url {@code jdbc:sqlite:FILE}, which nobody else has open, or {@code jdbc:postgresql://…}
   * @param building the code of a building by number: grid code, dash, five digits
   * @param end the time of the last one; the first is a year older
   */
  public static void fill(
      String url, String user, int count, IntFunction<String> building, Instant end)
      throws SQLException {
    ZoneId zone = Catalog.standard().calendar().zone();
    Database.open(url, user, "").counting(zone).close();
    try (Connection connection = DriverManager.getConnection(url, user, "");
        Handle handle = Jdbi.open(connection)) {
      boolean sqlite = url.startsWith("jdbc:sqlite:");
      if (sqlite) { // nobody needs it back if the machine stops meanwhile
        for (String each :
            "journal_mode = off;synchronous = off;cache_size = -256000;threads = 2"
                .split(";", -1)) {
          handle.execute("pragma " + each);
        }
      }
      handle.useTransaction(
          in -> {
            List<String> indexes = dropped(sqlite, in);
            new SampleIncidents(building).rows(in, count, end, zone);
            indexes.forEach(in::execute);
            in.execute("analyze");
          });
      if (sqlite) {
        handle.execute("pragma journal_mode = wal");
      }
    }
  }

  /** Rows and sums of some incidents, made beside the writing of those before. */
  private record Batch(List<@Nullable Object[]> rows, boolean last) {}

  private void rows(Handle handle, int count, Instant end, ZoneId zone) throws SQLException {
    BlockingQueue<Batch> made = new ArrayBlockingQueue<>(8);
    FigureLedger ledger = new FigureLedger(zone);
    Thread maker = Thread.ofPlatform().daemon().start(() -> make(count, end, ledger, made));
    try (PreparedStatement rows = handle.getConnection().prepareStatement(IncidentRow.INSERT);
        PreparedStatement rules =
            handle
                .getConnection()
                .prepareStatement("insert into incident_rules (rule, incident) values (?, ?)")) {
      Batch batch;
      int k = 0;
      do {
        batch = made.take();
        for (@Nullable Object[] each : batch.rows()) {
          set(rows, each);
          set(rules, RULES.get(k++ % RULES.size()), each[0]);
        }
        rows.executeBatch();
        rules.executeBatch();
      } while (!batch.last());
      maker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while filling", e);
    }
    ledger.flush(handle);
  }

  private void make(int count, Instant end, FigureLedger ledger, BlockingQueue<Batch> to) {
    long step = Duration.ofDays(365).toMillis() / count;
    Instant start = end.minus(Duration.ofDays(365));
    List<@Nullable Object[]> rows = new ArrayList<>();
    try {
      for (int k = 0; k < count; k++) {
        Incident each = one(start.plusMillis(step * k), k > count - OPEN);
        rows.add(IncidentRow.values(each, null));
        ledger.plus(CaseFacts.of(each));
        if (rows.size() == BATCH || k == count - 1) {
          to.put(new Batch(List.copyOf(rows), k == count - 1));
          rows.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void set(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(1 + i, values[i]);
    }
    statement.addBatch();
  }

  /** Drops the indexes of the incidents; returns how to make them. */
  private static List<String> dropped(boolean sqlite, Handle handle) {
    String sql =
        sqlite
            ? "select name, sql from sqlite_master"
                + " where type = 'index' and tbl_name = 'incidents' and sql is not null"
            : "select indexname, indexdef from pg_indexes where tablename = 'incidents'"
                + " and not exists (select 1 from pg_constraint where conname = indexname)";
    List<String> made = new ArrayList<>();
    handle
        .createQuery(sql)
        .map((rs, ctx) -> List.of(rs.getString(1), rs.getString(2)))
        .list()
        .forEach(
            each -> {
              handle.execute("drop index " + each.getFirst());
              made.add(each.getLast());
            });
    return made;
  }

  private static List<String> path(String building) {
    return List.of(
        building.substring(0, 6),
        building.substring(0, 9),
        building.substring(0, 12),
        building.substring(0, 15),
        building);
  }

  private Incident one(Instant at, boolean open) {
    String id = ids.next(at);
    String place = building.apply(random.nextInt(1_000_000));
    Incident incident = null;
    int version = 0;
    Instant when = at;
    for (IncidentEvent each : events(id, at, place, open)) {
      version++;
      when = when.plusSeconds(random.nextInt(3_000));
      incident =
          IncidentLife.apply(
              incident, new IncidentEntry(version, id, version, when, "system", each));
    }
    return Objects.requireNonNull(incident);
  }

  private List<IncidentEvent> events(String id, Instant at, String place, boolean open) {
    String category = CATEGORIES.get(random.nextInt(CATEGORIES.size()));
    Origin origin = Origin.values()[random.nextInt(Origin.values().length)];
    Report report =
        new Report("Incident", "", category, catalog.family(category), origin, null, List.of());
    List<IncidentEvent> events =
        new ArrayList<>(
            List.of(
                new IncidentEvent.Opened(
                    "n" + id,
                    report,
                    new Spot(place, path(place)),
                    Priority.values()[random.nextInt(Priority.values().length)],
                    Level.GRID,
                    null,
                    null,
                    null)));
    events.add(new IncidentEvent.DueSet(Stage.CASE, due(at, 480)));
    events.add(new IncidentEvent.Filed(true, ""));
    events.add(new IncidentEvent.Dispatched("officer-" + random.nextInt(41), null, ""));
    if (!open) {
      events.add(new IncidentEvent.Accepted(""));
      events.add(new IncidentEvent.DueSet(Stage.HANDLE, due(at, 300)));
      events.add(new IncidentEvent.FeedbackGiven("done", List.of()));
      events.add(new IncidentEvent.CheckStarted(""));
      events.add(new IncidentEvent.Closed(new Outcome(Resolution.DUST, 0, 0, 0), false, ""));
    }
    return events;
  }

  private static Due due(Instant at, int minutes) {
    Instant end = at.plus(Duration.ofMinutes(minutes));
    return new Due(end, end, false, false);
  }
}
