package dev.hologrid.gateway.testing;

import dev.hologrid.gateway.Gateway;
import dev.hologrid.gateway.GatewayConfig;
import dev.hologrid.gateway.config.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** The whole server on free ports, in this JVM. */
public final class RunningGateway implements AutoCloseable {
  private final Gateway gateway;
  private final Api api;

  private RunningGateway(Gateway gateway) {
    this.gateway = gateway;
    this.api = new Api(gateway.httpPort());
  }

  public static RunningGateway in(Path data) {
    return in(data, Map.of());
  }

  public static RunningGateway in(Path data, Map<String, String> more) {
    return in(data, Settings.none(Map.of()), more);
  }

  /** With settings from a file or the environment, on free ports unless {@code more} has others. */
  public static RunningGateway in(Path data, Settings settings, Map<String, String> more) {
    return in(data, settings, more, Clock.systemUTC());
  }

  /** By another clock than the machine's. */
  public static RunningGateway in(
      Path data, Settings settings, Map<String, String> more, Clock clock) {
    settings
        .with("data", data)
        .with("http.port", 0)
        .with("mqtt.port", 0)
        .with("http.mode", "open")
        .with("archive.kind", "none");
    more.forEach(settings::with);
    return new RunningGateway(Gateway.start(GatewayConfig.read(settings), clock));
  }

  public Gateway gateway() {
    return gateway;
  }

  public Api api() {
    return api;
  }

  public Events events() throws Exception {
    return Events.of(gateway.httpPort());
  }

  @Override
  public void close() {
    gateway.close();
  }
}
