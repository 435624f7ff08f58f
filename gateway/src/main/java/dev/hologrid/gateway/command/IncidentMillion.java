package dev.hologrid.gateway.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.Gateway;
import dev.hologrid.gateway.incident.SampleIncidents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Lists and indicators over a database that has grown for years. */
final class IncidentMillion {
  private static final double LIMIT_MS = 200;
  private static final int ROUNDS = 30;
  private final Path folder;
  private final int count;
  private final BenchDatabase.Kind kind;

  IncidentMillion(Path folder, int count, BenchDatabase.Kind kind) {
    this.folder = folder;
    this.count = count;
    this.kind = kind;
  }

  /** True when the promises were kept. */
  boolean run(ObjectNode report) throws IOException, InterruptedException {
    Instant end = Instant.now();
    BenchSite.write(folder.resolve("site"), 0);
    Path data = folder.resolve("data");
    try (BenchDatabase database = BenchDatabase.start(kind, data)) {
      long began = System.nanoTime();
      try {
        SampleIncidents.fill(database.url(), database.user(), count, BenchSite::building, end);
      } catch (SQLException e) {
        throw new IOException("cannot fill the database", e);
      }
      report.put("database", database.name());
      report.put("incidents", count);
      report.put("fillSeconds", Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
      report.put("databaseMiB", database.mebibytes());
      return ask(database, data, end, report);
    }
  }

  private boolean ask(BenchDatabase database, Path data, Instant end, ObjectNode report)
      throws IOException, InterruptedException {
    boolean kept = true;
    ArrayNode over = report.putArray("overLimit");
    long starts = System.nanoTime();
    try (Gateway gateway = BenchSite.start(data, folder.resolve("site"), database);
        BenchClient client = new BenchClient(gateway.httpPort())) {
      report.put("startMs", (System.nanoTime() - starts) / 1_000_000);
      Histogram warm = BenchClient.histogram(); // classes are loaded, here and in the server
      client.timed("/api/v1/incidents?limit=1", warm);
      report.put("firstAnswerAfterStartMs", warm.getMaxValue() / 1000.0);
      for (Map.Entry<String, String> each : questions(end).entrySet()) {
        Histogram took = BenchClient.histogram();
        client.timed(each.getValue(), took);
        double first = took.getMaxValue() / 1000.0;
        for (int i = 1; i < ROUNDS; i++) {
          client.timed(each.getValue(), took);
        }
        ObjectNode one = report.putObject(each.getKey());
        one.put("firstMs", first);
        BenchClient.show(one, took);
        if (took.getMaxValue() / 1000.0 > LIMIT_MS) {
          kept = false;
          over.add(each.getKey());
        }
      }
    }
    return kept;
  }

  private static Map<String, String> questions(Instant end) {
    Map<String, String> ask = new LinkedHashMap<>();
    lists(ask, deep(end));
    String month = "&from=2026-07-31T16:00:00Z&to=2026-08-31T16:00:00Z";
    String soFar = "&from=" + end.minus(Duration.ofDays(20)) + "&to=" + end;
    String year = "&from=" + end.minus(Duration.ofDays(365)) + "&to=" + end;
    String kpis = "/api/v1/kpis?by=";
    for (String by : "all town community grid department category day month".split(" ", -1)) {
      String name = Character.toUpperCase(by.charAt(0)) + by.substring(1);
      ask.put("kpiMonthBy" + name, kpis + by + month);
      ask.put("kpiTwentyDaysBy" + name, kpis + by + soFar);
    }
    ask.put("kpiMonthOfTown", kpis + "all" + month + "&place=" + BenchSite.TOWN);
    ask.put("kpiMonthOfGridByDay", kpis + "day" + month + "&place=" + grid());
    ask.put("kpiMonthOfBuilding", kpis + "category" + month + "&place=" + BenchSite.building(3));
    ask.put("kpiYearByMonth", kpis + "month" + year);
    ask.put("kpiYearByTown", kpis + "town" + year);
    ask.put("summary", "/api/v1/summary");
    return ask;
  }

  private static String grid() {
    return BenchSite.building(0).substring(0, 15);
  }

  /** The cursor of a place half a year back. */
  private static String deep(Instant end) {
    String id = HexFormat.of().toHexDigits(end.minus(Duration.ofDays(182)).toEpochMilli(), 12);
    return "cursor="
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString((id + "0".repeat(12)).getBytes(StandardCharsets.US_ASCII));
  }

  private static void lists(Map<String, String> ask, String deep) {
    String list = "/api/v1/incidents?";
    ask.put("list", list);
    ask.put("listDeep", list + deep);
    ask.put("listOf500", list + "limit=500");
    ask.put("listOpen", list + "open=true");
    ask.put("listEndedDeep", list + "open=false&" + deep);
    for (String state :
        "REPORTED DISPATCHED HANDLING SUSPENDED CLOSED REJECTED SELF_HANDLED".split(" ", -1)) {
      ask.put("listState" + state, list + "state=" + state);
    }
    for (String filter :
        List.of(
            "category=FIRE_SMOKE",
            "category=NO_SUCH",
            "priority=P1",
            "origin=RESIDENT",
            "level=GRID",
            "level=DISTRICT",
            "overdue=true",
            "overdue=false",
            "supervised=true",
            "supervised=false",
            "assignee=officer-7",
            "mine=true",
            "reported=true",
            "department=none",
            "rule=smoke",
            "rule=none",
            "place=440605",
            "place=" + BenchSite.TOWN,
            "place=" + BenchSite.building(3).substring(0, 12),
            "place=" + grid(),
            "place=" + BenchSite.building(3))) {
      ask.put("list?" + filter, list + filter);
      ask.put("listDeep?" + filter, list + filter + "&" + deep);
    }
    ask.put("listClosedInTown", list + "state=CLOSED&place=" + BenchSite.TOWN);
    ask.put("listClosedInBuilding", list + "state=CLOSED&place=" + BenchSite.building(3));
    ask.put("listOpenInGrid", list + "open=true&place=" + grid());
    ask.put("listOpenOfRule", list + "open=true&rule=smoke");
    ask.put("listCategoryAndPriority", list + "category=FIRE_SMOKE&priority=P3");
    ask.put("listRareCombination", list + "category=FIRE_SMOKE&open=true&priority=P1");
    ask.put("listRareAmongEnded", list + "category=FIRE_SMOKE&priority=P1&level=DISTRICT");
    ask.put("listOriginAndTown", list + "origin=RESIDENT&priority=P2&place=" + BenchSite.TOWN);
  }
}
