package dev.hologrid.simulator.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.mqtt.Server;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Publishes smoke readings as fast as they are acknowledged, or at a rate. */
@Command(
    name = "load",
    description =
        "Publishes QoS 1 smoke readings and prints the acknowledged rate and latencies as JSON.",
    mixinStandardHelpOptions = true,
    subcommands = {SubscribeCommand.class, NullServerCommand.class, CrowdCommand.class})
public final class LoadCommand implements Callable<Integer> {
  @Option(
      names = "--mqtt",
      defaultValue = "mqtt://127.0.0.1:1883",
      description = "Where to publish (default: ${DEFAULT-VALUE}).")
  String mqtt = "mqtt://127.0.0.1:1883";

  @Option(
      names = "--connections",
      defaultValue = "100",
      description = "(default: ${DEFAULT-VALUE})")
  int connections;

  @Option(
      names = "--window",
      defaultValue = "20",
      description = "Unacknowledged messages of a connection (default: ${DEFAULT-VALUE}).")
  int window;

  @Option(
      names = "--devices",
      defaultValue = "2000",
      description = "Distinct devices (default: ${DEFAULT-VALUE}).")
  int devices;

  @Option(
      names = "--bytes",
      defaultValue = "120",
      description = "Size of a payload (default: ${DEFAULT-VALUE}).")
  int bytes;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description =
          "Messages a second, latency counted from the intended time; 0 is as fast as acknowledged.")
  double rate;

  @Option(names = "--count", defaultValue = "0", description = "Ends after so many messages.")
  long count;

  @Option(
      names = "--warm-up",
      defaultValue = "1",
      description = "Seconds that do not count (default: ${DEFAULT-VALUE}).")
  double warmUp;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "Seconds that count (default: ${DEFAULT-VALUE}).")
  double seconds;

  @Override
  public Integer call() throws Exception {
    LoadPlan plan =
        new LoadPlan(
            Server.of(mqtt),
            connections,
            window,
            devices,
            bytes,
            rate,
            count,
            count > 0 ? Duration.ZERO : millis(warmUp),
            millis(seconds));
    try (Load load = new Load(plan, InstantSource.system())) {
      load.connect();
      System.out.println(new ObjectMapper().writeValueAsString(report(load.run())));
    }
    return 0;
  }

  private static Duration millis(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static Map<String, Object> report(Load.Result result) {
    Histogram latency = result.latencyMicros();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("sent", result.sent());
    report.put("acked", result.acked());
    report.put("unacked", result.unacked());
    report.put("seconds", result.seconds());
    report.put("ackedPerSecond", Math.round(result.perSecond()));
    report.put("p50Ms", latency.getValueAtPercentile(50) / 1000.0);
    report.put("p99Ms", latency.getValueAtPercentile(99) / 1000.0);
    report.put("maxMs", latency.getMaxValue() / 1000.0);
    return report;
  }
}
