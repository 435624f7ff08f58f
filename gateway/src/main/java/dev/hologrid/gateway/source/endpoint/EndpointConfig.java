package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code mqtt}.
 *
 * @param proxies addresses that connections must come from, each beginning with a PROXY protocol
 *     header; empty: no proxy, no header
 * @param tls null: no port with transport security
 */
public record EndpointConfig(
    Listen listen,
    Entry entry,
    List<String> proxies,
    @Nullable Tls tls,
    Limits limits,
    Rates rates,
    WebSocket webSocket) {
  public EndpointConfig {
    proxies = List.copyOf(proxies);
  }

  /**
   * Where to listen without transport security.
   *
   * @param host the address to bind, also for the ports of {@link Tls}
   * @param port 0 takes a free one, -1 leaves it off
   * @param loops event loops that serve connections; 0 takes one for each processor
   */
  public record Listen(String host, int port, int loops) {}

  /**
   * Who may come in.
   *
   * @param insecure clients without credentials from other machines are let in, too
   */
  public record Entry(Devices devices, boolean insecure) {}

  /**
   * MQTT over WebSocket, at {@code /mqtt} of the same ports.
   *
   * @param origins of pages whose browsers may come, for example {@code https://map.example}
   */
  public record WebSocket(boolean on, List<String> origins) {
    public WebSocket {
      origins = List.copyOf(origins);
    }
  }

  /** What becomes of clients that show no credentials we know. */
  public enum Devices {
    /** Let in, from this machine only, and may publish anything. */
    OPEN,
    /** Refused, and listed so that an operator can approve them. */
    PARK,
    /** Refused. */
    REJECT
  }

  /**
   * Ports with transport security.
   *
   * @param certificate PEM chain
   * @param key PEM key
   * @param clientAuthority whose certificates clients may show; null: none is asked for
   * @param clientRequired only clients with such a certificate get in
   * @param revoked a certificate revocation list
   * @param port 0 takes a free one, -1 leaves it off
   */
  public record Tls(
      Path certificate,
      Path key,
      @Nullable Path clientAuthority,
      boolean clientRequired,
      @Nullable Path revoked,
      int port) {}

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
   * @param unconnected connections that have not sent their CONNECT yet; above, the one that has
   *     been there longest is closed; never more than a quarter of the files that may be open
   */
  public record Limits(
      Duration connectWithin,
      Duration mostIdle,
      int packet,
      int inFlight,
      int inFlightBytes,
      int sessions,
      int unconnected) {
    static Limits defaults() {
      return new Limits(
          Duration.ofSeconds(10), Duration.ofMinutes(5), 4 << 20, 1000, 1 << 20, 100_000, 10_000);
    }
  }

  /**
   * How much may come in how fast; 0 is no limit. Over a connection limit a CONNECT is refused;
   * over the others the socket is read more slowly, and nothing is lost.
   *
   * @param connects new connections of one address a second
   * @param open open connections of one address
   * @param messages of one device a second
   * @param bytes payload of one device a second
   * @param addressMessages of all connections of one address a second
   * @param addressBytes payload of all connections of one address a second
   */
  public record Rates(
      int connects, int open, int messages, long bytes, int addressMessages, long addressBytes) {
    static final Rates NONE = new Rates(0, 0, 0, 0, 0, 0);
    static final Rates WHERE_STRANGERS_COME =
        new Rates(200, 10_000, 1_000, 4 << 20, 50_000, 64 << 20);
  }

  /** Plain, on the loopback address. */
  public static EndpointConfig defaults() {
    return new EndpointConfig(
        new Listen("127.0.0.1", 1883, 0),
        new Entry(Devices.OPEN, false),
        List.of(),
        null,
        Limits.defaults(),
        Rates.NONE,
        new WebSocket(true, List.of()));
  }

  /** The same with another port. */
  public EndpointConfig withPort(int other) {
    Listen there = new Listen(listen.host, other, listen.loops);
    return new EndpointConfig(there, entry, proxies, tls, limits, rates, webSocket);
  }

  /** The same with other limits. */
  public EndpointConfig withLimits(Limits other) {
    return new EndpointConfig(listen, entry, proxies, tls, other, rates, webSocket);
  }

  public static EndpointConfig read(Settings settings) {
    EndpointConfig otherwise = defaults();
    String host = settings.at("mqtt.host").text(otherwise.listen.host);
    boolean here = loopback(host);
    Tls tls = tls(settings);
    Entry entry = entry(settings, here);
    Listen listen =
        new Listen(
            host,
            settings
                .at("mqtt.port")
                .integer(-1, 65_535, here || tls == null ? otherwise.listen.port : -1),
            settings.at("mqtt.event-loops").integer(0, 64, otherwise.listen.loops));
    return new EndpointConfig(
        listen,
        entry,
        settings.list("mqtt.proxies"),
        tls,
        limits(settings),
        rates(settings, entry.devices == Devices.OPEN ? Rates.NONE : Rates.WHERE_STRANGERS_COME),
        new WebSocket(
            settings.at("mqtt.websocket").flag(true), settings.list("mqtt.websocket-origins")));
  }

  private static Entry entry(Settings settings, boolean here) {
    boolean insecure = settings.at("mqtt.insecure").flag(false);
    Devices devices =
        settings
            .at("mqtt.devices")
            .word(Devices.class, here || insecure ? Devices.OPEN : Devices.REJECT);
    if (devices == Devices.OPEN && !here && !insecure) {
      settings.problem(
          "mqtt.devices",
          "open is for a loopback address; set mqtt.devices to park or reject and give devices"
              + " credentials (./hologrid devices create), or set mqtt.insecure: true");
    }
    return new Entry(devices, insecure);
  }

  /** Whether this names the machine itself. */
  public static boolean loopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  private static @Nullable Tls tls(Settings settings) {
    Path certificate = settings.at("mqtt.tls.certificate").pathOrNull();
    Path key = settings.at("mqtt.tls.key").pathOrNull();
    Path authority = settings.at("mqtt.tls.client-authority").pathOrNull();
    boolean required = settings.at("mqtt.tls.client-required").flag(authority != null);
    Path revoked = settings.at("mqtt.tls.revoked").pathOrNull();
    int port = settings.at("mqtt.tls.port").integer(-1, 65_535, 8883);
    if (certificate != null && key != null) {
      return new Tls(certificate, key, authority, required, revoked, port);
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
            .duration(Duration.ofSeconds(5), Duration.ofMinutes(5), otherwise.mostIdle),
        (int) settings.at("mqtt.packet-size").bytes(1 << 10, 64L << 20, otherwise.packet),
        settings.at("mqtt.in-flight").integer(1, 65_535, otherwise.inFlight),
        (int) settings.at("mqtt.in-flight-size").bytes(1 << 10, 64L << 20, otherwise.inFlightBytes),
        settings.at("mqtt.sessions").integer(0, 10_000_000, otherwise.sessions),
        settings.at("mqtt.unconnected").integer(10, 1_000_000, otherwise.unconnected));
  }

  private static Rates rates(Settings settings, Rates otherwise) {
    int most = 100_000_000;
    long mostBytes = 1L << 40;
    return new Rates(
        settings.at("mqtt.rates.connects").integer(0, most, otherwise.connects),
        settings.at("mqtt.rates.open").integer(0, most, otherwise.open),
        settings.at("mqtt.rates.messages").integer(0, most, otherwise.messages),
        settings.at("mqtt.rates.bytes").bytes(0, mostBytes, otherwise.bytes),
        settings.at("mqtt.rates.address-messages").integer(0, most, otherwise.addressMessages),
        settings.at("mqtt.rates.address-bytes").bytes(0, mostBytes, otherwise.addressBytes));
  }
}
