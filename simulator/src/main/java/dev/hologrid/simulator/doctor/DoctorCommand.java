package dev.hologrid.simulator.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.mqtt.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at what HoloGrid shall be connected to. */
@Command(
    name = "doctor",
    description = "Looks at what HoloGrid shall be connected to.",
    mixinStandardHelpOptions = true,
    subcommands = DoctorCommand.Mqtt.class)
public final class DoctorCommand {
  private DoctorCommand() {}

  /** A broker. */
  @Command(
      name = "mqtt",
      description =
          "Asks a broker what it supports, tries it, and says what of it matters to HoloGrid."
              + " Publishes 200 small messages to a topic of its own, hologrid-doctor-…; retains"
              + " nothing. Exits 0 when it will do, 1 when something is lacking, 66 when nobody"
              + " answers.",
      mixinStandardHelpOptions = true)
  static final class Mqtt implements Callable<Integer> {
    @Parameters(paramLabel = "HOST[:PORT]", description = "The broker (default port: 1883).")
    String address = "";

    @Option(names = "--user", description = "A user name, if it wants one.")
    @Nullable String user;

    @Option(
        names = "--password",
        interactive = true,
        arity = "0..1",
        description = "Its password; asked for when it is not given.")
    @Nullable String password;

    @Option(names = "--json", description = "Writes the answers to this file, too.")
    @Nullable Path json;

    @Override
    public Integer call() throws IOException {
      BrokerReport report = BrokerReport.of(Server.of(address), user, password);
      System.out.println("The broker at " + address);
      for (BrokerReport.Fact each : report.facts()) {
        System.out.printf(Locale.ROOT, "  %-24s %s%n", each.name(), each.value());
      }
      System.out.println("For HoloGrid");
      for (BrokerReport.Verdict each : report.verdicts()) {
        System.out.printf(Locale.ROOT, "  %-8s %s%n", each.level(), each.text());
      }
      if (json != null) {
        Files.writeString(json, new ObjectMapper().writeValueAsString(report) + "\n");
      }
      return report.fit() ? 0 : 1;
    }
  }
}
