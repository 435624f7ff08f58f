package dev.hologrid.simulator.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  /** A fault waits more than it works, so a few go beside each other where time matters. */
  private static final int BESIDE_IN_SHORT = 4;

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
      names = "--from",
      defaultValue = "1",
      description =
          "The first n of F1a, F1b and F1d, so that --rounds can take them slice by slice"
              + " (default: ${DEFAULT-VALUE}).")
  int from;

  @Option(
      names = "--beside",
      defaultValue = "0",
      description =
          "So many faults at a time, each with a gateway of its own (default: 1; 4 in the short"
              + " form). Recovery takes the longer, the more there are.")
  int beside;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "Messages a second during the faults (default: 2000; 500 in the short form).")
  double rate;

  @Option(names = "--seed", defaultValue = "1", description = "(default: ${DEFAULT-VALUE})")
  long seed;

  @Option(names = "--json", description = "Writes the rows to this file.")
  @Nullable Path json;

  @Option(names = "--keep", description = "Keeps data and logs also when all survived.")
  boolean keep;

  private final Map<String, Row> ended = new HashMap<>();

  @Override
  public Integer call() throws Exception {
    List<String> known = Matrix.all().stream().map(Fault::id).toList();
    for (String each : faults == null ? List.<String>of() : faults) {
      if (!known.contains(each)) {
        System.err.println("'" + each + "' is not a fault here; there are " + known);
        return 64;
      }
    }
    Path folder = Files.createTempDirectory("hologrid-chaos");
    Campaign campaign = new Campaign(folder, shortRun, Math.max(1, from), rounds, rate(), seed);
    System.out.println("seed " + seed + ", data and logs in " + folder);
    List<Row> rows = run(wanted(), campaign);
    RowTable.foot(rows);
    int status = status(rows);
    if (status != 1 && !keep) {
      delete(folder);
    }
    return status;
  }

  private double rate() {
    return rate > 0 ? rate : shortRun ? 500 : 2_000;
  }

  private List<Fault> wanted() {
    return Matrix.all().stream()
        .filter(each -> faults == null ? !shortRun || each.inShort() : faults.contains(each.id()))
        .toList();
  }

  /** The rows in the order of the faults, printed in the order in which they end. */
  private List<Row> run(List<Fault> wanted, Campaign campaign) throws Exception {
    int most = beside > 0 ? beside : shortRun ? BESIDE_IN_SHORT : 1;
    RowTable.head();
    List<Future<Row>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(most)) {
      for (Fault each : wanted) {
        running.add(threads.submit(() -> run(each, campaign)));
      }
      List<Row> rows = new ArrayList<>();
      for (Future<Row> each : running) {
        rows.add(each.get());
      }
      return rows;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private Row run(Fault fault, Campaign campaign) throws InterruptedException, IOException {
    Row row = fault.run(campaign);
    RowTable.line(row, fault.what());
    synchronized (this) {
      ended.put(fault.id(), row);
      write(Matrix.all().stream().map(Fault::id).map(ended::get).filter(Objects::nonNull).toList());
    }
    return row;
  }

  private static int status(List<Row> rows) {
    if (!rows.stream().allMatch(Row::good)) {
      return 1;
    }
    return rows.stream().allMatch(Row::ran) ? 0 : 2;
  }

  /** After each fault, so that a campaign that is broken off leaves what it has. */
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
}
