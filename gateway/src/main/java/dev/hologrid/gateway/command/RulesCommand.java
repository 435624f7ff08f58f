package dev.hologrid.gateway.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What can be done with rules without a server. */
@Command(
    name = "rules",
    description = "Checks, tests, back-tests and explains alert rules.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RulesCheck.class,
      RulesTest.class,
      RulesBacktest.class,
      RulesExplain.class,
      RulesDocs.class,
      RulesSchema.class
    })
public final class RulesCommand implements Callable<Integer> {
  /** Everything is right. */
  static final int OK = 0;

  /** Issues were found, tests failed. */
  static final int FOUND = 1;

  /** A wrong call; the number is that of sysexits.h, as everywhere in this program. */
  static final int USAGE = 64;

  /** A file or folder is not there. */
  static final int NO_INPUT = 66;

  @Override
  public Integer call() {
    System.err.println(
        "hologrid rules: say what to do: check, test, backtest, explain, docs or schema;"
            + " --help tells more");
    return USAGE;
  }
}
