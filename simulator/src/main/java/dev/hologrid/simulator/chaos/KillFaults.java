package dev.hologrid.simulator.chaos;

import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The process ends, or stands still, at a bad moment. */
final class KillFaults {
  private static final Duration DOOMED = Duration.ofSeconds(25);
  private static final int KILLED = 128 + 9;

  /** Kills during recovery after each kill under load. */
  private static final int AGAIN = 2;

  /** As many calls are counted from the first instruction; later ones from when it is ready. */
  private static final int IN_RECOVERY = 8;

  private KillFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault("F1", "kill -9 at random moments", List.of(), true, KillFaults::random),
        new Fault(
            "F1a",
            "kill -9 at the n-th fdatasync of a thread",
            List.of("strace"),
            true,
            bench -> atCall(bench, "F1a", "fdatasync", bench.campaign().slice(200, 6), 1)),
        new Fault(
            "F1b",
            "kill -9 at the n-th pwrite64 of a thread",
            List.of("strace"),
            false,
            bench -> atCall(bench, "F1b", "pwrite64", bench.campaign().slice(40, 4), 7)),
        new Fault(
            "F1c",
            "kill -9 again and again during recovery",
            List.of("timeout"),
            true,
            KillFaults::inRecovery),
        new Fault(
            "F1d",
            "kill -9 at the n-th rename or ftruncate of a thread",
            List.of("strace"),
            false,
            bench -> atCall(bench, "F1d", "rename,ftruncate", bench.campaign().slice(20, 3), 1)),
        new Fault("F16", "SIGTERM under load", List.of(), true, KillFaults::drain),
        new Fault("F19", "SIGSTOP, then SIGCONT", List.of(), true, KillFaults::pause),
        new Fault("F21", "a second process on the same data", List.of(), true, KillFaults::twice));
  }

  private static Row random(Bench bench) throws IOException, InterruptedException {
    int rounds = bench.campaign().rounds(100, 5);
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.fleet();
    int survived = 0;
    for (int i = 0; i < rounds; i++) {
      bench.pause(100 + bench.random().nextLong(2_900));
      gateway.child().kill();
      gateway = bench.gateway();
      survived += bench.well(gateway, fleet) ? 1 : 0;
    }
    return bench.row("F1", rounds, survived, Rebuild.settleAndRebuild(bench, gateway), "");
  }

  /**
   * Each kill under load is followed by two more, at any moment of the starts that would recover
   * from it; the third start must find everything.
   */
  private static Row inRecovery(Bench bench) throws IOException, InterruptedException {
    int rounds = bench.campaign().rounds(40, 3);
    long from = System.nanoTime();
    GatewayProcess gateway = bench.gateway();
    double start = Bench.since(from);
    Child fleet = bench.fleet();
    int survived = 0;
    int early = 0;
    for (int i = 0; i < rounds; i++) {
      bench.pause(100 + bench.random().nextLong(1_900));
      gateway.child().kill();
      boolean sound = true;
      for (int j = 0; j < AGAIN; j++) {
        double after = 0.1 + bench.random().nextDouble() * start;
        String seconds = String.format(Locale.ROOT, "%.2f", after);
        try {
          Child lucky = bench.gateway("timeout", "-s", "KILL", seconds).child();
          sound &= lucky.await(DOOMED);
        } catch (GatewayProcess.NotStarted e) {
          sound &= died(bench);
          early++;
        }
      }
      gateway = bench.gateway();
      survived += sound && bench.well(gateway, fleet) ? 1 : 0;
    }
    String note = "%d of %d kills were before it was ready".formatted(early, AGAIN * rounds);
    return bench.row("F1c", rounds, survived, Rebuild.settleAndRebuild(bench, gateway), note);
  }

  /**
   * One life follows another; each ends at its n-th call, which may be before it is ready. A life
   * that comes up, or dies of its own injection, shows that what the one before it left is sound.
   * One whose threads do not make so many calls lives on: nothing was tried with it, and it does
   * not count; were that more than half of them, the injection would not work, and the row is red.
   */
  private static Row atCall(Bench bench, String id, String call, int rounds, int step)
      throws IOException, InterruptedException {
    GatewayProcess first = bench.gateway();
    Child fleet = bench.fleet();
    first.child().kill();
    int survived = 0;
    int lives = 0;
    int unharmed = 0;
    int from = bench.campaign().from();
    for (int n = from; n < from + rounds; n++) {
      GatewayProcess doomed = null;
      try {
        String injection = "signal=KILL:when=" + n * step;
        doomed = n > IN_RECOVERY ? bench.gateway() : bench.gateway(strace(call, injection));
        lives++;
        if (n > IN_RECOVERY) {
          attach(doomed, call, injection);
        }
        if (doomed.child().await(DOOMED)) {
          survived++;
        } else {
          unharmed++;
        }
      } catch (IOException e) {
        survived += died(bench) ? 1 : 0;
      } finally {
        if (doomed != null) {
          doomed.child().kill();
        }
      }
    }
    GatewayProcess last = bench.gateway();
    survived = bench.well(last, fleet) && 2 * unharmed <= rounds ? survived : 0;
    String note =
        "n from %d to %d, %d lives were ready before the end%s"
            .formatted(
                from * step,
                (from + rounds - 1) * step,
                lives,
                unharmed == 0
                    ? ""
                    : ", %d of them made fewer calls and do not count".formatted(unharmed));
    return bench.row(id, rounds - unharmed, survived, Rebuild.settleAndRebuild(bench, last), note);
  }

  /** Every thread is traced from now on; tracing a whole start takes longer than the start. */
  private static void attach(GatewayProcess gateway, String call, String injection)
      throws IOException {
    Process unused = // it ends with what it traces
        new ProcessBuilder(
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-p",
                Long.toString(gateway.child().pid()),
                "-e",
                "trace=" + call,
                "-e",
                "inject=" + call + ":" + injection)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  /** It ended before it was ready: by its injection, and not because it could not start. */
  private static boolean died(Bench bench) {
    return bench.lastExit() == KILLED;
  }

  static String[] strace(String call, String injection) {
    return new String[] {
      "strace",
      "-f",
      "-qq",
      "-o",
      "/dev/null",
      "-e",
      "trace=" + call,
      "-e",
      "inject=" + call + ":" + injection
    };
  }

  private static Row drain(Bench bench) throws IOException, InterruptedException {
    int rounds = bench.campaign().rounds(50, 3);
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.fleet();
    int survived = 0;
    double slowest = 0;
    for (int i = 0; i < rounds; i++) {
      bench.pause(500 + bench.random().nextLong(1_000));
      long from = System.nanoTime();
      gateway.child().terminate();
      boolean ended = gateway.child().await(Duration.ofSeconds(15));
      slowest = Math.max(slowest, Bench.since(from));
      gateway.close();
      gateway = bench.gateway();
      survived += ended && bench.well(gateway, fleet) ? 1 : 0;
    }
    return bench.row("F16", rounds, survived, gateway, "ended within %.1f s".formatted(slowest));
  }

  private static Row pause(Bench bench) throws IOException, InterruptedException {
    int rounds = bench.campaign().rounds(5, 1);
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.fleet();
    int survived = 0;
    for (int i = 0; i < rounds; i++) {
      gateway.child().signal("STOP");
      TimeUnit.SECONDS.sleep(bench.campaign().shortRun() ? 5 : 30);
      gateway.child().signal("CONT");
      survived += bench.well(gateway, fleet) ? 1 : 0;
    }
    double offline = gateway.metrics().getOrDefault("hologrid_devices_offline", 0.0);
    return bench.row(
        "F19", rounds, survived, gateway, "%.0f devices counted as offline".formatted(offline));
  }

  /** The second one ends and names the first; the first takes no notice. */
  private static Row twice(Bench bench) throws IOException, InterruptedException {
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.fleet();
    String said = bench.secondStart();
    boolean named = said.contains(Long.toString(gateway.child().pid()));
    int survived = named && bench.well(gateway, fleet) ? 1 : 0;
    return bench.row("F21", 1, survived, gateway, named ? "" : "the second one said: " + said);
  }
}
