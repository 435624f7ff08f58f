package dev.hologrid.simulator.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.load.LoadPlan;
import dev.hologrid.simulator.mqtt.Server;
import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import dev.hologrid.simulator.process.MosquittoProcess;
import dev.hologrid.simulator.process.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts the subjects; each stays up for all its trials, as a server does. */
final class Subjects {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Several connections share the work of the broker path, as docs/configuration.md advises. */
  private static final List<String> SHARED =
      List.of("--set", "broker.clients=4", "--set", "broker.group=bench");

  private final Phases phases;
  private final Path folder;
  private final LoadPlan shape;
  private final List<String> settings;
  private int runs;

  /**
   * Nothing is started yet.
   *
   * @param shape what is published; its server is not looked at
   * @param settings options for the gateways
   */
  Subjects(Phases phases, Path folder, LoadPlan shape, List<String> settings) {
    this.phases = phases;
    this.folder = folder;
    this.shape = shape;
    this.settings = settings;
  }

  GatewayProcess gateway(String heap, List<String> more) throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(settings);
    options.addAll(more);
    Path data = folder.resolve("gateway-" + ++runs);
    return phases.started(GatewayProcess.start(data, 0, List.of(), List.of(heap), options));
  }

  LoadPlan plan(Server server, int devices) {
    return new LoadPlan(
        server,
        shape.connections(),
        shape.window(),
        devices,
        shape.bytes(),
        0,
        0,
        Duration.ZERO,
        Duration.ZERO);
  }

  private LoadPlan plan(Server server) {
    return plan(server, shape.devices());
  }

  /** The built-in endpoint of a gateway: acknowledged, so decoded and on disk. */
  Subject endpoint(GatewayProcess gateway, int devices) {
    return new Subject("endpointMsgPerSecond", plan(gateway.mqtt(), devices)) {
      @Override
      long arrived() throws IOException, InterruptedException {
        return (long) gateway.metric("hologrid_messages_stored_total");
      }

      @Override
      boolean acknowledgedIsArrived() {
        return true;
      }

      @Override
      void settle(long messages) throws IOException, InterruptedException, BenchFailed {
        Subjects.settle(gateway);
      }
    };
  }

  /** Mosquitto, then the gateway's Paho source, journaled. */
  Subject broker() throws IOException, InterruptedException {
    MosquittoProcess broker = mosquitto();
    List<String> more = new ArrayList<>(SHARED);
    more.addAll(List.of("--broker", "tcp://127.0.0.1:" + broker.server().port()));
    GatewayProcess gateway = gateway("-Xmx1g", more);
    return new Subject("brokerMsgPerSecond", plan(broker.server())) {
      @Override
      long arrived() throws IOException, InterruptedException {
        return (long) gateway.metric("hologrid_messages_stored_total");
      }

      @Override
      boolean acknowledgedIsArrived() {
        return false;
      }

      @Override
      void settle(long messages) throws IOException, InterruptedException, BenchFailed {
        Subjects.settle(gateway);
      }
    };
  }

  /** Mosquitto to a subscriber that only counts. */
  Subject mosquittoTo(String client, String name) throws IOException, InterruptedException {
    MosquittoProcess broker = mosquitto();
    Child subscriber =
        phases.started(
            Child.start(
                Programs.simulator(
                    "load", "subscribe", "--client", client, "--mqtt", address(broker.server())),
                log(),
                line -> line.contains("subscribed")));
    String unused = subscriber.awaitReady(PATIENCE);
    return new Subject(name, plan(broker.server())) {
      @Override
      long arrived() throws IOException {
        String last = subscriber.last();
        return last == null ? 0 : JSON.readTree(last).path("received").asLong();
      }

      @Override
      boolean acknowledgedIsArrived() {
        return false;
      }

      @Override
      void settle(long messages) {}
    };
  }

  /** A server that acknowledges at once: what load and library can do at most. */
  Subject nullEndpoint() throws IOException, InterruptedException {
    Child server =
        phases.started(
            Child.start(
                Programs.simulator("load", "null-server"),
                log(),
                line -> line.contains("mqtt://")));
    String at = JSON.readTree(server.awaitReady(PATIENCE)).path("mqtt").asText();
    return new Subject("nullEndpointMsgPerSecond", plan(Server.of(at))) {
      @Override
      long arrived() {
        return Long.MAX_VALUE; // it counts nothing
      }

      @Override
      boolean acknowledgedIsArrived() {
        return true;
      }

      @Override
      void settle(long messages) {}
    };
  }

  private MosquittoProcess mosquitto() throws IOException, InterruptedException {
    return phases.started(MosquittoProcess.start(folder.resolve("mosquitto-" + ++runs)));
  }

  Path log() {
    return folder.resolve("bench.log");
  }

  static String address(Server server) {
    return "mqtt://" + server.host() + ":" + server.port();
  }

  /**
   * Waits until all followers have caught up, and checks the books.
   *
   * @return how long that took, in seconds
   */
  static double settle(GatewayProcess gateway)
      throws IOException, InterruptedException, BenchFailed {
    long from = System.nanoTime();
    long deadline = from + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      Map<String, Double> metrics = gateway.metrics();
      double received = metrics.getOrDefault("hologrid_messages_received_total", 0.0);
      double stored = metrics.getOrDefault("hologrid_messages_stored_total", 0.0);
      double quarantined = metrics.getOrDefault("hologrid_messages_quarantined_total", 0.0);
      double inFlight = metrics.getOrDefault("hologrid_messages_in_flight", 0.0);
      if (received != stored + quarantined + inFlight) {
        throw new BenchFailed("the books do not balance: " + metrics);
      }
      if (quarantined > 0) {
        throw new BenchFailed(quarantined + " messages of the load were quarantined");
      }
      double lag = metrics.getOrDefault("hologrid_follower_lag_records", 0.0);
      if (inFlight == 0 && lag == 0) {
        return (System.nanoTime() - from) / 1e9;
      }
      if (System.nanoTime() > deadline) {
        throw new BenchFailed("followers lag by " + lag + " records 120 s after the load");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
