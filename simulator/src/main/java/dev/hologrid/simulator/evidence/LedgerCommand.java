package dev.hologrid.simulator.evidence;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The ledger's tools. */
@Command(
    name = "ledger",
    description = "Compares what a fleet sent with what a gateway made of it.",
    mixinStandardHelpOptions = true,
    subcommands = LedgerCommand.CheckCommand.class)
public final class LedgerCommand implements Runnable {
  @Spec @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "say which: ledger check");
    }
  }

  @Command(
      name = "check",
      description =
          "One verdict for each invariant I1 to I12; what is not given is not looked at and says"
              + " so. The exports come from ./hologrid journal export --journal NAME. Exits 1 when"
              + " an invariant does not hold.",
      mixinStandardHelpOptions = true)
  static final class CheckCommand implements Callable<Integer> {
    @Option(names = "--ledger", required = true, description = "What simulate wrote.")
    Path ledger = Path.of("ledger.ndjson");

    @Option(
        names = {"--export", "--readings"},
        required = true,
        description = "The readings journal as NDJSON (I1, I2, I5).")
    Path readings = Path.of("readings.ndjson");

    @Option(names = "--quarantine", description = "The quarantine as NDJSON (I1).")
    @Nullable Path quarantine;

    @Option(names = "--alerts", description = "The alerts journal as NDJSON (I3).")
    @Nullable Path alerts;

    @Option(
        names = "--database",
        description = "The incidents' JDBC address, as jdbc:sqlite:data/incidents.db (I3, I9).")
    @Nullable String database;

    @Option(names = "--rebuilt", description = "The alerts journal of a replay (I7).")
    @Nullable Path rebuilt;

    @Option(names = "--archive", description = "The archive's rows as NDJSON (I6).")
    @Nullable Path archive;

    @Option(names = "--deliveries", description = "What receivers of notifications noted (I8).")
    @Nullable Path deliveries;

    @Option(names = "--watch", description = "What a watch saw while the server ran (I4, I12).")
    @Nullable Path watch;

    @Override
    public Integer call() throws Exception {
      Checker.Report report =
          Checker.check(
              new Evidence(
                  ledger,
                  readings,
                  quarantine,
                  alerts,
                  database,
                  watch,
                  archive,
                  rebuilt,
                  deliveries));
      report.verdicts().forEach(System.out::println);
      return report.holds() ? 0 : 1;
    }
  }
}
