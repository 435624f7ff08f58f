package dev.hologrid.gateway.command;

import dev.hologrid.gateway.Gateway;
import dev.hologrid.gateway.GatewayConfig;
import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.source.endpoint.EndpointConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The server alone. */
@Command(
    name = "gateway",
    description = "Starts the server and keeps running until Ctrl-C or SIGTERM, then drains.",
    mixinStandardHelpOptions = true)
public final class Serve implements Callable<Integer> {
  @Option(
      names = "--config",
      description = "The configuration file (YAML); see docs/configuration.md.")
  @Nullable Path config;

  @Option(
      names = "--http-port",
      description = "Console and API (default: 8080; 0 takes a free port).")
  @Nullable Integer httpPort;

  @Option(
      names = "--mqtt-port",
      description = "Built-in MQTT endpoint (default: 1883; 0 takes a free port).")
  @Nullable Integer mqttPort;

  @Option(names = "--data", description = "The data folder (default: ./data).")
  @Nullable Path data;

  @Option(
      names = "--broker",
      description =
          "Also subscribes to this external MQTT broker, for example tcp://127.0.0.1:1884.")
  @Nullable String broker;

  @Option(
      names = "--set",
      description = "Sets any setting, for example --set archive.kind=none; may be repeated.")
  java.util.Map<String, String> set = new java.util.LinkedHashMap<>();

  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Override
  public Integer call() throws Exception {
    Path here = Folders.working();
    Settings settings =
        config == null
            ? Settings.none(System.getenv())
            : Settings.read(here.resolve(config), System.getenv());
    settings
        .with("http.port", httpPort)
        .with("mqtt.port", mqttPort)
        .with("data", here.resolve(data == null ? Path.of("data") : data))
        .with("broker.url", broker);
    set.forEach(settings::with);
    GatewayConfig read = GatewayConfig.read(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "stop"));
    try (Gateway gateway = Gateway.start(read, Clock.systemUTC())) {
      ready(read, gateway);
      System.out.flush();
      stopAsked.await();
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  private static void ready(GatewayConfig config, Gateway gateway) {
    String scheme = config.http().tls() == null ? "http" : "https";
    System.out.printf(
        "HoloGrid is ready%n  console  %s://127.0.0.1:%d/%n", scheme, gateway.httpPort());
    EndpointConfig mqtt = config.sources().endpoint();
    String devices =
        switch (mqtt.entry().devices()) {
          case OPEN ->
              mqtt.entry().insecure()
                  ? "INSECURE: anybody who reaches this port may publish"
                  : "open: devices on this machine need no credentials";
          case PARK -> "devices without credentials wait for approval";
          case REJECT -> "devices need credentials: ./hologrid devices create ID";
        };
    if (gateway.mqttPort() >= 0) {
      System.out.printf("  MQTT     mqtt://127.0.0.1:%d  (%s)%n", gateway.mqttPort(), devices);
      if (mqtt.tls() == null && !EndpointConfig.loopback(mqtt.listen().host())) {
        System.out.println("           unencrypted: set mqtt.tls.certificate and mqtt.tls.key");
      }
    }
    if (gateway.mqttSecurePort() >= 0) {
      System.out.printf("  MQTT     mqtts://127.0.0.1:%d%n", gateway.mqttSecurePort());
    }
  }

  private void stopAndWait() {
    stopAsked.countDown();
    try {
      if (!stopped.await(20, TimeUnit.SECONDS)) {
        System.err.println("hologrid: did not stop in time; what was acknowledged is on disk");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
