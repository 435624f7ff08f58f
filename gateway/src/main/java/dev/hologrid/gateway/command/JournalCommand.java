package dev.hologrid.gateway.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The journals' tools. */
@Command(
    name = "journal",
    description = "Reads a server's journals; the server may run.",
    mixinStandardHelpOptions = true,
    subcommands = {JournalLs.class, JournalCat.class, JournalVerify.class, JournalExport.class})
public final class JournalCommand implements Runnable {
  @Spec @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "say which: journal ls, cat, verify or export");
    }
  }
}
