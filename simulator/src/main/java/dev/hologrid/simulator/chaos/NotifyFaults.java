package dev.hologrid.simulator.chaos;

import dev.hologrid.simulator.evidence.Checker;
import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Receivers of notifications that are slow, endless, treacherous or broken. */
final class NotifyFaults {
  private static final List<String> KINDS = List.of("good", "hang", "stream", "redirect", "error");
  private static final Duration DELIVERED = Duration.ofSeconds(60);

  private NotifyFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "F18", "hostile receivers of notifications", List.of(), true, NotifyFaults::hostile));
  }

  /** The good one hears of every incident, killed gateway or not; nobody follows a redirect. */
  private static Row hostile(Bench bench) throws IOException, InterruptedException {
    int rounds = bench.campaign().rounds(5, 1);
    Path deliveries = bench.folder().resolve("deliveries.ndjson");
    try (Receivers receivers = new Receivers(deliveries)) {
      bench.config(config(receivers));
      bench.evidence(bench.evidence().withDeliveries(deliveries));
      GatewayProcess gateway = bench.gateway();
      Child fleet = bench.fleet();
      int survived = 0;
      for (int i = 0; i < rounds; i++) {
        bench.pause(bench.campaign().shortRun() ? 3_000 : 10_000);
        gateway.child().kill();
        gateway = bench.gateway();
        survived += bench.well(gateway, fleet) ? 1 : 0;
      }
      bench.endFleets();
      GatewayProcess asked = gateway;
      boolean all =
          Waiting.until(
              DELIVERED,
              () ->
                  asked.metric("hologrid_follower_lag_records") == 0
                      && receivers.taken() >= asked.metric("hologrid_incidents_opened_total"));
      int taken = receivers.taken();
      double opened = gateway.metric("hologrid_incidents_opened_total");
      Checker.Report report = bench.settle(gateway);
      boolean good = all && receivers.lured() == 0;
      return bench.row(
          "F18",
          rounds,
          good ? survived : 0,
          report,
          "%d notices taken, %.0f incidents opened, redirect followed %d times; %s"
              .formatted(taken, opened, receivers.lured(), report.detail("I8")));
    }
  }

  private static String config(Receivers receivers) {
    StringBuilder yaml = new StringBuilder("notify:\n  allowed-hosts: [127.0.0.1]\n  channels:\n");
    for (String each : KINDS) {
      yaml.append("    - name: ").append(each).append('\n');
      yaml.append("      kind: webhook\n");
      yaml.append("      url: ").append(receivers.url("/" + each)).append('\n');
    }
    return yaml.toString();
  }
}
