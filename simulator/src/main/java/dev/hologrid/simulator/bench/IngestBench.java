package dev.hologrid.simulator.bench;

import dev.hologrid.simulator.load.LoadPlan;
import dev.hologrid.simulator.mqtt.Server;
import dev.hologrid.simulator.process.GatewayProcess;
import dev.hologrid.simulator.process.MosquittoProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** QoS 1 with fsync on both ways in, beside Mosquitto and a server that does nothing. */
@Command(
    name = "ingest",
    description =
        "Measures a whole gateway: QoS 1, acknowledged after fsync, JSON decoded, rules and archive"
            + " on; beside raw Mosquitto to a Paho subscriber, a server that acknowledges at once,"
            + " and the disk. Only ratios of one run say something. About 5 minutes.",
    mixinStandardHelpOptions = true)
final class IngestBench implements Callable<Integer> {
  private static final int WINDOW = 20;
  private static final int FEW_DEVICES = 1_000;

  @Option(
      names = {"--quick", "--short"},
      description = "Shorter trials, fewer of them: 90 s.")
  boolean quick;

  @Option(
      names = "--smoke",
      description = "A few seconds: it runs and the books balance; the figures say nothing.")
  boolean smoke;

  @Option(names = "--rounds", description = "Trials of each subject.")
  @Nullable Integer rounds;

  @Option(names = "--bytes", defaultValue = "120", description = "(default: ${DEFAULT-VALUE})")
  int bytes;

  @Option(
      names = "--publishers",
      defaultValue = "100",
      description = "Connections that publish (default: ${DEFAULT-VALUE}).")
  int publishers;

  @Option(names = "--devices", defaultValue = "2000", description = "(default: ${DEFAULT-VALUE})")
  int devices;

  @Option(names = "--connections", description = "Idle connections to weigh; 0 leaves it out.")
  @Nullable Integer connections;

  @Option(
      names = "--only",
      split = ",",
      description = "Some of: disk, throughput, live, devices, connections.")
  @Nullable List<String> only;

  @Option(
      names = "--set",
      description = "A setting for the gateway, for example --set archive.kind=none.")
  @Nullable List<String> set;

  @Option(names = "--json", description = "Writes the figures to this file.")
  @Nullable Path json;

  private final Report report = new Report();
  private final List<String> failures = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Scale scale = scale();
    Path folder = Files.createTempDirectory("hologrid-bench");
    long from = System.nanoTime();
    try (Phases phases = new Phases()) {
      measure(phases, folder, scale);
    }
    for (String key :
        List.of(
            "endpointMsgPerSecond",
            "brokerMsgPerSecond",
            "mosquittoPahoMsgPerSecond",
            "endpointToMosquittoPahoRatio",
            "rawFsyncAppendPerSecond",
            "p99AlertLatencyMs",
            "connections",
            "connectionsRssMiB")) {
      report.missing(key);
    }
    System.out.printf("%n%s%n", report.table());
    System.out.printf("  took %d s%n", Math.round((System.nanoTime() - from) / 1e9));
    if (json != null) {
      report.write(json);
    }
    if (failures.isEmpty()) {
      Folders.delete(folder);
      return 0;
    }
    failures.forEach(each -> System.err.println("hologrid: bench ingest: " + each));
    System.err.println("hologrid: logs and data of the trials: " + folder);
    return 1;
  }

  private Scale scale() {
    if (smoke) {
      return Scale.smoke();
    }
    return quick ? Scale.quick() : Scale.full();
  }

  private interface Part {
    void run() throws Exception;
  }

  /** One part's failure leaves the others' figures. */
  private void part(String name, Part part) throws InterruptedException {
    if (only != null && !only.contains(name)) {
      return;
    }
    System.out.println(name);
    try {
      part.run();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      failures.add(name + ": " + e.getMessage());
      System.err.println("  failed: " + e.getMessage());
    }
  }

  private void measure(Phases phases, Path folder, Scale scale) throws InterruptedException {
    List<String> options = new ArrayList<>();
    for (String each : set == null ? List.<String>of() : set) {
      options.addAll(List.of("--set", each));
    }
    LoadPlan shape =
        new LoadPlan(
            new Server("127.0.0.1", 1883),
            publishers,
            WINDOW,
            devices,
            bytes,
            0,
            0,
            Duration.ZERO,
            Duration.ZERO);
    Subjects subjects = new Subjects(phases, folder, shape, options);
    part("disk", () -> disk(phases, folder));
    part("throughput", () -> throughput(phases, subjects, scale));
    part("live", () -> live(phases, subjects, scale));
    part("devices", () -> devices(phases, subjects, scale));
    part("connections", () -> connections(phases, subjects, scale));
  }

  private void disk(Phases phases, Path folder) throws Exception {
    double perSecond =
        phases.run(
            "the raw append", Duration.ofSeconds(20), () -> RawAppend.measure(folder, bytes, 2));
    report.put("rawFsyncAppendPerSecond", (double) Math.round(perSecond), "rec/s", "");
  }

  private void throughput(Phases phases, Subjects subjects, Scale scale) throws Exception {
    List<Subject> all = new ArrayList<>();
    GatewayProcess gateway =
        phases.run(
            "the gateway's start",
            Duration.ofSeconds(60),
            () -> subjects.gateway("-Xmx1g", List.of()));
    all.add(subjects.endpoint(gateway, devices));
    all.add(phases.run("the null endpoint", Duration.ofSeconds(30), subjects::nullEndpoint));
    if (MosquittoProcess.installed()) {
      all.add(
          phases.run(
              "Mosquitto with Paho",
              Duration.ofSeconds(30),
              () -> subjects.mosquittoTo("paho", "mosquittoPahoMsgPerSecond")));
      all.add(phases.run("Mosquitto with the gateway", Duration.ofSeconds(60), subjects::broker));
    } else {
      failures.add(
          "Mosquitto is not installed, the broker path is left out; Debian: apt install mosquitto");
    }
    for (Subject each : all) {
      boolean own = each.name.startsWith("endpoint") || each.name.startsWith("broker");
      Duration length = own ? scale.warmUp() : scale.warmUp().dividedBy(3);
      System.out.printf("  warming up %s%n", each.name);
      phases.run("warming up " + each.name, length.plusSeconds(150), () -> warm(each, length));
    }
    int count = rounds == null ? scale.rounds() : rounds;
    for (int round = 0; round < count; round++) {
      for (Subject each : all) {
        double perSecond =
            phases.run(
                each.name,
                scale.trial().multipliedBy(5).plusSeconds(130),
                () -> each.trial(scale.trial()));
        report.trial(each.name, perSecond);
        System.out.printf(Locale.ROOT, "  %-32s %,12.0f%n", each.name, perSecond);
      }
      Collections.reverse(all); // A B C, C B A, …
    }
    phases.stopAll();
    report.median("endpointMsgPerSecond", "msg/s", "≥ 150,000");
    report.median("nullEndpointMsgPerSecond", "msg/s", "");
    report.median("mosquittoPahoMsgPerSecond", "msg/s", "");
    report.median("brokerMsgPerSecond", "msg/s", "");
    report.ratio(
        "endpointToMosquittoPahoRatio",
        "endpointMsgPerSecond",
        "mosquittoPahoMsgPerSecond",
        "≥ 2.5");
    report.ratio(
        "brokerToMosquittoPahoRatio", "brokerMsgPerSecond", "mosquittoPahoMsgPerSecond", "≥ 0.9");
    report.ratio(
        "endpointToNullRatio", "endpointMsgPerSecond", "nullEndpointMsgPerSecond", "≥ 0.6");
  }

  private static double warm(Subject subject, Duration length) throws Exception {
    subject.warmUp(length);
    return 0;
  }

  /** Alerts under load, and the processor time of ThingsBoard's published rate. */
  private void live(Phases phases, Subjects subjects, Scale scale) throws Exception {
    GatewayProcess gateway =
        phases.run(
            "the gateway's start",
            Duration.ofSeconds(60),
            () -> subjects.gateway("-Xmx1g", List.of()));
    Live live = new Live(gateway, subjects.plan(gateway.mqtt(), devices));
    Duration most = scale.latency().plus(scale.warmUp()).plusSeconds(60);
    phases.run(
        "warming up",
        most,
        () -> {
          warm(subjects.endpoint(gateway, devices), scale.warmUp());
          return live.alerts(20_000, scale.warmUp().dividedBy(2), "w");
        });
    Live.Cost cost = phases.run("5,000 msg/s", most, () -> live.cost(5_000, scale.latency()));
    report.put("corePercentAt5000", cost.corePercent(), "% core", "≤ 20");
    for (int rate : new int[] {5_000, 20_000}) {
      Live.Alerts alerts =
          phases.run(
              "alerts at " + rate, most, () -> live.alerts(rate, scale.latency(), "r" + rate));
      String suffix = rate == 20_000 ? "" : "At" + rate;
      percentiles("AlertLatencyMs" + suffix, alerts.alertMicros(), rate == 20_000 ? "≤ 10" : "");
      percentiles("AckLatencyMs" + suffix, alerts.ackMicros(), "");
    }
    phases.run("the books", Duration.ofSeconds(130), () -> Subjects.settle(gateway));
    phases.stopAll();
  }

  private void percentiles(String name, Histogram micros, String goal) {
    report.put("p50" + name, micros.getValueAtPercentile(50) / 1000.0, "ms", "");
    report.put("p99" + name, micros.getValueAtPercentile(99) / 1000.0, "ms", goal);
    report.put("p999" + name, micros.getValueAtPercentile(99.9) / 1000.0, "ms", "");
  }

  /** The same load from few and from many devices, by processor time, which noise moves least. */
  private void devices(Phases phases, Subjects subjects, Scale scale) throws Exception {
    GatewayProcess gateway =
        phases.run(
            "the gateway's start",
            Duration.ofSeconds(60),
            () -> subjects.gateway("-Xmx4g", List.of()));
    Subject few = subjects.endpoint(gateway, FEW_DEVICES);
    Subject many = subjects.endpoint(gateway, scale.devices());
    Duration most = Duration.ofSeconds(200);
    phases.run("warming up", most, () -> warm(few, scale.warmUp()));
    phases.run(
        "registering " + scale.devices() + " devices", most, () -> many.exactly(scale.devices()));
    long count = Math.max(scale.devices(), 200_000);
    double fewCpu = phases.run("few devices", most, () -> cpu(gateway, few, count));
    double manyCpu = phases.run("many devices", most, () -> cpu(gateway, many, count));
    report.put("cpuSecondsPerMillion", fewCpu, "CPU-s", "");
    report.put("distinctDevices", scale.devices(), "", "");
    report.put("cpuRatioManyToFewDevices", manyCpu / fewCpu, "", "flat");
    phases.stopAll();
  }

  private static double cpu(GatewayProcess gateway, Subject subject, long count) throws Exception {
    double before = gateway.cpuSeconds();
    subject.exactly(count);
    return (gateway.cpuSeconds() - before) * 1e6 / count;
  }

  private void connections(Phases phases, Subjects subjects, Scale scale) throws Exception {
    int wanted = connections == null ? scale.connections() : connections;
    int possible = Math.min(wanted, Crowd.most());
    if (possible < wanted) {
      System.out.printf(
          "  only %,d connections: ulimit -n allows %,d open files%n",
          possible, Crowd.most() + 500);
    }
    if (possible <= 0) {
      return;
    }
    GatewayProcess gateway =
        phases.run(
            "the gateway's start",
            Duration.ofSeconds(60),
            () -> subjects.gateway("-Xmx512m", List.of()));
    double before = gateway.residentMiB();
    Crowd.Result crowd =
        phases.run(
            "connections",
            Duration.ofSeconds(90),
            () -> Crowd.gather(phases, gateway, possible, subjects.log()));
    report.put("connections", crowd.connections(), "", "20,000");
    report.put("connectionsRssMiB", crowd.residentMiB(), "MiB", "≤ 600");
    report.put("connectionsRssGrowthMiB", crowd.residentMiB() - before, "MiB", "");
    phases.stopAll();
  }
}
