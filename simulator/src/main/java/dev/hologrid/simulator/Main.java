package dev.hologrid.simulator;

import dev.hologrid.simulator.bench.BenchCommand;
import dev.hologrid.simulator.chaos.ChaosCommand;
import dev.hologrid.simulator.district.DistrictCommand;
import dev.hologrid.simulator.evidence.LedgerCommand;
import dev.hologrid.simulator.fleet.SimulateCommand;
import dev.hologrid.simulator.load.LoadCommand;
import dev.hologrid.simulator.replay.ReplayCommand;
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
      ChaosCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
