package dev.hologrid.simulator.ledger;

import java.nio.file.Path;
import java.util.Locale;
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
    description = "Compares what a fleet sent with what a gateway stored.",
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
          "One verdict for each invariant; the export comes from ./hologrid journal export. Exits 1"
              + " when one does not hold.",
      mixinStandardHelpOptions = true)
  static final class CheckCommand implements Callable<Integer> {
    @Option(names = "--ledger", required = true, description = "What simulate wrote.")
    Path ledger = Path.of("ledger.ndjson");

    @Option(names = "--export", required = true, description = "The journal as NDJSON.")
    Path export = Path.of("journal.ndjson");

    @Override
    public Integer call() throws Exception {
      LedgerCheck.Verdict verdict = LedgerCheck.of(ledger, export);
      say("I1 durable", verdict.lost(), verdict.acked() + " acknowledged, not stored: ");
      say("I2 nothing invented", verdict.invented(), verdict.stored() + " stored, never sent: ");
      say("I5 order", verdict.disordered(), "devices out of order: ");
      System.out.println("   repeats (allowed at QoS 1): " + verdict.repeats());
      return verdict.holds() ? 0 : 1;
    }

    private static void say(String invariant, long wrong, String detail) {
      System.out.printf(
          Locale.ROOT, "%-4s %-22s %s%d%n", wrong == 0 ? "ok" : "FAIL", invariant, detail, wrong);
    }
  }
}
