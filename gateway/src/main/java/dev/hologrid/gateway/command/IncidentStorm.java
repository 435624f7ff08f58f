package dev.hologrid.gateway.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.Gateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * All detectors of a town alarm within a minute while somebody looks at the list of incidents all
 * the time.
 */
final class IncidentStorm {
  private static final double LIST_P99_MS = 50;
  private static final long DISPATCH_MS = 5_000;
  private static final long LOOK_EVERY_NANOS = 20_000_000;
  private static final int BATCH = 25;

  private final Path folder;
  private final int detectors;
  private final int seconds;

  IncidentStorm(Path folder, int detectors, int seconds) {
    this.folder = folder;
    this.detectors = detectors;
    this.seconds = seconds;
  }

  /** True when the promises were kept. */
  boolean run(ObjectNode report) throws IOException, InterruptedException {
    BenchSite.write(folder.resolve("site"), detectors);
    try (Gateway gateway = BenchSite.start(folder.resolve("data"), folder.resolve("site"));
        BenchClient client = new BenchClient(gateway.httpPort())) {
      for (int i = 0; i < 300; i++) {
        client.timed("/api/v1/incidents?open=true", BenchClient.histogram());
      }
      Histogram list = BenchClient.histogram();
      AtomicBoolean over = new AtomicBoolean();
      AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
      Thread viewer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (!over.get()) {
                        client.timed("/api/v1/incidents?open=true", list);
                        LockSupport.parkNanos(LOOK_EVERY_NANOS);
                      }
                    } catch (IOException | InterruptedException e) {
                      failed.set(e);
                    }
                  });
      Map<String, Instant> first = storm(client);
      gateway.drain(Duration.ofSeconds(60));
      over.set(true);
      viewer.join();
      Exception cause = failed.get();
      if (cause != null) {
        throw new IOException("the viewer was not answered", cause);
      }
      report.put("detectors", detectors).put("seconds", seconds);
      BenchClient.show(report.putObject("list"), list);
      boolean quick = list.getValueAtPercentile(99) / 1000.0 <= LIST_P99_MS;
      boolean folded = count(client, first, report);
      return quick && folded;
    }
  }

  /** Sends the alarms evenly; returns when each building's first one was sent. */
  private Map<String, Instant> storm(BenchClient client) throws IOException, InterruptedException {
    Map<String, Instant> first = new HashMap<>();
    long began = System.nanoTime();
    for (int i = 0; i < detectors; i += BATCH) {
      long due = began + (long) (1e9 * seconds * i / detectors);
      LockSupport.parkNanos(due - System.nanoTime());
      StringBuilder body = new StringBuilder("[");
      for (int k = i; k < Math.min(i + BATCH, detectors); k++) {
        first.putIfAbsent(BenchSite.building(k), Instant.now());
        body.append(k == i ? "" : ",")
            .append("{\"kind\":\"smoke\",\"device\":\"sm-")
            .append(k)
            .append("\",\"values\":{\"obscuration\":0.9}}");
      }
      client.post("/api/v1/telemetry", body.append(']').toString());
    }
    return first;
  }

  private boolean count(BenchClient client, Map<String, Instant> first, ObjectNode report)
      throws IOException, InterruptedException {
    Map<String, Integer> byBuilding = new HashMap<>();
    long slowest = 0;
    int incidents = 0;
    int alerts = 0;
    int undispatched = 0;
    String cursor = "";
    do {
      JsonNode page = client.get("/api/v1/incidents?limit=500" + cursor);
      for (JsonNode each : page.path("items")) {
        incidents++;
        alerts += each.path("alertCount").asInt();
        String building = each.path("place").asText();
        byBuilding.merge(building + "/" + each.path("category").asText(), 1, Integer::sum);
        Instant dispatched = dispatched(client, each.path("id").asText());
        if (dispatched == null) {
          undispatched++;
        } else {
          Instant alarm = first.getOrDefault(building, dispatched);
          slowest = Math.max(slowest, Duration.between(alarm, dispatched).toMillis());
        }
      }
      String next = page.path("next").asText("");
      cursor = page.path("next").isNull() || next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    int most = byBuilding.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    report.put("incidents", incidents).put("buildings", first.size()).put("alerts", alerts);
    report.put("mostPerBuildingAndCategory", most).put("undispatched", undispatched);
    report.put("slowestDispatchMs", slowest);
    return most == 1 && incidents == first.size() && undispatched == 0 && slowest <= DISPATCH_MS;
  }

  private static @Nullable Instant dispatched(BenchClient client, String id)
      throws IOException, InterruptedException {
    for (JsonNode step : client.get("/api/v1/incidents/" + id).path("history")) {
      if (step.path("event").asText().equals("DISPATCHED")) {
        return Instant.parse(step.path("at").asText());
      }
    }
    return null;
  }
}
