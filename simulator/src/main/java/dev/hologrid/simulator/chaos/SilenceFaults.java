package dev.hologrid.simulator.chaos;

import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A part hangs: nothing fails, nothing is logged, and a dead pipeline looks like a quiet night. */
final class SilenceFaults {
  private static final Duration AT_MOST = Duration.ofSeconds(60);
  private static final Duration WELL = Duration.ofSeconds(30);

  /** As the kernel shows them: names of threads end after fifteen letters. */
  private static final List<String> PARTS =
      List.of(
          "journal-reading",
          "journal-alerts",
          "journal-quarant",
          "follower-alerti",
          "follower-device",
          "follower-incide",
          "alerting-clock",
          "incident-desk",
          "watchdog",
          "vert.x-eventloo");

  private SilenceFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "F22",
            "one thread after the other falls silent",
            List.of("strace"),
            false,
            SilenceFaults::silence));
  }

  private record Frozen(String name, long id) {}

  /** Each thread that a reading, an alert or a deadline passes is frozen; health says so itself. */
  private static Row silence(Bench bench) throws IOException, InterruptedException {
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.fleet();
    List<Frozen> threads = threads(gateway.child().pid());
    int rounds = Math.min(threads.size(), bench.campaign().rounds(threads.size(), 3));
    int survived = 0;
    double latest = 0;
    List<String> wrong = new ArrayList<>();
    for (Frozen each : threads.subList(0, rounds)) {
      double after = noticed(gateway, each);
      boolean well =
          bench.well(gateway, fleet)
              && Waiting.until(WELL, () -> Watch.complaints(gateway).isEmpty());
      latest = Math.max(latest, after);
      if (after < 0) {
        wrong.add(each.name() + " not noticed");
      } else if (!well) {
        wrong.add("not well after " + each.name() + ": " + Watch.complaints(gateway));
      } else {
        survived++;
      }
    }
    wrong.addFirst("each noticed within %.0f s".formatted(latest));
    return bench.row("F22", rounds, survived, gateway, String.join("; ", wrong));
  }

  /**
   * The seconds until somebody who looks from outside knows, or -1. Where HTTP itself hangs there
   * is no answer at all, which tells them as much.
   */
  private static double noticed(GatewayProcess gateway, Frozen thread)
      throws IOException, InterruptedException {
    Process tracer =
        new ProcessBuilder("strace", "-qq", "-o", "/dev/null", "-p", Long.toString(thread.id()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      TimeUnit.MILLISECONDS.sleep(500);
      signal(tracer.pid(), "STOP"); // a stopped tracer holds its tracee at its next call
      long from = System.nanoTime();
      boolean said = Waiting.until(AT_MOST, () -> unwell(gateway));
      return said ? Bench.since(from) : -1;
    } finally {
      signal(tracer.pid(), "CONT");
      tracer.destroy();
      boolean unused = tracer.waitFor(5, TimeUnit.SECONDS);
    }
  }

  private static boolean unwell(GatewayProcess gateway) throws InterruptedException {
    try {
      return Watch.complaints(gateway).stream().anyMatch(each -> each.contains(" failed: "));
    } catch (IOException e) {
      return gateway.child().running(); // no answer within five seconds
    }
  }

  private static void signal(long pid, String name) throws IOException, InterruptedException {
    int unused = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  private static List<Frozen> threads(long process) throws IOException {
    List<Frozen> found = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process + "/task"))) {
      for (Path each : tasks.toList()) {
        String name = Files.readString(each.resolve("comm")).strip();
        if (PARTS.contains(name)) {
          found.add(new Frozen(name, Long.parseLong(each.getFileName().toString())));
        }
      }
    }
    for (String each : PARTS) {
      if (found.stream().noneMatch(thread -> thread.name().equals(each))) {
        throw new IOException("no thread is called " + each);
      }
    }
    return found;
  }
}
