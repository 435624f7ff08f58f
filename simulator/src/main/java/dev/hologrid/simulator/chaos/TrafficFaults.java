package dev.hologrid.simulator.chaos;

import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What clients do: too often, too much, too slowly, or nonsense. */
final class TrafficFaults {
  private TrafficFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "F10", "acknowledgements lost on the way", List.of(), true, TrafficFaults::duplicates),
        new Fault("F11", "poison payloads", List.of(), true, TrafficFaults::poison),
        new Fault("F13", "viewers that never read", List.of(), true, TrafficFaults::slowViewers));
  }

  /** Connections are cut between storing and PUBACK, so everything in the window comes again. */
  private static Row duplicates(Bench bench) throws IOException, InterruptedException {
    int rounds = bench.campaign().rounds(60, 6);
    GatewayProcess gateway = bench.gateway();
    try (Proxy proxy = Proxy.to(bench.port())) {
      Child fleet = bench.fleet("mqtt://127.0.0.1:" + proxy.port());
      int survived = 0;
      for (int i = 0; i < rounds; i++) {
        bench.pause(300);
        proxy.swallowAnswers(true);
        bench.pause(bench.random().nextLong(20, 300));
        proxy.cut();
        proxy.swallowAnswers(false);
        survived += bench.well(gateway, fleet) ? 1 : 0;
      }
      bench.endFleets();
      return bench.row("F10", rounds, survived, Rebuild.settleAndRebuild(bench, gateway), "");
    }
  }

  private static Row poison(Bench bench) throws IOException, InterruptedException {
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.fleet();
    List<byte[]> corpus = Poison.corpus();
    double before = gateway.metric("hologrid_messages_quarantined_total");
    int acked = Poison.send(gateway.mqtt(), corpus);
    double aside = gateway.metric("hologrid_messages_quarantined_total") - before;
    boolean well = bench.well(gateway, fleet) && acked == corpus.size() && aside == corpus.size();
    return bench.row(
        "F11",
        corpus.size(),
        well ? corpus.size() : Math.min(acked, corpus.size() - 1),
        gateway,
        "%d acknowledged, %.0f quarantined".formatted(acked, aside));
  }

  /** Each is cut off once its socket has taken nothing for long enough. */
  private static Row slowViewers(Bench bench) throws IOException, InterruptedException {
    int viewers = bench.campaign().rounds(50, 10);
    GatewayProcess gateway = bench.gateway();
    List<Socket> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < viewers; i++) {
        stalled.add(Viewer.thatNeverReads(gateway.http()));
      }
      Child fleet = bench.fleet();
      boolean all =
          Waiting.until(
              Duration.ofSeconds(10), () -> gateway.metric("hologrid_stream_clients") >= viewers);
      double before = gateway.residentMiB();
      boolean cut =
          Waiting.until(
              Duration.ofSeconds(90),
              () ->
                  gateway.metric("hologrid_stream_clients") == 0
                      && gateway.metric("hologrid_http_connections") <= 2);
      double grown = gateway.residentMiB() - before;
      boolean well = all && cut && bench.well(gateway, fleet);
      return bench.row(
          "F13",
          viewers,
          well ? viewers : 0,
          gateway,
          "%s; memory grew by %.0f MiB".formatted(cut ? "all cut" : "not all cut", grown));
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  static void seconds(int count) throws InterruptedException {
    TimeUnit.SECONDS.sleep(count);
  }
}
