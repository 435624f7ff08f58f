package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.incident.kpi.KpiGroup;
import dev.hologrid.gateway.incident.kpi.KpiQueries;
import dev.hologrid.gateway.incident.kpi.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * A campaign, not a test: fills a database with incidents over a year and prints how long lists and
 * indicators take. Arguments: a file, and how many (1000000).
 */
final class MillionIncidents {
  private static final Instant START = Instant.parse("2025-11-24T00:00:00Z");
  private static final Town TOWN = new Town();
  private static final List<String> CATEGORIES =
      List.of("FIRE_SMOKE", "DOOR_FORCED", "ORDER_WASTE", "OFFLINE", "SAFETY_HAZARD");

  private MillionIncidents() {}

  public static void main(String[] args) {
    int count = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
    try (Database database = Database.open("jdbc:sqlite:" + Path.of(args[0]), "", "")) {
      fill(database, count);
      measure(database);
    }
  }

  private static void fill(Database database, int count) {
    Random random = new Random(1);
    Ids ids = new Ids();
    Policy policy = new Policy(Catalog.standard(), TOWN);
    long step = Duration.ofDays(365).toMillis() / count;
    long began = System.nanoTime();
    for (int i = 0; i < count; i += 10_000) {
      int from = i;
      database
          .writer()
          .useTransaction(
              handle -> {
                PreparedBatch batch = IncidentRow.inserts(handle);
                for (int k = from; k < Math.min(from + 10_000, count); k++) {
                  Instant at = START.plusMillis(step * k);
                  boolean open = k > count - 2_000;
                  IncidentRow.bind(batch, one(ids.next(at), k, at, open, random, policy), 0, null);
                }
                batch.execute();
              });
    }
    database.writer().useHandle(handle -> handle.execute("analyze"));
    System.out.printf("filled %d in %d s%n", count, (System.nanoTime() - began) / 1_000_000_000);
  }

  private static Incident one(
      String id, int k, Instant at, boolean open, Random random, Policy policy) {
    String town = "44060512" + (1 + random.nextInt(7));
    String grid = town + "%03d%03d".formatted(1 + random.nextInt(40), 1 + random.nextInt(5));
    String place = grid + "-%05d".formatted(1 + random.nextInt(30));
    String category = CATEGORIES.get(random.nextInt(CATEGORIES.size()));
    Report report =
        new Report(
            "Incident " + k,
            "",
            category,
            policy.catalog().family(category),
            Origin.SENSOR,
            null,
            List.of());
    Spot spot = new Spot(place, TOWN.path(place));
    List<IncidentEvent> events =
        new ArrayList<>(
            List.of(
                new IncidentEvent.Opened(
                    "n" + k, report, spot, Priority.P3, Level.GRID, null, null, null)));
    events.add(new IncidentEvent.DueSet(Stage.CASE, due(at, 480)));
    events.add(new IncidentEvent.Filed(true, ""));
    events.add(new IncidentEvent.Dispatched("p" + random.nextInt(2_000), null, ""));
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
    return incident;
  }

  private static Due due(Instant at, int minutes) {
    Instant end = at.plus(Duration.ofMinutes(minutes));
    return new Due(end, end, false, false);
  }

  private static void measure(Database database) {
    IncidentQueries queries = new IncidentQueries(database, TOWN);
    Person all = Person.SYSTEM;
    time("list, newest", () -> queries.list(IncidentFilter.ALL, all).items().size());
    time("list, open", () -> queries.list(IncidentFilter.ALL.open(true), all).items().size());
    time(
        "list, closed in a town",
        () ->
            queries
                .list(IncidentFilter.ALL.state(State.CLOSED).place("440605123"), all)
                .items()
                .size());
    time(
        "list, open in a grid",
        () ->
            queries
                .list(IncidentFilter.ALL.open(true).place("440605123001001"), all)
                .items()
                .size());
    time("list, mine", () -> queries.list(IncidentFilter.ALL.assignee("p17"), all).items().size());
    KpiQueries kpis = new KpiQueries(database, ZoneId.of("Asia/Shanghai"));
    Instant from = Instant.parse("2026-06-30T16:00:00Z");
    Instant to = Instant.parse("2026-07-31T16:00:00Z");
    for (KpiGroup by : KpiGroup.values()) {
      time("month by " + by, () -> kpis.period(by, new Span(from, to)).size());
    }
    time(
        "month by TOWN, compared",
        () -> kpis.report(KpiGroup.TOWN, Border.EVERYWHERE, new Span(from, to)).now().size());
    time("open by grid", () -> queries.openByPlace(3).size());
    time("totals at start", () -> new IncidentTotals().load(database).totals().open());
  }

  private interface Question {
    int ask();
  }

  private static void time(String what, Question question) {
    long[] millis = new long[7];
    int found = 0;
    for (int i = 0; i < millis.length; i++) {
      long began = System.nanoTime();
      found = question.ask();
      millis[i] = (System.nanoTime() - began) / 1_000_000;
    }
    long first = millis[0];
    Arrays.sort(millis);
    System.out.printf(
        "%-28s first %4d ms, median %4d ms, %d found%n", what, first, millis[3], found);
  }
}
