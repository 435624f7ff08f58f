package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code mqtt}.
 *
 * @param host the address to bind
 * @param port 0 takes a free one
 * @param webSocketPort MQTT over WebSocket under {@code /mqtt}; -1 leaves it off
 * @param loops event loops that serve connections; 0 takes one for each processor
 * @param insecure anonymous clients from other machines are let in, too
 * @param proxyProtocol connections begin with a PROXY protocol header
 * @param tls null leaves connections plain
 */
public record EndpointConfig(
    String host,
    int port,
    int webSocketPort,
    int loops,
    boolean insecure,
    boolean proxyProtocol,
    @Nullable Tls tls,
    Limits limits) {

  /**
   * Transport security.
   *
   * @param certificate PEM chain
   * @param key PEM key
   * @param clientAuthority when given, only clients with a certificate of it get in
   */
  public record Tls(Path certificate, Path key, @Nullable Path clientAuthority) {}

  /**
   * What one connection may cost.
   *
   * @param connectWithin from the first byte to a whole CONNECT
   * @param mostIdle the longest keep-alive; counts also where a client asks for none
   * @param packet a larger packet closes the connection; a smaller payload that is too large for
   *     the decoders is quarantined
   * @param inFlight messages of one connection that wait for the disk (Receive Maximum)
   * @param inFlightBytes their payload bytes; above, the connection is not read
   * @param sessions client ids whose session is remembered after they left
   */
  public record Limits(
      Duration connectWithin,
      Duration mostIdle,
      int packet,
      int inFlight,
      int inFlightBytes,
      int sessions) {
    static Limits defaults() {
      return new Limits(
          Duration.ofSeconds(10), Duration.ofMinutes(5), 4 << 20, 1000, 1 << 20, 100_000);
    }
  }

  /** Plain, on the loopback address. */
  public static EndpointConfig defaults() {
    return new EndpointConfig("127.0.0.1", 1883, -1, 0, false, false, null, Limits.defaults());
  }

  /** The same with another port. */
  public EndpointConfig withPort(int other) {
    return new EndpointConfig(
        host, other, webSocketPort, loops, insecure, proxyProtocol, tls, limits);
  }

  /** The same with other limits. */
  public EndpointConfig withLimits(Limits other) {
    return new EndpointConfig(
        host, port, webSocketPort, loops, insecure, proxyProtocol, tls, other);
  }

  public static EndpointConfig read(Settings settings) {
    EndpointConfig otherwise = defaults();
    String host = settings.at("mqtt.host").text(otherwise.host);
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
        settings.at("mqtt.port").integer(0, 65_535, otherwise.port),
        settings.at("mqtt.websocket-port").integer(-1, 65_535, otherwise.webSocketPort),
        settings.at("mqtt.event-loops").integer(0, 64, otherwise.loops),
        insecure,
        settings.at("mqtt.proxy-protocol").flag(otherwise.proxyProtocol),
        tls(settings),
        limits(settings));
  }

  private static boolean loopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  private static @Nullable Tls tls(Settings settings) {
    Path certificate = settings.at("mqtt.tls.certificate").pathOrNull();
    Path key = settings.at("mqtt.tls.key").pathOrNull();
    Path authority = settings.at("mqtt.tls.client-authority").pathOrNull();
    if (certificate != null && key != null) {
      return new Tls(certificate, key, authority);
    }
    if (certificate != null || key != null || authority != null) {
      settings.problem("mqtt.tls", "needs both certificate and key, as PEM files");
    }
    return null;
  }

  private static Limits limits(Settings settings) {
    Limits otherwise = Limits.defaults();
    return new Limits(
        settings
            .at("mqtt.connect-within")
            .duration(Duration.ofSeconds(1), Duration.ofMinutes(5), otherwise.connectWithin),
        settings
            .at("mqtt.most-idle")
            .duration(Duration.ofSeconds(5), Duration.ofDays(1), otherwise.mostIdle),
        (int) settings.at("mqtt.packet-size").bytes(1 << 10, 64L << 20, otherwise.packet),
        settings.at("mqtt.in-flight").integer(1, 65_535, otherwise.inFlight),
        (int) settings.at("mqtt.in-flight-size").bytes(1 << 10, 64L << 20, otherwise.inFlightBytes),
        settings.at("mqtt.sessions").integer(0, 10_000_000, otherwise.sessions));
  }
}
