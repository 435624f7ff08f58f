package dev.hologrid.simulator.chaos;

import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Rules are changed under load, and the pipeline falls silent. */
final class RuleFaults {
  private static final Duration SAID = Duration.ofSeconds(8);
  private static final Duration SILENT = Duration.ofSeconds(100);

  private RuleFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "F20", "rules changed and broken under load", List.of(), true, RuleFaults::reload),
        new Fault(
            "F22",
            "one thread after the other falls silent",
            List.of("strace"),
            false,
            RuleFaults::silence));
  }

  private static Row reload(Bench bench) throws IOException, InterruptedException {
    int rounds = bench.campaign().rounds(10, 2);
    Path file = bench.rules().resolve("rules.yaml");
    String text = Files.readString(file);
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.fleet();
    int survived = 0;
    for (int i = 0; i < rounds; i++) {
      replace(file, text + another(i));
      bench.pause(2_500);
      replace(file, text.replace("obscuration >= 0.15", "obscurity >>= 0.15"));
      boolean said =
          Waiting.until(
              SAID,
              () ->
                  Watch.complaints(gateway).stream()
                      .anyMatch(each -> each.contains("rules.yaml:")));
      replace(file, text);
      boolean healthy = Waiting.until(SAID, () -> Watch.complaints(gateway).isEmpty());
      survived += said && healthy && bench.well(gateway, fleet) ? 1 : 0;
    }
    return bench.row("F20", rounds, survived, gateway, "");
  }

  private static String another(int number) {
    return """

          - alert: chaos-never-%d
            on: smoke
            expr: obscuration > 1000.0
            labels: { severity: info, category: FIRE_FAULT }
            annotations: { summary: "Never" }
    """
        .formatted(number);
  }

  private static void replace(Path file, String text) throws IOException {
    Path fresh = Files.writeString(file.resolveSibling("rules.new"), text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Each part of the path from device to alert is frozen; health must say so by itself. */
  private static Row silence(Bench bench) throws IOException, InterruptedException {
    List<String> threads = List.of("journal-reading", "follower-alerti", "journal-alerts");
    GatewayProcess gateway = bench.gateway();
    Child fleet = bench.fleet();
    int survived = 0;
    StringBuilder note = new StringBuilder();
    for (String thread : threads) {
      long id = thread(gateway.child().pid(), thread);
      if (id < 0) {
        throw new IOException("no thread is called " + thread);
      }
      Process frozen =
          new ProcessBuilder(
                  "strace", "-qq", "-o", "/dev/null", "-p", Long.toString(id), "-e", "trace=all")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      TimeUnit.MILLISECONDS.sleep(500);
      signal(frozen.pid(), "STOP"); // a stopped tracer holds its tracee at its next call
      long from = System.nanoTime();
      boolean said =
          Waiting.until(
              SILENT, () -> Watch.complaints(gateway).stream().anyMatch(RuleFaults::ofSilence));
      double after = Bench.since(from);
      signal(frozen.pid(), "CONT");
      frozen.destroy();
      boolean unused = frozen.waitFor(5, TimeUnit.SECONDS);
      boolean well =
          bench.well(gateway, fleet)
              && Waiting.until(Duration.ofSeconds(30), () -> Watch.complaints(gateway).isEmpty());
      survived += said && well ? 1 : 0;
      note.append(
          "%s %s after %.0f s; ".formatted(thread, said ? "noticed" : "not noticed", after));
    }
    return bench.row("F22", threads.size(), survived, gateway, note.toString().trim());
  }

  private static boolean ofSilence(String complaint) {
    return complaint.startsWith("watchdog failed") || complaint.contains("the oldest for");
  }

  private static void signal(long pid, String name) throws IOException, InterruptedException {
    int unused = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  private static long thread(long process, String name) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process + "/task"))) {
      for (Path each : tasks.toList()) {
        if (Files.readString(each.resolve("comm")).strip().equals(name)) {
          return Long.parseLong(each.getFileName().toString());
        }
      }
    }
    return -1;
  }
}
