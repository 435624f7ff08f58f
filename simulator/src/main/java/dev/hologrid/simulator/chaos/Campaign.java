package dev.hologrid.simulator.chaos;

import dev.hologrid.simulator.evidence.Checker;
import dev.hologrid.simulator.process.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What all faults of one run share.
 *
 * @param folder of all data and logs
 * @param shortRun few rounds of each
 * @param from the first round of faults whose rounds are numbered
 * @param mostRounds at most so many of any, counted from the first one
 * @param rate messages a second
 * @param seed of all that is random
 */
record Campaign(Path folder, boolean shortRun, int from, int mostRounds, double rate, long seed) {
  /** Rounds in the long and the short form. */
  int rounds(int full, int few) {
    return Math.min(mostRounds, shortRun ? few : full);
  }

  /** The same where {@link #from} leaves the first ones out. */
  int slice(int full, int few) {
    return Math.max(1, Math.min(mostRounds, (shortRun ? few : full) - from + 1));
  }

  /** Where the build has left no archive of classes, the first gateway that ends makes one. */
  List<String> jvm() {
    List<String> jvm = new ArrayList<>();
    jvm.addAll(
        List.of(
            "-Xmx512m",
            "-XX:MaxDirectMemorySize=256m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:TieredStopAtLevel=1",
            "-Xlog:disable",
            "-Xlog:all=error:stderr"));
    List<String> archived = Programs.gatewayArchive();
    if (!archived.isEmpty()) {
      jvm.addAll(archived);
    } else if (Programs.gatewayIsBuilt()) { // classes in folders cannot be archived
      jvm.addAll(
          List.of(
              "-XX:+AutoCreateSharedArchive",
              "-XX:SharedArchiveFile=" + folder.resolve("gateway.jsa")));
    }
    return jvm;
  }

  /** Leaves the verdicts beside the fault's data. */
  void keep(Path of, Checker.Report report) {
    try {
      Files.write(
          of.resolve("verdicts.txt"), report.verdicts().stream().map(Object::toString).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
