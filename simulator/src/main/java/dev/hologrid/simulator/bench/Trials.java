package dev.hologrid.simulator.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.mqtt.Server;
import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import dev.hologrid.simulator.process.MosquittoProcess;
import dev.hologrid.simulator.process.Programs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Single trials; each starts fresh processes and gives messages a second. */
final class Trials {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BATCH_BYTES = 64 * 1024;

  private final Path folder;
  private final int seconds;
  private final int warmUp;
  private final int bytes;
  private final int connections;
  private final int devices;
  private final List<String> gatewayOptions;
  private int runs;

  Trials(
      Path folder,
      int seconds,
      int warmUp,
      int bytes,
      int connections,
      int devices,
      List<String> gatewayOptions) {
    this.folder = folder;
    this.seconds = seconds;
    this.warmUp = warmUp;
    this.bytes = bytes;
    this.connections = connections;
    this.devices = devices;
    this.gatewayOptions = gatewayOptions;
  }

  Path data() {
    return folder.resolve("run-" + ++runs);
  }

  /** QoS 1 into the built-in endpoint: acknowledged, so decoded and on disk. */
  double endpoint() throws IOException, InterruptedException {
    try (GatewayProcess gateway = GatewayProcess.start(data(), 0, List.of(), gatewayOptions)) {
      double rate = finish(load(gateway.mqtt(), 0)).path("ackedPerSecond").asDouble();
      String health = gateway.get("/health");
      if (health.contains("\"failed\"")) {
        throw new IOException("the gateway's health after the load: " + health);
      }
      return rate;
    }
  }

  /** A server that acknowledges at once: what the load can do at most. */
  double nullEndpoint() throws IOException, InterruptedException {
    try (Child server =
        Child.start(
            Programs.simulator("load", "null-server"), log(), line -> line.contains("mqtt://"))) {
      String at = JSON.readTree(server.awaitReady(PATIENCE)).path("mqtt").asText();
      return finish(load(Server.of(at), 0)).path("ackedPerSecond").asDouble();
    }
  }

  /** Mosquitto to a subscriber that only counts. */
  double mosquittoTo(String client) throws IOException, InterruptedException {
    try (MosquittoProcess broker = MosquittoProcess.start(data());
        Child subscriber =
            Child.start(
                Programs.simulator(
                    "load", "subscribe", "--client", client, "--mqtt", address(broker.server())),
                log(),
                line -> line.contains("subscribed"))) {
      String unused = subscriber.awaitReady(PATIENCE);
      return rateOf(broker.server(), () -> received(subscriber));
    }
  }

  /** Mosquitto, then the gateway's Paho source, journaled. */
  double broker() throws IOException, InterruptedException {
    List<String> more = new ArrayList<>(gatewayOptions);
    try (MosquittoProcess broker = MosquittoProcess.start(data())) {
      more.addAll(List.of("--broker", "tcp://127.0.0.1:" + broker.server().port()));
      try (GatewayProcess gateway = GatewayProcess.start(data(), 0, List.of(), more)) {
        return rateOf(broker.server(), () -> gateway.metric("hologrid_messages_stored_total"));
      }
    }
  }

  private interface Counter {
    double read() throws IOException, InterruptedException;
  }

  /** The counter's rate between the warm-up and the end of the load. */
  private double rateOf(Server server, Counter counter) throws IOException, InterruptedException {
    Child load = load(server, 0);
    try {
      TimeUnit.MILLISECONDS.sleep(700L + warmUp * 1000L);
      long from = System.nanoTime();
      double before = counter.read();
      TimeUnit.MILLISECONDS.sleep(seconds * 1000L - 500);
      double after = counter.read();
      return (after - before) / ((System.nanoTime() - from) / 1e9);
    } finally {
      load.close();
    }
  }

  private static double received(Child subscriber) throws IOException {
    String last = subscriber.last();
    return last == null ? 0 : JSON.readTree(last).path("received").asDouble();
  }

  Child load(Server server, double rate) {
    return Child.start(
        Programs.simulator(
            "load",
            "--mqtt",
            address(server),
            "--connections",
            Integer.toString(connections),
            "--devices",
            Integer.toString(devices),
            "--bytes",
            Integer.toString(bytes),
            "--warm-up",
            Integer.toString(warmUp),
            "--seconds",
            Integer.toString(seconds),
            "--rate",
            String.format(Locale.ROOT, "%.1f", rate)),
        log(),
        line -> line.contains("ackedPerSecond"));
  }

  JsonNode finish(Child load) throws IOException, InterruptedException {
    try (load) {
      return JSON.readTree(load.awaitReady(PATIENCE.plusSeconds(warmUp + (long) seconds)));
    }
  }

  /** Where the raw loop begins its file anew. */
  private static final long MOST_FILE = 256L << 20;

  /** Records of the payload's size, appended in 64 KiB batches, each forced: the disk's limit. */
  double rawAppend() throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("raw-append");
    ByteBuffer batch = ByteBuffer.allocateDirect(BATCH_BYTES);
    long forced = 0;
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(Math.min(seconds, 3));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (System.nanoTime() < end) {
        batch.clear();
        if (channel.position() > MOST_FILE) {
          channel.position(0);
        }
        while (batch.hasRemaining()) {
          channel.write(batch);
        }
        channel.force(false);
        forced += BATCH_BYTES / bytes;
      }
    } finally {
      Files.deleteIfExists(file);
    }
    return forced / ((System.nanoTime() - start) / 1e9);
  }

  private Path log() {
    return folder.resolve("bench.log");
  }

  private static String address(Server server) {
    return "mqtt://" + server.host() + ":" + server.port();
  }
}
