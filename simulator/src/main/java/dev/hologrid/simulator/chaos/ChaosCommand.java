package dev.hologrid.simulator.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Breaks a gateway on purpose, again and again, and counts. */
@Command(
    name = "chaos",
    description =
        "Injects faults into a gateway under load and compares afterwards what the fleet's ledger"
            + " says with journals, incidents and archive. Exits 0 when all survived, 1 when"
            + " something did not, 2 when a fault could not be tried; docs/reliability.md says what"
            + " each fault is.",
    mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", description = "The faults, as F1 F4 F13 (default: all).")
  @Nullable List<String> faults;

  @Option(names = "--short", description = "Few rounds of the faults that need little time.")
  boolean shortRun;

  @Option(
      names = "--rounds",
      defaultValue = "100000",
      description = "At most so many rounds of each fault (default: as many as it has).")
  int rounds;

  @Option(
      names = "--rate",
      defaultValue = "2000",
      description = "Messages a second during the faults (default: ${DEFAULT-VALUE}).")
  double rate;

  @Option(names = "--seed", defaultValue = "1", description = "(default: ${DEFAULT-VALUE})")
  long seed;

  @Option(names = "--json", description = "Writes the rows to this file.")
  @Nullable Path json;

  @Option(names = "--keep", description = "Keeps data and logs also when all survived.")
  boolean keep;

  @Override
  public Integer call() throws Exception {
    List<Fault> wanted = new ArrayList<>();
    for (Fault each : Matrix.all()) {
      if (faults == null ? !shortRun || each.inShort() : faults.contains(each.id())) {
        wanted.add(each);
      }
    }
    List<String> known = Matrix.all().stream().map(Fault::id).toList();
    for (String each : faults == null ? List.<String>of() : faults) {
      if (!known.contains(each)) {
        System.err.println("'" + each + "' is not a fault here; there are " + known);
        return 64;
      }
    }
    Path folder = Files.createTempDirectory("hologrid-chaos");
    Campaign campaign = new Campaign(folder, shortRun, rounds, rate, new SplittableRandom(seed));
    System.out.println("seed " + seed + ", data and logs in " + folder);
    List<Row> rows = new ArrayList<>();
    Table.head();
    for (Fault each : wanted) {
      Row row = each.run(campaign);
      rows.add(row);
      Table.line(row, each.what());
      write(rows);
    }
    int status = status(rows);
    if (status != 1 && !keep) {
      delete(folder);
    }
    return status;
  }

  private static int status(List<Row> rows) {
    if (!rows.stream().allMatch(Row::good)) {
      return 1;
    }
    return rows.stream().allMatch(each -> each.tried() > 0) ? 0 : 2;
  }

  private void write(List<Row> rows) throws IOException {
    if (json != null) {
      Files.writeString(json, new ObjectMapper().writeValueAsString(Map.of("rows", rows)) + "\n");
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              each -> {
                try {
                  Files.deleteIfExists(each);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  /** What people read while it runs. */
  private static final class Table {
    static void head() {
      System.out.printf(
          Locale.ROOT,
          "%-5s %6s %9s %6s %8s %10s  %s%n",
          "fault",
          "tried",
          "survived",
          "lost",
          "doubled",
          "recovery s",
          "what");
    }

    static void line(Row row, String what) {
      System.out.printf(
          Locale.ROOT,
          "%-5s %6d %9d %6d %8d %10.1f  %s%s%n",
          row.fault(),
          row.tried(),
          row.survived(),
          row.lost(),
          row.doubled(),
          row.recoverySeconds(),
          what,
          row.note().isEmpty() ? "" : ": " + row.note());
      System.out.flush();
    }
  }
}
