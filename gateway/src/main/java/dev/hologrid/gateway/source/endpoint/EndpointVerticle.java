package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.tls.ServerTls;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
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
  private final Handler<MqttEndpoint> connected;
  private volatile @Nullable MqttServer server;

  EndpointVerticle(EndpointConfig config, int port, Door door, Handler<MqttEndpoint> connected) {
    this.config = config;
    this.port = port;
    this.door = door;
    this.connected = connected;
  }

  @Override
  public Future<?> start() {
    MqttServer fresh = MqttServer.create(vertx, options());
    server = fresh;
    return fresh.endpointHandler(connected).exceptionHandler(ignored -> {}).listen();
  }

  @Override
  public Future<?> stop() {
    MqttServer open = server;
    return open == null ? Future.succeededFuture() : open.close();
  }

  int actualPort() {
    MqttServer open = server;
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
            .setTimeoutOnConnect((int) config.limits().connectWithin().toSeconds())
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
