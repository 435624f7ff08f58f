package dev.hologrid.gateway.source.endpoint;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One listening server on one event loop; several share a port. */
final class EndpointVerticle extends VerticleBase {
  private final EndpointConfig config;
  private final int port;
  private final boolean webSocket;
  private final Handler<MqttEndpoint> connected;
  private volatile @Nullable MqttServer server;

  EndpointVerticle(
      EndpointConfig config, int port, boolean webSocket, Handler<MqttEndpoint> connected) {
    this.config = config;
    this.port = port;
    this.webSocket = webSocket;
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
            .setHost(config.host())
            .setPort(port)
            .setAutoClientId(true)
            .setMaxMessageSize(Greeting.FIRST_PACKET)
            .setMaxClientIdLength(Greeting.CLIENT_ID_BYTES)
            .setTimeoutOnConnect((int) config.limits().connectWithin().toSeconds())
            .setUseProxyProtocol(config.proxyProtocol())
            .setUseWebSocket(webSocket)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false);
    options.setTcpNoDelay(true);
    options.setAcceptBacklog(4096);
    EndpointConfig.Tls tls = config.tls();
    if (tls != null) {
      options
          .setSsl(true)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .setCertPath(tls.certificate().toString())
                  .setKeyPath(tls.key().toString()));
      options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
      if (tls.clientAuthority() != null) {
        options
            .setClientAuth(ClientAuth.REQUIRED)
            .setTrustOptions(new PemTrustOptions().addCertPath(tls.clientAuthority().toString()));
      }
    }
    return options;
  }
}
