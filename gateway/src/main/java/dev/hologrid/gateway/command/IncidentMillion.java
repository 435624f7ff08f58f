package dev.hologrid.gateway.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.Gateway;
import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.SampleIncidents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Lists and indicators over a database that has grown for years. */
final class IncidentMillion {
  private static final double LIMIT_MS = 200;
  private static final int ROUNDS = 30;
  private final Path folder;
  private final int count;

  IncidentMillion(Path folder, int count) {
    this.folder = folder;
    this.count = count;
  }

  /** True when the promises were kept. */
  boolean run(ObjectNode report) throws IOException, InterruptedException {
    BenchSite.write(folder.resolve("site"), 0);
    Path data = Files.createDirectories(folder.resolve("data"));
    long began = System.nanoTime();
    try (Database database = Database.open("jdbc:sqlite:" + data.resolve("incidents.db"), "", "")) {
      SampleIncidents.fill(database, count, BenchSite::building, Instant.now());
    }
    report.put("incidents", count);
    report.put("fillSeconds", (System.nanoTime() - began) / 1_000_000_000);
    report.put("databaseMiB", Files.size(data.resolve("incidents.db")) >> 20);
    boolean kept = true;
    long starts = System.nanoTime();
    try (Gateway gateway = BenchSite.start(data, folder.resolve("site"));
        BenchClient client = new BenchClient(gateway.httpPort())) {
      report.put("startMs", (System.nanoTime() - starts) / 1_000_000);
      for (Map.Entry<String, String> each : questions().entrySet()) {
        Histogram took = BenchClient.histogram();
        client.timed(each.getValue(), took);
        double first = took.getMaxValue() / 1000.0;
        for (int i = 1; i < ROUNDS; i++) {
          client.timed(each.getValue(), took);
        }
        ObjectNode one = report.putObject(each.getKey());
        one.put("firstMs", first);
        BenchClient.show(one, took);
        kept &= took.getMaxValue() / 1000.0 <= LIMIT_MS;
      }
    }
    return kept;
  }

  private static Map<String, String> questions() {
    Map<String, String> ask = new LinkedHashMap<>();
    String list = "/api/v1/incidents";
    ask.put("list", list);
    ask.put("listOpen", list + "?open=true");
    ask.put("listClosedInTown", list + "?state=CLOSED&place=" + BenchSite.TOWN);
    ask.put("listClosedInBuilding", list + "?state=CLOSED&place=" + BenchSite.building(3));
    ask.put("listOpenInGrid", list + "?open=true&place=" + BenchSite.building(0).substring(0, 15));
    ask.put("listCategoryAndPriority", list + "?category=FIRE_SMOKE&priority=P3");
    ask.put("listRareCombination", list + "?category=FIRE_SMOKE&open=true&priority=P1");
    ask.put("listOfAssignee", list + "?assignee=officer-7");
    String month = "&from=2026-07-31T16:00:00Z&to=2026-08-31T16:00:00Z";
    String kpis = "/api/v1/kpis?by=";
    for (String by : new String[] {"all", "town", "community", "grid", "department", "category"}) {
      ask.put(
          "kpiMonthBy" + Character.toUpperCase(by.charAt(0)) + by.substring(1), kpis + by + month);
    }
    ask.put("kpiMonthOfTown", kpis + "all" + month + "&place=" + BenchSite.TOWN);
    return ask;
  }
}
