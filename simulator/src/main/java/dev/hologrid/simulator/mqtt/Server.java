package dev.hologrid.simulator.mqtt;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/** Where a gateway or broker listens. */
public record Server(String host, int port) {
  private static final int DEFAULT_PORT = 1883;

  /** Reads {@code mqtt://host:port} or {@code host:port}. */
  public static Server of(String text) {
    URI uri = URI.create(text.contains("://") ? text : "mqtt://" + text);
    if (uri.getHost() == null || !List.of("mqtt", "tcp").contains(uri.getScheme())) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an MQTT address; write mqtt://host:port");
    }
    return new Server(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }
}
