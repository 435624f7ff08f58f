package dev.hologrid.simulator.chaos;

import dev.hologrid.simulator.evidence.Checker;
import dev.hologrid.simulator.process.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What all faults of one run share.
 *
 * @param folder of all data and logs
 * @param shortRun few rounds of each
 * @param mostRounds at most so many of any
 * @param rate messages a second
 */
record Campaign(
    Path folder, boolean shortRun, int mostRounds, double rate, SplittableRandom random) {
  /** Rounds in the long and the short form. */
  int rounds(int full, int few) {
    return Math.min(mostRounds, shortRun ? few : full);
  }

  /**
   * A class archive made by the first gateway that ends in peace makes all later starts quicker.
   */
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
    if (Programs.gatewayIsBuilt()) { // classes in folders cannot be archived
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
