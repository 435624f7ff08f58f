package dev.hologrid.simulator.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.ledger.LedgerCheck;
import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import dev.hologrid.simulator.process.MosquittoProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The faults, each with its own bench. */
final class Faults {
  private static final long AT_MOST_MS = 30_000;

  private final Path folder;
  private final boolean shortRun;
  private final double rate;
  private final SplittableRandom random;

  Faults(Path folder, boolean shortRun, double rate, long seed) {
    this.folder = folder;
    this.shortRun = shortRun;
    this.rate = rate;
    this.random = new SplittableRandom(seed);
  }

  /** F1: kill -9 at random moments under load. */
  Row kill() throws IOException, InterruptedException {
    int rounds = shortRun ? 5 : 100;
    try (Bench bench = new Bench(folder.resolve("F1"), rate)) {
      GatewayProcess gateway = bench.gateway(List.of());
      Child fleet = bench.fleet(bench.address());
      int survived = 0;
      for (int i = 0; i < rounds; i++) {
        TimeUnit.MILLISECONDS.sleep(300 + random.nextLong(2_700));
        gateway.child().kill();
        gateway = bench.gateway(List.of());
        survived += well(gateway, fleet) ? 1 : 0;
      }
      return row("F1", rounds, survived, bench, gateway, "");
    }
  }

  /** F1a: kill exactly at the n-th fdatasync. */
  Row killAtSync() throws IOException, InterruptedException {
    int rounds = shortRun ? 10 : 200;
    try (Bench bench = new Bench(folder.resolve("F1a"), rate)) {
      GatewayProcess gateway = bench.gateway(List.of());
      Child fleet = bench.fleet(bench.address());
      int survived = 0;
      for (int n = 1; n <= rounds; n++) {
        gateway.close();
        List<String> strace =
            List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=fdatasync",
                "-e",
                "inject=fdatasync:signal=KILL:when=" + n);
        GatewayProcess doomed = null;
        try {
          doomed = bench.gateway(strace);
          boolean unused = doomed.child().await(Duration.ofSeconds(20));
        } catch (IOException e) {
          // it died before it was ready: as good a moment as any
        } finally {
          if (doomed != null) {
            doomed.child().kill();
          }
        }
        gateway = bench.gateway(List.of());
        survived += well(gateway, fleet) ? 1 : 0;
      }
      return row("F1a", rounds, survived, bench, gateway, "killed at the n-th fdatasync");
    }
  }

  /** F16: SIGTERM under load ends within 10 seconds. */
  Row drain() throws IOException, InterruptedException {
    int rounds = shortRun ? 3 : 50;
    try (Bench bench = new Bench(folder.resolve("F16"), rate)) {
      GatewayProcess gateway = bench.gateway(List.of());
      Child fleet = bench.fleet(bench.address());
      int survived = 0;
      for (int i = 0; i < rounds; i++) {
        TimeUnit.MILLISECONDS.sleep(500 + random.nextLong(1_000));
        gateway.child().terminate();
        boolean ended = gateway.child().await(Duration.ofSeconds(10));
        gateway.close();
        gateway = bench.gateway(List.of());
        survived += ended && well(gateway, fleet) ? 1 : 0;
      }
      return row("F16", rounds, survived, bench, gateway, "");
    }
  }

  /** F19: stopped for a while, then continued. */
  Row pause() throws IOException, InterruptedException {
    int rounds = shortRun ? 1 : 5;
    try (Bench bench = new Bench(folder.resolve("F19"), rate)) {
      GatewayProcess gateway = bench.gateway(List.of());
      Child fleet = bench.fleet(bench.address());
      int survived = 0;
      for (int i = 0; i < rounds; i++) {
        gateway.child().signal("STOP");
        TimeUnit.SECONDS.sleep(shortRun ? 5 : 30);
        long from = System.nanoTime();
        gateway.child().signal("CONT");
        survived += well(gateway, fleet) ? 1 : 0;
        bench.recovered((System.nanoTime() - from) / 1e9);
      }
      return row("F19", rounds, survived, bench, gateway, "");
    }
  }

  /** F6: the external broker is killed and comes back empty. */
  Row broker() throws IOException, InterruptedException {
    int rounds = shortRun ? 2 : 10;
    try (Bench bench = new Bench(folder.resolve("F6"), rate);
        MosquittoProcess broker = MosquittoProcess.start(folder.resolve("F6-broker"))) {
      GatewayProcess gateway =
          bench.gateway(List.of(), "--broker", "tcp://127.0.0.1:" + broker.server().port());
      Child fleet = bench.fleet("mqtt://127.0.0.1:" + broker.server().port());
      int survived = 0;
      for (int i = 0; i < rounds; i++) {
        TimeUnit.SECONDS.sleep(2);
        broker.restart();
        long from = System.nanoTime();
        GatewayProcess asked = gateway;
        boolean again = grows(gateway, fleet, () -> asked.metric("hologrid_messages_stored_total"));
        survived += again ? 1 : 0;
        bench.recovered((System.nanoTime() - from) / 1e9);
      }
      long doubled = bench.doubled(gateway);
      LedgerCheck.Verdict verdict = bench.settle(gateway);
      return new Row(
          "F6",
          rounds,
          survived,
          0,
          doubled,
          bench.slowestStart(),
          "the broker's own acknowledgement is the broker's promise: it forgot %d messages"
              .formatted(verdict.lost()));
    }
  }

  /** F7: the time-series store refuses connections all the time. */
  Row archive() throws IOException, InterruptedException {
    try (Bench bench = new Bench(folder.resolve("F7"), rate)) {
      GatewayProcess gateway =
          bench.gateway(
              List.of(),
              "--set",
              "archive.kind=victoriametrics",
              "--set",
              "archive.url=http://127.0.0.1:9");
      Child fleet = bench.fleet(bench.address());
      TimeUnit.SECONDS.sleep(shortRun ? 5 : 60);
      return row("F7", 1, well(gateway, fleet) ? 1 : 0, bench, gateway, "");
    }
  }

  /** F11: payloads made to hurt are acknowledged and set aside. */
  Row poison() throws IOException, InterruptedException {
    try (Bench bench = new Bench(folder.resolve("F11"), rate)) {
      GatewayProcess gateway = bench.gateway(List.of());
      Child fleet = bench.fleet(bench.address());
      List<byte[]> corpus = Poison.corpus();
      double before = gateway.metric("hologrid_messages_quarantined_total");
      int acked = Poison.send(gateway.mqtt(), corpus);
      double set = gateway.metric("hologrid_messages_quarantined_total") - before;
      boolean well = well(gateway, fleet) && acked == corpus.size();
      return row(
          "F11",
          corpus.size(),
          well ? corpus.size() : acked,
          bench,
          gateway,
          "acknowledged %d, quarantined %.0f".formatted(acked, set));
    }
  }

  /** F13: viewers that never read. */
  Row slowViewers() throws IOException, InterruptedException {
    int viewers = 10;
    try (Bench bench = new Bench(folder.resolve("F13"), rate)) {
      GatewayProcess gateway = bench.gateway(List.of());
      List<java.net.Socket> stalled = new ArrayList<>();
      try {
        for (int i = 0; i < viewers; i++) {
          stalled.add(Viewer.thatNeverReads(gateway.http()));
        }
        Child fleet = bench.fleet(bench.address());
        double before = gateway.residentMiB();
        TimeUnit.SECONDS.sleep(shortRun ? 5 : 60);
        double grown = gateway.residentMiB() - before;
        return row(
            "F13",
            viewers,
            well(gateway, fleet) ? viewers : 0,
            bench,
            gateway,
            "memory grew by %.0f MiB".formatted(grown));
      } finally {
        for (java.net.Socket socket : stalled) {
          socket.close();
        }
      }
    }
  }

  private interface Count {
    double read() throws IOException, InterruptedException;
  }

  /** The fleet gets acknowledgements again. */
  private static boolean well(GatewayProcess gateway, Child fleet) throws InterruptedException {
    return grows(gateway, fleet, () -> acked(fleet));
  }

  private static double acked(Child fleet) throws IOException {
    String last = fleet.last();
    return last == null ? 0 : new ObjectMapper().readTree(last).path("acked").asDouble();
  }

  private static boolean grows(GatewayProcess gateway, Child fleet, Count count)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AT_MOST_MS);
    double first = -1;
    while (System.nanoTime() < end && gateway.child().running() && fleet.running()) {
      try {
        double now = count.read();
        first = first < 0 ? now : first;
        if (now > first) {
          return true;
        }
      } catch (IOException e) {
        // not answering yet
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return false;
  }

  private static Row row(
      String fault, int tried, int survived, Bench bench, GatewayProcess gateway, String note)
      throws IOException, InterruptedException {
    long doubled = bench.doubled(gateway);
    LedgerCheck.Verdict verdict = bench.settle(gateway);
    String more =
        "%d acknowledged, %d invented, %d out of order, %d repeats"
            .formatted(
                verdict.acked(), verdict.invented(), verdict.disordered(), verdict.repeats());
    return new Row(
        fault,
        tried,
        survived,
        verdict.lost(),
        doubled,
        Math.round(bench.slowestStart() * 100) / 100.0,
        note.isEmpty() ? more : note + "; " + more);
  }
}
