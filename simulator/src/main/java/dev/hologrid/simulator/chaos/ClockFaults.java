package dev.hologrid.simulator.chaos;

import dev.hologrid.simulator.process.Child;
import dev.hologrid.simulator.process.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The wall clock of the server jumps; the monotonic one goes on. */
final class ClockFaults {
  private static final List<String> JUMPS = List.of("+3600", "-5", "+86400", "-3600", "+0");
  private static final List<String> FEW = List.of("+3600", "-5", "+0");

  private ClockFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault("F9", "wall clock jumps", List.of("faketime"), true, ClockFaults::jumps));
  }

  private static Row jumps(Bench bench) throws IOException, InterruptedException {
    Path library = library();
    if (library == null) {
      return Row.notRun("F9", "libfaketime");
    }
    Path clock = Files.writeString(bench.folder().resolve("clock"), "+0");
    GatewayProcess gateway = bench.gateway(under(library, clock).toArray(String[]::new));
    Child fleet = bench.fleet();
    List<String> jumps = bench.campaign().shortRun() ? FEW : JUMPS;
    int survived = 0;
    List<String> wrong = new ArrayList<>();
    for (String jump : jumps) {
      Files.writeString(clock, jump);
      bench.pause(bench.campaign().shortRun() ? 2_000 : 6_000);
      boolean well = bench.well(gateway, fleet);
      List<String> complaints =
          Watch.complaints(gateway).stream().filter(each -> each.contains("failed")).toList();
      survived += well && complaints.isEmpty() ? 1 : 0;
      wrong.addAll(complaints);
    }
    return bench.row(
        "F9",
        jumps.size(),
        survived,
        Rebuild.settleAndRebuild(bench, gateway),
        String.join(", ", wrong));
  }

  static @org.jspecify.annotations.Nullable Path library() throws IOException {
    try (Stream<Path> files = Files.find(Path.of("/usr/lib"), 4, ClockFaults::named)) {
      return files.max(Comparator.naturalOrder()).orElse(null);
    }
  }

  /** A prefix for a program whose wall clock follows the file, within a second. */
  static List<String> under(Path library, Path clock) {
    return List.of(
        "env",
        "LD_PRELOAD=" + library,
        "FAKETIME_TIMESTAMP_FILE=" + clock,
        "FAKETIME_CACHE_DURATION=1",
        "DONT_FAKE_MONOTONIC=1");
  }

  private static boolean named(Path file, Object attributes) {
    return file.endsWith("faketime/libfaketimeMT.so.1");
  }
}
