package dev.hologrid.gateway.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.gateway.Gateway;
import dev.hologrid.gateway.GatewayConfig;
import dev.hologrid.gateway.Totals;
import dev.hologrid.gateway.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gateway, simulated district and console in one go. */
@Command(
    name = "demo",
    description =
        "Starts the gateway with a simulated Nanhai district and keeps running until Ctrl-C.",
    mixinStandardHelpOptions = true)
public final class Demo implements Callable<Integer> {
  private static final int NO_INPUT = 66; // as in sysexits.h
  private static final Duration DRAIN = Duration.ofSeconds(15);

  @Option(
      names = "--http-port",
      defaultValue = "8080",
      description = "Console and API; 0 takes a free port (default: ${DEFAULT-VALUE}).")
  int httpPort;

  @Option(
      names = "--mqtt-port",
      defaultValue = "1883",
      description = "Built-in MQTT endpoint; 0 takes a free port (default: ${DEFAULT-VALUE}).")
  int mqttPort;

  @Option(
      names = "--data",
      defaultValue = "data",
      description = "The data folder; nothing is written elsewhere (default: ./${DEFAULT-VALUE}).")
  Path data = Path.of("data");

  @Option(
      names = "--for",
      converter = DurationOption.class,
      description = "Ends by itself after this time, for example 30s.")
  @Nullable Duration atMost;

  @Option(names = "--summary", description = "Writes the totals as JSON when it ends.")
  @Nullable Path summary;

  @Option(
      names = "--scenario",
      description = "A scenario file for the simulated fleet (default: the built-in demo).")
  @Nullable Path scenario;

  @Option(names = "--config", description = "A configuration file, as for the gateway command.")
  @Nullable Path config;

  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Override
  public Integer call() throws Exception {
    Path home = Folders.home();
    Path here = Folders.working();
    Path folder = here.resolve(data);
    Path site = folder.resolve("site");
    if (scenario != null && !Files.isReadable(here.resolve(scenario))) {
      System.err.println("hologrid demo: the scenario " + scenario + " cannot be read");
      return NO_INPUT;
    }
    District.prepare(home, site);

    Settings settings =
        config == null
            ? Settings.none(System.getenv())
            : Settings.read(here.resolve(config), System.getenv());
    GatewayConfig gatewayConfig =
        GatewayConfig.read(
            settings
                .with("http.port", httpPort)
                .with("mqtt.port", mqttPort)
                .with("data", folder)
                .with("http.mode", "open"));
    Thread onSignal = new Thread(this::stopAndWait, "stop");
    Runtime.getRuntime().addShutdownHook(onSignal);
    int exit;
    try (Gateway gateway = Gateway.start(gatewayConfig, Clock.systemUTC())) {
      long readyMs = StartTime.elapsedMs();
      System.out.printf(
          Locale.ROOT,
          "HoloGrid is ready after %.1f s%n  console  http://127.0.0.1:%d/%n  MQTT     mqtt://127.0.0.1:%d%n  data     %s%n",
          readyMs / 1000.0,
          gateway.httpPort(),
          gateway.mqttPort(),
          folder);
      exit = run(gateway, home, here, folder, site, readyMs);
    } finally {
      stopped.countDown();
    }
    return exit;
  }

  private int run(Gateway gateway, Path home, Path here, Path folder, Path site, long readyMs)
      throws InterruptedException, IOException {
    Totals totals;
    long sent;
    long acked;
    boolean simulatorFine;
    try (SimulatorProcess simulator =
        SimulatorProcess.start(home, here, arguments(gateway, folder, site))) {
      watch(gateway, simulator);
      System.out.println();
      System.out.println("stopping: the fleet drains, then the gateway …");
      simulatorFine = simulator.running();
      simulator.stop();
      sent = simulator.number("sent");
      acked = simulator.number("acked");
      totals = gateway.drain(DRAIN);
    }
    boolean balanced =
        totals.balanced() && totals.inFlight() == 0 && sent == acked && totals.received() >= acked;
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("received", totals.received());
    report.put("stored", totals.stored());
    report.put("quarantined", totals.quarantined());
    report.put("inFlight", totals.inFlight());
    report.put("sent", sent);
    report.put("acked", acked);
    report.put("alerts", totals.alerts());
    report.put("incidents", totals.incidents());
    report.put("dispatched", totals.dispatched());
    report.put("p99AlertLatencyMs", totals.p99AlertLatencyMs());
    report.put("readyMs", readyMs);
    report.put("balanced", balanced);
    ObjectMapper json = new ObjectMapper();
    System.out.println(json.writeValueAsString(report));
    if (summary != null) {
      Files.writeString(
          here.resolve(summary),
          json.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
    }
    return verdict(balanced, simulatorFine, totals);
  }

  private int verdict(boolean balanced, boolean simulatorFine, Totals totals) {
    List<String> wrong = new ArrayList<>();
    if (!balanced) {
      wrong.add("the books do not balance");
    }
    if (!simulatorFine) {
      wrong.add("the simulator ended by itself");
    }
    if (atMost != null && totals.dispatched() == 0) {
      wrong.add("no sensor alert became a dispatched incident");
    }
    for (String each : wrong) {
      System.err.println("hologrid demo: " + each);
    }
    return wrong.isEmpty() ? 0 : 1;
  }

  private List<String> arguments(Gateway gateway, Path folder, Path site) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "simulate",
                "--json",
                "--mqtt",
                "mqtt://127.0.0.1:" + gateway.mqttPort(),
                "--http",
                "http://127.0.0.1:" + gateway.httpPort(),
                "--site",
                site.toString(),
                "--ledger",
                folder.resolve("ledger.ndjson").toString(),
                "--officers"));
    if (scenario != null) {
      arguments.add("--scenario");
      arguments.add(Folders.working().resolve(scenario).toString());
    }
    return arguments;
  }

  /** Shows a status line until the time is up or a stop is asked for. */
  private void watch(Gateway gateway, SimulatorProcess simulator) throws InterruptedException {
    long end = atMost == null ? Long.MAX_VALUE : System.nanoTime() + atMost.toNanos();
    boolean terminal = Boolean.getBoolean("hologrid.terminal");
    long rounds = 0;
    long before = 0;
    while (System.nanoTime() < end && simulator.running()) {
      long left = Math.min(1_000_000_000L, end - System.nanoTime());
      if (stopAsked.await(Math.max(left, 1), TimeUnit.NANOSECONDS)) {
        return;
      }
      Totals now = gateway.totals();
      String line =
          String.format(
              Locale.ROOT,
              "%5d msg/s  received %d = stored %d + quarantined %d + in flight %d   alerts %d firing"
                  + "   incidents %d open, %d dispatched",
              now.received() - before,
              now.received(),
              now.stored(),
              now.quarantined(),
              now.inFlight(),
              now.firing(),
              now.openIncidents(),
              now.dispatched());
      before = now.received();
      if (terminal) {
        System.out.print("\r" + line + "   ");
        System.out.flush();
      } else if (rounds % 5 == 0) {
        System.out.println(line);
      }
      rounds++;
    }
  }

  private void stopAndWait() {
    stopAsked.countDown();
    try {
      if (!stopped.await(40, TimeUnit.SECONDS)) {
        System.err.println("hologrid demo: did not stop in time; what was acknowledged is on disk");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
