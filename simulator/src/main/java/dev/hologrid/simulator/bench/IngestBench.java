package dev.hologrid.simulator.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import dev.hologrid.simulator.process.MosquittoProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** QoS 1 with fsync on both ways in, beside Mosquitto and a server that does nothing. */
@Command(
    name = "ingest",
    description =
        "Messages a second, QoS 1, acknowledged after fsync: the built-in endpoint, and Mosquitto +"
            + " Paho, beside raw Mosquitto to a subscriber, a server that acknowledges at once, and"
            + " the disk. Ratios hold inside one run.",
    mixinStandardHelpOptions = true)
final class IngestBench implements Callable<Integer> {
  @Option(names = "--rounds", defaultValue = "3", description = "(default: ${DEFAULT-VALUE})")
  int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "4",
      description = "Of a trial (default: ${DEFAULT-VALUE}).")
  int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "3",
      description = "Seconds (default: ${DEFAULT-VALUE}).")
  int warmUp;

  @Option(
      names = "--bytes",
      defaultValue = "120",
      description = "Payload (default: ${DEFAULT-VALUE}).")
  int bytes;

  @Option(
      names = "--publishers",
      defaultValue = "100",
      description = "Connections that publish (default: ${DEFAULT-VALUE}).")
  int publishers;

  @Option(names = "--devices", defaultValue = "2000", description = "(default: ${DEFAULT-VALUE})")
  int devices;

  @Option(
      names = "--connections",
      defaultValue = "5000",
      description = "Idle connections to weigh; 0 leaves it out (default: ${DEFAULT-VALUE}).")
  int connections;

  @Option(
      names = "--alert-rate",
      defaultValue = "20000",
      description = "Messages a second while alerts are timed (default: ${DEFAULT-VALUE}).")
  double alertRate;

  @Option(names = "--short", description = "One round of short trials.")
  boolean shortRun;

  @Option(
      names = "--set",
      description = "A setting for the gateway, for example --set archive.kind=none.")
  @Nullable List<String> set;

  @Option(names = "--json", description = "Writes the figures to this file.")
  @Nullable Path json;

  private final Map<String, List<Double>> figures = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    if (shortRun) {
      rounds = 1;
      seconds = 2;
      warmUp = 2;
      connections = Math.min(connections, 1000);
    }
    Path folder = Files.createTempDirectory("hologrid-bench");
    List<String> options = new ArrayList<>();
    for (String each : set == null ? List.<String>of() : set) {
      options.addAll(List.of("--set", each));
    }
    Trials trials =
        new Trials(folder, seconds, warmUp, bytes, publishers, devices, List.copyOf(options));
    Map<String, Object> report = new LinkedHashMap<>();
    rounds(trials);
    summarize(report);
    live(trials, options, report);
    print(report);
    System.out.println("logs and data of the trials: " + folder);
    if (json != null) {
      Files.writeString(
          json,
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
    }
    return 0;
  }

  private interface Trial {
    double run() throws IOException, InterruptedException;
  }

  private void rounds(Trials trials) throws IOException, InterruptedException {
    boolean mosquitto = MosquittoProcess.installed();
    if (!mosquitto) {
      System.out.println("skipped: Mosquitto is not installed; Debian: apt install mosquitto");
    }
    for (int round = 0; round < rounds; round++) {
      trial("rawFsyncAppendPerSecond", trials::rawAppend);
      trial("nullEndpointMsgPerSecond", trials::nullEndpoint);
      trial("endpointMsgPerSecond", trials::endpoint);
      if (mosquitto) {
        trial("mosquittoPahoMsgPerSecond", () -> trials.mosquittoTo("paho"));
        trial("brokerMsgPerSecond", trials::broker);
        trial("mosquittoVertxMsgPerSecond", () -> trials.mosquittoTo("vertx"));
      }
    }
  }

  private void trial(String name, Trial trial) throws IOException, InterruptedException {
    double figure = trial.run();
    figures.computeIfAbsent(name, any -> new ArrayList<>()).add(figure);
    System.out.printf(Locale.ROOT, "  %-28s %,12.0f%n", name, figure);
  }

  private double median(String name) {
    double[] sorted =
        figures.getOrDefault(name, List.of()).stream().mapToDouble(each -> each).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** The median of the rounds' ratios. */
  private double ratio(String subject, String peer) {
    List<Double> above = figures.getOrDefault(subject, List.of());
    List<Double> below = figures.getOrDefault(peer, List.of());
    double[] ratios = new double[Math.min(above.size(), below.size())];
    Arrays.setAll(ratios, i -> above.get(i) / Math.max(1, below.get(i)));
    Arrays.sort(ratios);
    return ratios.length == 0 ? 0 : ratios[ratios.length / 2];
  }

  private void summarize(Map<String, Object> report) {
    for (String name : figures.keySet()) {
      report.put(name, Math.round(median(name)));
    }
    report.put(
        "endpointToMosquittoPahoRatio",
        rounded(ratio("endpointMsgPerSecond", "mosquittoPahoMsgPerSecond")));
    report.put(
        "brokerToMosquittoPahoRatio",
        rounded(ratio("brokerMsgPerSecond", "mosquittoPahoMsgPerSecond")));
    report.put(
        "endpointToNullRatio", rounded(ratio("endpointMsgPerSecond", "nullEndpointMsgPerSecond")));
  }

  /** What is measured on one gateway: alerts under load, then idle connections. */
  private void live(Trials trials, List<String> options, Map<String, Object> report)
      throws IOException, InterruptedException {
    try (GatewayProcess gateway = GatewayProcess.start(trials.data(), 0, List.of(), options)) {
      Histogram micros = alerts(trials, gateway);
      report.put("alertsTimed", micros.getTotalCount());
      report.put("p50AlertLatencyMs", micros.getValueAtPercentile(50) / 1000.0);
      report.put("p99AlertLatencyMs", micros.getValueAtPercentile(99) / 1000.0);
      if (connections > 0) {
        double before = gateway.residentMiB();
        Crowd.Result crowd = new Crowd().gather(gateway, connections);
        report.put("connections", crowd.connections());
        report.put("connectionsRssMiB", rounded(crowd.residentMiB()));
        report.put("connectionsRssGrowthMiB", rounded(crowd.residentMiB() - before));
      }
    }
  }

  private Histogram alerts(Trials trials, GatewayProcess gateway)
      throws IOException, InterruptedException {
    Child load = trials.load(gateway.mqtt(), alertRate);
    try {
      return new AlertProbe(gateway, InstantSource.system())
          .run(Math.max(50, (warmUp + seconds) * 30));
    } finally {
      load.close();
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static void print(Map<String, Object> report) {
    System.out.println();
    report.forEach(
        (name, value) ->
            System.out.printf(
                Locale.ROOT,
                "%-30s %14s%n",
                name,
                value instanceof Long whole ? String.format(Locale.ROOT, "%,d", whole) : value));
  }
}
