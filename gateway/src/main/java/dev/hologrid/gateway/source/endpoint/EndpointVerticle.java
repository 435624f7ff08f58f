package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.tls.ServerTls;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.TrustOptions;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServerOptions;
import java.util.Set;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** One listening server on one event loop; several share a port. */
final class EndpointVerticle extends VerticleBase {
  /** One way to listen. */
  record Door(int port, @Nullable ServerTls tls) {}

  private final EndpointConfig config;
  private final int port;
  private final Door door;
  private final Lobby lobby;
  private final FullHouse fullHouse;
  private final Handler<MqttEndpoint> connected;
  private volatile @Nullable NetServer server;

  EndpointVerticle(
      EndpointConfig config,
      int port,
      Door door,
      Lobby lobby,
      FullHouse fullHouse,
      Handler<MqttEndpoint> connected) {
    this.config = config;
    this.port = port;
    this.door = door;
    this.lobby = lobby;
    this.fullHouse = fullHouse;
    this.connected = connected;
  }

  @Override
  public Future<?> start() {
    MqttServerOptions options = options();
    NetServer fresh = vertx.createNetServer(options);
    server = fresh;
    return fresh
        .connectHandler(new Arrivals(config, options, lobby, fullHouse, connected))
        .listen(port, config.listen().host());
  }

  @Override
  public Future<?> stop() {
    NetServer open = server;
    return open == null ? Future.succeededFuture() : open.close();
  }

  int actualPort() {
    NetServer open = server;
    return open == null ? port : open.actualPort();
  }

  private MqttServerOptions options() {
    MqttServerOptions options =
        new MqttServerOptions()
            .setHost(config.listen().host())
            .setPort(port)
            .setAutoClientId(true)
            .setMaxMessageSize(Greeting.FIRST_PACKET)
            .setMaxClientIdLength(Greeting.CLIENT_ID_BYTES)
            .setUseProxyProtocol(!config.proxies().isEmpty());
    options.setTcpNoDelay(true);
    options.setAcceptBacklog(4096);
    ServerTls tls = door.tls();
    if (tls != null) {
      options.setSsl(true).setKeyCertOptions(KeyCertOptions.wrap(tls.keys()));
      options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
      options.setSslHandshakeTimeout(config.limits().connectWithin().toSeconds());
      X509TrustManager clients = tls.clients();
      EndpointConfig.Tls asked = config.tls();
      if (clients != null && asked != null) {
        options
            .setClientAuth(asked.clientRequired() ? ClientAuth.REQUIRED : ClientAuth.REQUEST)
            .setTrustOptions(TrustOptions.wrap(clients));
      }
    }
    return options;
  }
}
