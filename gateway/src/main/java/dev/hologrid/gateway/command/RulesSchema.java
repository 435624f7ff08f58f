package dev.hologrid.gateway.command;

import dev.hologrid.rules.language.RulePack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** For editors: what completes and checks rule files while they are written. */
@Command(
    name = "schema",
    description = "Prints the JSON Schema of rule files, for editors.",
    mixinStandardHelpOptions = true)
final class RulesSchema implements Callable<Integer> {
  @Option(names = "--tests", description = "The schema of files of rule tests instead.")
  boolean tests;

  @Override
  public Integer call() {
    System.out.print(tests ? RulePack.testSchema() : RulePack.schema());
    return RulesCommand.OK;
  }
}
