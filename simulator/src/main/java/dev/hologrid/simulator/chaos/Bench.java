package dev.hologrid.simulator.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.district.DistrictGenerator;
import dev.hologrid.simulator.district.DistrictPlan;
import dev.hologrid.simulator.evidence.Checker;
import dev.hologrid.simulator.evidence.Evidence;
import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import dev.hologrid.simulator.process.Programs;
import dev.hologrid.simulator.site.SiteWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One fault's own data folder, gateway and fleet; the fleet is a process of its own. */
final class Bench implements AutoCloseable {
  private static final Pattern JSON_ACKED = Pattern.compile("\"acked\":[1-9]");
  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration SETTLED = Duration.ofSeconds(60);
  private static final Duration WELL = Duration.ofSeconds(30);
  private static final double SIZE = 0.03;

  /** What an export of journals says that have damaged places. */
  private static final int DAMAGED = 1;

  private final Path folder;
  private final Campaign campaign;
  private final SplittableRandom random;
  private final int port;
  private final Watch watch;
  private final List<Child> fleets = new ArrayList<>();
  private final List<GatewayProcess> gateways = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private Evidence evidence;
  private double slowest;
  private int lastExit;
  private boolean damaged;

  Bench(Campaign campaign, String fault) throws IOException {
    this.campaign = campaign;
    this.random = new SplittableRandom(campaign.seed() + fault.hashCode());
    this.folder = Files.createDirectories(campaign.folder().resolve(fault));
    writeSite();
    copy("scenario.yml", folder.resolve("scenario.yml"));
    copy("rules.yaml", Files.createDirectories(rules()).resolve("rules.yaml"));
    port = freePort();
    watch = new Watch(folder.resolve("watch.ndjson"));
    evidence = Evidence.of(ledger(), exports().resolve("readings.ndjson"));
    options.addAll(List.of("--set", "alerting.rules=" + rules(), "--set", "alerting.pack=false"));
  }

  void writeSite() throws IOException {
    SiteWriter.write(
        DistrictGenerator.generate(DistrictPlan.of(Double.toString(SIZE), 1)),
        data().resolve("site"));
  }

  private static void copy(String resource, Path to) throws IOException {
    try (InputStream in = Bench.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing");
      }
      Files.write(to, in.readAllBytes());
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  Path folder() {
    return folder;
  }

  Path data() {
    return folder.resolve("data");
  }

  Path rules() {
    return folder.resolve("rules");
  }

  Path exports() {
    return folder.resolve("exports");
  }

  Path ledger() {
    return folder.resolve("ledger.ndjson");
  }

  Campaign campaign() {
    return campaign;
  }

  /** The same for the same seed and fault, whatever runs beside it. */
  SplittableRandom random() {
    return random;
  }

  /** Settings for every gateway of this bench from now on. */
  void set(String setting, String value) {
    options.addAll(List.of("--set", setting + "=" + value));
  }

  /** A configuration file for every gateway of this bench from now on. */
  void config(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("gateway.yaml"), yaml);
    options.addAll(List.of("--config", file.toString()));
  }

  /** Starts the gateway on its data and port; the time it takes counts as recovery. */
  GatewayProcess gateway(String... prefix) throws IOException, InterruptedException {
    long from = System.nanoTime();
    List<String> all = new ArrayList<>(options);
    if (options.stream().noneMatch(each -> each.startsWith("archive.kind"))) {
      all.addAll(List.of("--set", "archive.kind=none"));
    }
    watch.follow(null);
    GatewayProcess gateway;
    try {
      gateway = GatewayProcess.start(data(), port, List.of(prefix), campaign.jvm(), all);
    } catch (GatewayProcess.NotStarted e) {
      lastExit = e.exitValue();
      throw e;
    }
    gateways.add(gateway);
    watch.follow(gateway);
    if (prefix.length == 0) {
      recovered(since(from));
    }
    return gateway;
  }

  /** Another gateway with the same settings on data and ports of its own; nobody watches it. */
  GatewayProcess aside(String name, List<String> prefix) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--set", "archive.kind=none"));
    return GatewayProcess.start(folder.resolve(name), 0, prefix, campaign.jvm(), all);
  }

  /** How the last gateway that did not come up ended, as its log's process did. */
  int lastExit() {
    return lastExit;
  }

  /** Starts another gateway on the same data while one runs; what it says as it ends. */
  String secondStart() throws IOException, InterruptedException {
    Path log = folder.resolve("second.log");
    Child second =
        Child.start(
            Programs.gateway(
                campaign.jvm(),
                List.of(
                    "gateway",
                    "--http-port",
                    "0",
                    "--mqtt-port",
                    "0",
                    "--data",
                    data().toString())),
            log,
            line -> line.contains("ready"));
    boolean ended = second.await(Duration.ofSeconds(60));
    second.close();
    return ended && second.exitValue() != 0 ? Files.readString(log) : "it started";
  }

  static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  void recovered(double seconds) {
    slowest = Math.max(slowest, seconds);
  }

  /** A fleet that publishes to {@code mqtt} until the bench is settled. */
  Child fleet(String mqtt) throws IOException, InterruptedException {
    Child fleet = launch(mqtt);
    String unused = fleet.awaitReady(READY);
    return fleet;
  }

  Child launch(String mqtt) {
    Child fleet =
        Child.start(
            Programs.simulator(
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), // it lives for seconds
                "simulate",
                "--json",
                "--mqtt",
                mqtt,
                "--site",
                data().resolve("site").toString(),
                "--scenario",
                folder.resolve("scenario.yml").toString(),
                "--rate",
                Double.toString(campaign.rate()),
                "--ledger",
                ledger().toString()),
            folder.resolve("fleet.log"),
            line -> JSON_ACKED.matcher(line).find());
    fleets.add(fleet);
    return fleet;
  }

  Child fleet() throws IOException, InterruptedException {
    return fleet(address());
  }

  String address() {
    return "mqtt://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  /** Devices get acknowledgements again, within half a minute. */
  boolean well(GatewayProcess gateway, Child fleet) throws InterruptedException {
    long from = System.nanoTime();
    boolean again = Waiting.grows(WELL, () -> acked(fleet), () -> alive(gateway, fleet));
    recovered(since(from));
    return again;
  }

  static boolean alive(GatewayProcess gateway, Child fleet) {
    return gateway.child().running() && fleet.running();
  }

  static double acked(Child fleet) throws IOException {
    String last = fleet.last();
    return last == null ? 0 : new ObjectMapper().readTree(last).path("acked").asDouble();
  }

  /** The fleet waits for its last acknowledgements and leaves. */
  void endFleets() {
    fleets.forEach(Child::close);
  }

  /** Ends the fleet, waits until the followers have taken all, ends the gateway, and compares. */
  Checker.Report settle(GatewayProcess gateway) throws IOException, InterruptedException {
    endFleets();
    boolean settled =
        Waiting.until(SETTLED, () -> gateway.child().running() && settled(gateway.metrics()));
    watch.follow(null);
    gateway.close();
    watch.close();
    if (!settled) {
      throw new IOException(
          "the followers have not taken all within " + SETTLED.toSeconds() + " s");
    }
    return check();
  }

  private static boolean settled(Map<String, Double> metrics) {
    return metrics.getOrDefault("hologrid_messages_in_flight", 1.0) == 0
        && metrics.getOrDefault("hologrid_follower_lag_records", 1.0) == 0;
  }

  /** The journals and the database of the stopped gateway beside the ledger. */
  Checker.Report check() throws IOException, InterruptedException {
    export(data(), exports());
    Evidence of = evidence;
    return Checker.check(
        new Evidence(
            ledger(),
            exports().resolve("readings.ndjson"),
            exports().resolve("quarantine.ndjson"),
            exports().resolve("alerts.ndjson"),
            of.database() == null ? "jdbc:sqlite:" + data().resolve("incidents.db") : of.database(),
            existing(folder.resolve("watch.ndjson")),
            of.archive(),
            of.rebuilt(),
            of.deliveries()));
  }

  private static @Nullable Path existing(Path file) {
    return Files.exists(file) ? file : null;
  }

  /** From now on damaged places in journals are what is wanted. */
  void damaged() {
    damaged = true;
  }

  /** More to look at than what every bench has. */
  void evidence(Evidence more) {
    evidence = more;
  }

  Evidence evidence() {
    return evidence;
  }

  void export(Path from, Path to) throws IOException, InterruptedException {
    Child exporting =
        Child.start(
            Programs.gateway(
                campaign.jvm(),
                List.of(
                    "journal",
                    "export",
                    "--journal",
                    "all",
                    "--data",
                    from.toString(),
                    "--out",
                    to.toString())),
            folder.resolve("export.log"),
            line -> false);
    boolean ended = exporting.await(Duration.ofMinutes(2));
    if (!ended || exporting.exitValue() > (damaged ? DAMAGED : 0)) {
      throw new IOException("the journals could not be exported; see " + folder);
    }
  }

  /** The row of a fault whose every round left the gateway well. */
  Row row(String fault, int tried, int survived, GatewayProcess gateway, String note)
      throws IOException, InterruptedException {
    return row(fault, tried, survived, settle(gateway), note);
  }

  Row row(String fault, int tried, int survived, Checker.Report report, String note) {
    campaign.keep(folder, report);
    String more = report.holds() ? report.detail("I1") + "; " + report.detail("I3") : "";
    return new Row(
        fault,
        tried,
        report.holds() ? survived : Math.min(survived, tried - 1),
        report.lost(),
        report.doubled(),
        Math.round(slowest * 100) / 100.0,
        String.join(
            "; ",
            List.of(note, more, report.complaint()).stream().filter(t -> !t.isEmpty()).toList()));
  }

  void pause(long millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis);
  }

  /** Ends all processes, so that nothing is open in the data folder. */
  void stopAll() {
    watch.follow(null);
    watch.close();
    fleets.forEach(Child::close);
    gateways.forEach(GatewayProcess::close);
  }

  @Override
  public void close() {
    stopAll();
  }
}
