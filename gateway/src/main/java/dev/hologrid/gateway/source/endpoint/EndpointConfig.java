package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.config.Settings;
import java.time.Duration;

/**
 * The built-in MQTT endpoint.
 *
 * @param host the address to listen on; anonymous devices are taken only on a loopback address
 * @param port 0 takes a free one
 * @param maxPacket larger packets close the connection, bytes
 * @param maxInFlight messages of one connection that wait for the disk
 * @param longestKeepAlive what a device that asks for more, or for none, is held to
 */
public record EndpointConfig(
    String host, int port, int maxPacket, int maxInFlight, Duration longestKeepAlive) {

  public static EndpointConfig read(Settings settings) {
    String host = settings.at("mqtt.host").text("127.0.0.1");
    boolean insecure = settings.at("mqtt.insecure").flag(false);
    if (!insecure && !loopback(host)) {
      settings.problem(
          "mqtt.host",
          "must be a loopback address while devices need no credentials, but was "
              + host
              + "; put an authenticating proxy or broker in front, or set mqtt.insecure: true");
    }
    return new EndpointConfig(
        host,
        settings.at("mqtt.port").integer(0, 65_535, 1883),
        (int) settings.at("mqtt.max-packet").bytes(1 << 10, 64 << 20, 4 << 20),
        settings.at("mqtt.max-in-flight").integer(1, 65_535, 2_000),
        settings
            .at("mqtt.keep-alive")
            .duration(Duration.ofSeconds(10), Duration.ofHours(18), Duration.ofMinutes(10)));
  }

  private static boolean loopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }
}
