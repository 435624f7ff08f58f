package dev.hologrid.gateway;

import dev.hologrid.gateway.command.AuditCommand;
import dev.hologrid.gateway.command.BenchCommand;
import dev.hologrid.gateway.command.DecodeCommand;
import dev.hologrid.gateway.command.Demo;
import dev.hologrid.gateway.command.DevicesCommand;
import dev.hologrid.gateway.command.JournalCommand;
import dev.hologrid.gateway.command.RulesCommand;
import dev.hologrid.gateway.command.Serve;
import dev.hologrid.gateway.config.ConfigInvalid;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the server; {@code ./hologrid} starts it. */
@Command(
    name = "hologrid",
    description = "HoloGrid: the server a city district uses to watch itself.",
    mixinStandardHelpOptions = true,
    version = Main.VERSION,
    subcommands = {
      Demo.class,
      DecodeCommand.class,
      Serve.class,
      DevicesCommand.class,
      JournalCommand.class,
      RulesCommand.class,
      AuditCommand.class,
      BenchCommand.class
    })
public final class Main {
  public static final String VERSION = "0.1.0";

  private Main() {}

  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof ConfigInvalid || failure instanceof StartFailed) {
            System.err.println("hologrid: " + failure.getMessage());
            return failure instanceof ConfigInvalid ? 78 : 69;
          }
          throw failure;
        });
    System.exit(line.execute(arguments));
  }
}
