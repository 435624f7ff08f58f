package dev.hologrid.simulator.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Breaks a gateway on purpose, again and again, and counts. */
@Command(
    name = "chaos",
    description =
        "Injects faults into a gateway under load and compares ledger and journal afterwards."
            + " Faults: F1 (kill -9), F1a (kill at the n-th fdatasync), F6 (broker restarts), F7"
            + " (archive down), F11 (poison payloads), F13 (slow viewers), F16 (SIGTERM), F19"
            + " (SIGSTOP).",
    mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", description = "The faults (default: all).")
  @Nullable List<String> faults;

  @Option(names = "--short", description = "Few rounds of each.")
  boolean shortRun;

  @Option(
      names = "--rate",
      defaultValue = "3000",
      description = "Messages a second during the faults (default: ${DEFAULT-VALUE}).")
  double rate;

  @Option(names = "--seed", defaultValue = "1", description = "(default: ${DEFAULT-VALUE})")
  long seed;

  @Option(names = "--json", description = "Writes the rows to this file.")
  @Nullable Path json;

  private interface Fault {
    Row run() throws IOException, InterruptedException;
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("hologrid-chaos");
    Map<String, Fault> known = known(new Faults(folder, shortRun, rate, seed));
    List<String> wanted = faults == null ? List.copyOf(known.keySet()) : faults;
    List<Row> rows = new ArrayList<>();
    System.out.println("seed " + seed + ", data and logs in " + folder);
    for (String name : wanted) {
      Fault fault = known.get(name);
      if (fault == null) {
        System.err.println("'" + name + "' is not a fault here; there are " + known.keySet());
        return 64;
      }
      Row row = run(name, fault);
      rows.add(row);
      System.out.printf(
          Locale.ROOT,
          "%-4s tried %d, survived %d, lost %d, doubled %d, recovery %.1f s  %s%n",
          row.fault(),
          row.tried(),
          row.survived(),
          row.lost(),
          row.doubled(),
          row.recoverySeconds(),
          row.note());
    }
    if (json != null) {
      Files.writeString(json, new ObjectMapper().writeValueAsString(Map.of("rows", rows)) + "\n");
    }
    boolean fine =
        rows.stream().allMatch(r -> r.survived() == r.tried() && r.lost() == 0 && r.doubled() == 0);
    return fine ? 0 : 1;
  }

  private static Row run(String name, Fault fault) throws InterruptedException {
    try {
      return fault.run();
    } catch (IOException e) {
      return new Row(name, 1, 0, 0, 0, 0, "not finished: " + e.getMessage());
    }
  }

  private static Map<String, Fault> known(Faults faults) {
    Map<String, Fault> known = new LinkedHashMap<>();
    known.put("F1", faults::kill);
    known.put("F1a", faults::killAtSync);
    known.put("F6", faults::broker);
    known.put("F7", faults::archive);
    known.put("F11", faults::poison);
    known.put("F13", faults::slowViewers);
    known.put("F16", faults::drain);
    known.put("F19", faults::pause);
    return known;
  }
}
