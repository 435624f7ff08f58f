package dev.hologrid.simulator;

import dev.hologrid.simulator.bench.BenchCommand;
import dev.hologrid.simulator.chaos.ChaosCommand;
import dev.hologrid.simulator.district.DistrictCommand;
import dev.hologrid.simulator.doctor.DoctorCommand;
import dev.hologrid.simulator.evidence.LedgerCommand;
import dev.hologrid.simulator.fleet.SimulateCommand;
import dev.hologrid.simulator.load.LoadCommand;
import dev.hologrid.simulator.process.PostgresCommand;
import dev.hologrid.simulator.replay.ReplayCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The simulator's front door. */
@Command(
    name = "hologrid-simulator",
    description = "Simulated districts, fleets, loads and faults for HoloGrid.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DistrictCommand.class,
      SimulateCommand.class,
      LedgerCommand.class,
      ReplayCommand.class,
      LoadCommand.class,
      BenchCommand.class,
      ChaosCommand.class,
      DoctorCommand.class,
      PostgresCommand.class
    })
public final class Main {
  private static final int USAGE = 64; // as in sysexits.h
  private static final int NO_INPUT = 66;

  private Main() {}

  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          switch (failure) {
            case IllegalArgumentException wrong -> say(wrong.getMessage());
            case NoSuchFileException missing -> say("there is no file " + missing.getFile());
            case IOException broken -> say(broken.getMessage());
            case UncheckedIOException broken -> say(broken.getMessage());
            default -> throw failure;
          }
          return failure instanceof IllegalArgumentException ? USAGE : NO_INPUT;
        });
    System.exit(line.execute(arguments));
  }

  private static void say(@Nullable String what) {
    System.err.println("hologrid: " + what);
  }
}
