package dev.hologrid.simulator.chaos;

import dev.hologrid.simulator.evidence.Checker;
import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import dev.hologrid.simulator.process.MosquittoProcess;
import java.io.IOException;
import java.util.List;

/** An external broker comes and goes; its own acknowledgement is its own promise. */
final class BrokerFaults {
  private BrokerFaults() {}

  static List<Fault> all() {
    List<String> mosquitto = List.of("mosquitto");
    return List.of(
        new Fault("F6", "broker stopped, keeps its queues", mosquitto, false, BrokerFaults::keeps),
        new Fault("F6a", "broker killed, forgets", mosquitto, false, BrokerFaults::forgets),
        new Fault("F6b", "gateway killed behind a broker", mosquitto, true, BrokerFaults::behind));
  }

  private static GatewayProcess gateway(Bench bench, MosquittoProcess broker)
      throws IOException, InterruptedException {
    bench.set("broker.url", "tcp://127.0.0.1:" + broker.server().port());
    return bench.gateway();
  }

  private static String address(MosquittoProcess broker) {
    return "mqtt://127.0.0.1:" + broker.server().port();
  }

  /** Messages come in again, after whatever the broker did. */
  private static boolean flows(Bench bench, GatewayProcess gateway, Child fleet)
      throws InterruptedException {
    long from = System.nanoTime();
    boolean again =
        Waiting.grows(
            java.time.Duration.ofSeconds(60),
            () -> gateway.metric("hologrid_messages_stored_total"),
            () -> Bench.alive(gateway, fleet));
    bench.recovered(Bench.since(from));
    return again;
  }

  private static Row keeps(Bench bench) throws IOException, InterruptedException {
    int rounds = bench.campaign().rounds(10, 2);
    try (MosquittoProcess broker = MosquittoProcess.start(bench.folder().resolve("broker"), true)) {
      GatewayProcess gateway = gateway(bench, broker);
      Child fleet = bench.fleet(address(broker));
      int survived = 0;
      for (int i = 0; i < rounds; i++) {
        bench.pause(2_000);
        broker.stopAndStart();
        survived += flows(bench, gateway, fleet) ? 1 : 0;
      }
      return bench.row("F6", rounds, survived, drained(bench, gateway), "");
    }
  }

  private static Row forgets(Bench bench) throws IOException, InterruptedException {
    int rounds = bench.campaign().rounds(10, 2);
    try (MosquittoProcess broker =
        MosquittoProcess.start(bench.folder().resolve("broker"), false)) {
      GatewayProcess gateway = gateway(bench, broker);
      Child fleet = bench.fleet(address(broker));
      int survived = 0;
      for (int i = 0; i < rounds; i++) {
        bench.pause(2_000);
        broker.restart();
        survived += flows(bench, gateway, fleet) ? 1 : 0;
      }
      Checker.Report report = drained(bench, gateway);
      // What only the broker had acknowledged is not ours: every other verdict counts.
      boolean rest =
          report.verdicts().stream().allMatch(each -> each.id().equals("I1") || !each.broken());
      String note = "the broker's own loss: " + report.detail("I1");
      Row all = bench.row("F6a", rounds, survived, report, note);
      return new Row(
          "F6a",
          rounds,
          rest ? survived : 0,
          report.alertsMissing(),
          report.doubled(),
          all.recoverySeconds(),
          all.note());
    }
  }

  private static Row behind(Bench bench) throws IOException, InterruptedException {
    int rounds = bench.campaign().rounds(20, 3);
    try (MosquittoProcess broker = MosquittoProcess.start(bench.folder().resolve("broker"), true)) {
      GatewayProcess gateway = gateway(bench, broker);
      Child fleet = bench.fleet(address(broker));
      int survived = 0;
      for (int i = 0; i < rounds; i++) {
        bench.pause(bench.random().nextLong(500, 2_500));
        gateway.child().kill();
        gateway = bench.gateway();
        survived += flows(bench, gateway, fleet) ? 1 : 0;
      }
      return bench.row("F6b", rounds, survived, drained(bench, gateway), "");
    }
  }

  /** The broker hands over what it still holds before the gateway is asked to settle. */
  private static Checker.Report drained(Bench bench, GatewayProcess gateway)
      throws IOException, InterruptedException {
    bench.endFleets();
    double[] last = {-1};
    boolean unused =
        Waiting.until(
            java.time.Duration.ofSeconds(30),
            () -> {
              double now = gateway.metric("hologrid_messages_stored_total");
              boolean still = now == last[0];
              last[0] = now;
              bench.pause(1_000);
              return still;
            });
    return bench.settle(gateway);
  }
}
