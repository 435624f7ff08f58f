package dev.hologrid.gateway.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Fills an empty database with made-up incidents over a year, for measurements: the rows only, no
 * events. The same count gives the same incidents. Blocks.
 */
public final class SampleIncidents {
  private static final int BATCH = 10_000;
  private static final int OPEN = 2_000;
  private static final List<String> CATEGORIES =
      List.of("FIRE_SMOKE", "DOOR_FORCED", "ORDER_WASTE", "OFFLINE", "SAFETY_HAZARD");

  private SampleIncidents() {}

  /**
   * Fills it; the newest 2,000 are open.
   *
   * @param building the code of a building by number: grid code, dash, five digits
   * @param end the time of the last one; the first is a year older
   */
  public static void fill(Database database, int count, IntFunction<String> building, Instant end) {
    Random random = new Random(1);
    Ids ids = new Ids();
    Catalog catalog = Catalog.standard();
    long step = Duration.ofDays(365).toMillis() / count;
    Instant start = end.minus(Duration.ofDays(365));
    for (int i = 0; i < count; i += BATCH) {
      int from = i;
      database
          .writer()
          .useTransaction(
              handle -> {
                PreparedBatch batch = IncidentRow.inserts(handle);
                for (int k = from; k < Math.min(from + BATCH, count); k++) {
                  Instant at = start.plusMillis(step * k);
                  String place = building.apply(random.nextInt(1_000_000));
                  boolean open = k > count - OPEN;
                  IncidentRow.bind(
                      batch, one(ids.next(at), at, place, open, random, catalog), 0, null);
                }
                batch.execute();
              });
    }
    database.writer().useHandle(handle -> handle.execute("analyze"));
  }

  private static List<String> path(String building) {
    return List.of(
        building.substring(0, 6),
        building.substring(0, 9),
        building.substring(0, 12),
        building.substring(0, 15),
        building);
  }

  private static Incident one(
      String id, Instant at, String place, boolean open, Random random, Catalog catalog) {
    String category = CATEGORIES.get(random.nextInt(CATEGORIES.size()));
    String title = "Incident " + id;
    Report report =
        new Report(title, "", category, catalog.family(category), Origin.SENSOR, null, List.of());
    List<IncidentEvent> events =
        new ArrayList<>(
            List.of(
                new IncidentEvent.Opened(
                    "n" + id,
                    report,
                    new Spot(place, path(place)),
                    Priority.P3,
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
    Incident incident = null;
    int version = 0;
    Instant when = at;
    for (IncidentEvent each : events) {
      version++;
      when = when.plusSeconds(random.nextInt(3_000));
      incident =
          IncidentLife.apply(
              incident, new IncidentEntry(version, id, version, when, "system", each));
    }
    return java.util.Objects.requireNonNull(incident);
  }

  private static Due due(Instant at, int minutes) {
    Instant end = at.plus(Duration.ofMinutes(minutes));
    return new Due(end, end, false, false);
  }
}
