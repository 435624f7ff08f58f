package dev.hologrid.gateway.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Measurements of the server itself. */
@Command(
    name = "bench",
    description = "Measures a real gateway.",
    mixinStandardHelpOptions = true,
    subcommands = BenchIncidents.class)
public final class BenchCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.err.println("hologrid bench: say what to measure: bench incidents");
    return 64;
  }
}
