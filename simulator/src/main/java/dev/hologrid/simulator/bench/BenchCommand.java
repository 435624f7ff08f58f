package dev.hologrid.simulator.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The benchmarks that need whole processes. */
@Command(
    name = "bench",
    description = "Measures a whole gateway beside its peers.",
    mixinStandardHelpOptions = true,
    subcommands = IngestBench.class)
public final class BenchCommand implements Runnable {
  @Spec @org.jspecify.annotations.Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "say which: bench ingest");
    }
  }
}
