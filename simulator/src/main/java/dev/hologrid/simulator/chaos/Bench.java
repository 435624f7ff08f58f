package dev.hologrid.simulator.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.district.DistrictGenerator;
import dev.hologrid.simulator.district.DistrictPlan;
import dev.hologrid.simulator.ledger.LedgerCheck;
import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import dev.hologrid.simulator.process.Programs;
import dev.hologrid.simulator.site.SiteWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** One fault's own data folder, gateway and fleet; the fleet is a process of its own. */
final class Bench implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern JSON_ACKED = Pattern.compile("\"acked\":[1-9]");
  private static final Duration READY = Duration.ofSeconds(30);

  private final Path folder;
  private final int port;
  private final double rate;
  private final List<Child> fleets = new ArrayList<>();
  private final List<GatewayProcess> gateways = new ArrayList<>();
  private double slowest;

  Bench(Path folder, double rate) throws IOException {
    this.folder = folder;
    this.rate = rate;
    SiteWriter.write(
        DistrictGenerator.generate(DistrictPlan.of("0.03", 1)), data().resolve("site"));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  Path data() {
    return folder.resolve("data");
  }

  /** Starts the gateway on its data and port; the time it takes counts as recovery. */
  GatewayProcess gateway(List<String> prefix, String... options)
      throws IOException, InterruptedException {
    long from = System.nanoTime();
    List<String> all = new ArrayList<>();
    if (List.of(options).stream().noneMatch(each -> each.startsWith("archive."))) {
      all.addAll(List.of("--set", "archive.kind=none"));
    }
    all.addAll(List.of(options));
    GatewayProcess gateway = GatewayProcess.start(data(), port, prefix, all);
    gateways.add(gateway);
    if (prefix.isEmpty()) {
      slowest = Math.max(slowest, (System.nanoTime() - from) / 1e9);
    }
    return gateway;
  }

  double slowestStart() {
    return slowest;
  }

  void recovered(double seconds) {
    slowest = Math.max(slowest, seconds);
  }

  /** A fleet that publishes to {@code mqtt} until the bench is closed. */
  Child fleet(String mqtt) throws IOException, InterruptedException {
    Child fleet =
        Child.start(
            Programs.simulator(
                "simulate",
                "--json",
                "--mqtt",
                mqtt,
                "--site",
                data().resolve("site").toString(),
                "--rate",
                Double.toString(rate),
                "--ledger",
                ledger().toString()),
            folder.resolve("fleet.log"),
            line -> JSON_ACKED.matcher(line).find());
    fleets.add(fleet);
    String unused = fleet.awaitReady(READY);
    return fleet;
  }

  String address() {
    return "mqtt://127.0.0.1:" + port;
  }

  private Path ledger() {
    return folder.resolve("ledger.ndjson");
  }

  /** Ends the fleet, then the gateway, and compares. */
  LedgerCheck.Verdict settle(GatewayProcess gateway) throws IOException, InterruptedException {
    fleets.forEach(Child::close);
    gateway.close();
    Path export = folder.resolve("journal.ndjson");
    Child exporting =
        Child.start(
            Programs.gateway(
                List.of(
                    "journal", "export", "--data", data().toString(), "--out", export.toString())),
            folder.resolve("export.log"),
            line -> false);
    if (!exporting.await(Duration.ofMinutes(2)) || exporting.exitValue() != 0) {
      throw new IOException("the journal could not be exported; see " + folder);
    }
    return LedgerCheck.of(ledger(), export);
  }

  /** Alerts that are attached to more than one incident; -1 when the API does not answer. */
  long doubled(GatewayProcess gateway) throws InterruptedException {
    try {
      return twice(gateway);
    } catch (IOException e) {
      return -1;
    }
  }

  private static long twice(GatewayProcess gateway) throws IOException, InterruptedException {
    Set<String> seen = new HashSet<>();
    long twice = 0;
    JsonNode list = JSON.readTree(gateway.get("/api/v1/incidents?limit=500"));
    for (JsonNode item : list.path("items")) {
      JsonNode incident =
          JSON.readTree(gateway.get("/api/v1/incidents/" + item.path("id").asText()));
      for (JsonNode alert : incident.path("alerts")) {
        twice += seen.add(alert.asText()) ? 0 : 1;
      }
    }
    return twice;
  }

  @Override
  public void close() {
    fleets.forEach(Child::close);
    gateways.forEach(GatewayProcess::close);
  }
}
