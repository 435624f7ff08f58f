package dev.hologrid.simulator.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.process.GatewayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at a gateway five times a second and writes down what it sees. Safe for many threads. */
final class Watch implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long EVERY_MS = 200;

  /** Heap and direct memory as {@code Bench} starts a gateway, and 200 MiB for all the rest. */
  static final double LIMIT_MIB = 512 + 256 + 200;

  private final Path file;
  private final Thread thread;
  private volatile @Nullable GatewayProcess gateway;
  private volatile boolean closing;
  private volatile double inFlight;

  Watch(Path file) {
    this.file = file;
    this.thread = Thread.ofVirtual().name("watch").start(this::run);
  }

  void follow(@Nullable GatewayProcess next) {
    gateway = next;
  }

  private void run() {
    while (!closing) {
      GatewayProcess now = gateway;
      try {
        if (now != null) {
          look(now);
        }
        TimeUnit.MILLISECONDS.sleep(EVERY_MS);
      } catch (IOException e) {
        // it is dead or stopped, which is what happens here
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look(GatewayProcess at) throws IOException, InterruptedException {
    Map<String, Double> metrics = at.metrics();
    if (!metrics.containsKey("hologrid_messages_received_total")) {
      return;
    }
    inFlight = metrics.getOrDefault("hologrid_messages_in_flight", 0.0);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("received", metrics.get("hologrid_messages_received_total"));
    line.put("stored", metrics.getOrDefault("hologrid_messages_stored_total", 0.0));
    line.put("quarantined", metrics.getOrDefault("hologrid_messages_quarantined_total", 0.0));
    line.put("inFlight", inFlight);
    line.put("residentMiB", at.residentMiB());
    line.put("limitMiB", LIMIT_MIB);
    append(JSON.writeValueAsString(line) + "\n");
  }

  private synchronized void append(String text) {
    try {
      Files.write(
          file,
          text.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The components that say they are not well, each with its reason. */
  static List<String> complaints(GatewayProcess at) throws IOException, InterruptedException {
    List<String> complaints = new ArrayList<>();
    for (JsonNode each : JSON.readTree(at.get("/health")).path("components")) {
      if (!each.path("status").asText().equals("ok")) {
        complaints.add(complaint(each));
      }
    }
    return complaints;
  }

  private static String complaint(JsonNode component) {
    return component.path("name").asText()
        + " "
        + component.path("status").asText()
        + ": "
        + component.path("why").asText();
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
