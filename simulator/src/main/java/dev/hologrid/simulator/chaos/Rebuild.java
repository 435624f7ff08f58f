package dev.hologrid.simulator.chaos;

import dev.hologrid.simulator.evidence.Checker;
import dev.hologrid.simulator.process.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** I7: alerts made again from the readings journal alone must be the alerts that were made live. */
final class Rebuild {
  private static final Duration CAUGHT_UP = Duration.ofSeconds(60);

  private Rebuild() {}

  /** Settles the bench, reads its journal from the beginning with a fresh gateway, and compares. */
  static Checker.Report settleAndRebuild(Bench bench, GatewayProcess gateway)
      throws IOException, InterruptedException {
    Checker.Report unused = bench.settle(gateway);
    Path fresh = bench.folder().resolve("rebuilt");
    copy(bench.data().resolve("journal/readings"), fresh.resolve("journal/readings"));
    copy(bench.data().resolve("site"), fresh.resolve("site"));
    try (GatewayProcess again =
        GatewayProcess.start(
            fresh,
            0,
            List.of(),
            bench.campaign().jvm(),
            List.of(
                "--set",
                "archive.kind=none",
                "--set",
                "alerting.rules=" + bench.rules(),
                "--set",
                "alerting.pack=false"))) {
      boolean caughtUp =
          Waiting.until(CAUGHT_UP, () -> again.metric("hologrid_follower_lag_records") == 0);
      if (!caughtUp) {
        throw new IOException("the rebuilt gateway did not catch up");
      }
    }
    Path exports = bench.folder().resolve("rebuilt-exports");
    bench.export(fresh, exports);
    bench.evidence(bench.evidence().withRebuilt(exports.resolve("alerts.ndjson")));
    return bench.check();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        Files.copy(each, to.resolve(each.getFileName()));
      }
    }
  }
}
