package dev.hologrid.gateway.http;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.tls.ServerTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The HTTP server: interface, live stream, console, health and metrics on one port. */
public final class HttpFront implements Component {
  private final Vertx vertx;
  private final HttpConfig config;
  private final HttpParts parts;
  private final ConnectionWatch watch;
  private final Requests requests = new Requests();
  private volatile @Nullable HttpServer server;
  private volatile @Nullable ServerTls certificate;
  private volatile String failure = "not started";
  private volatile long timer = -1;
  private volatile long feed = -1;

  /** A front that does not listen yet. */
  public HttpFront(Vertx vertx, HttpConfig config, HttpParts parts) {
    this.vertx = vertx;
    this.config = config;
    this.parts = parts;
    this.watch = new ConnectionWatch(config);
  }

  /** Listens; fails when the address is taken. */
  public Future<Void> start() {
    Contract contract = Contract.load();
    Router router = Router.router(vertx);
    Access access = Access.of(vertx, config, parts);
    Resources resources = Resources.of(vertx, parts, access, List.of(requests, this::write));
    new Routes(contract, access.gate(), watch, requests, parts.server().keys(), config.body())
        .mount(router, resources.all());
    HttpServerOptions options = options();
    ServerTls.Files files = config.tls();
    if (files != null) {
      try {
        ServerTls read =
            new ServerTls("http-certificate", files, parts.server().clock()::millis).start();
        certificate = read;
        options
            .setSsl(true)
            .setKeyCertOptions(KeyCertOptions.wrap(read.keys()))
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
      } catch (IOException e) {
        return Future.failedFuture(e);
      }
    }
    HttpServer made = vertx.createHttpServer(options);
    made.connectionHandler(watch::opened).requestHandler(router).invalidRequestHandler(null);
    return made.listen(config.port(), config.host())
        .onSuccess(
            up -> {
              server = up;
              failure = "";
              timer = watch.start(vertx);
              feed = resources.feed().start(vertx, resources.summary());
            })
        .onFailure(cause -> failure = "cannot listen: " + cause.getMessage())
        .mapEmpty();
  }

  private HttpServerOptions options() {
    HttpServerOptions options = new HttpServerOptions();
    options
        .setIdleTimeout((int) config.idle().toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setTcpNoDelay(true)
        .setReuseAddress(true);
    return options
        .setCompressionSupported(true)
        .setHttp2ClearTextEnabled(false)
        .setMaxInitialLineLength(8192)
        .setMaxHeaderSize(16_384)
        .setMaxFormAttributeSize(65_536)
        .setMaxFormFields(128)
        .setMaxWebSocketFrameSize(16_384)
        .setMaxWebSocketMessageSize(16_384)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false);
  }

  /** The port that it listens on. */
  public int port() {
    HttpServer up = server;
    if (up == null) {
      throw new IllegalStateException("the HTTP server does not listen: " + failure);
    }
    return up.actualPort();
  }

  /** When its certificate ends; null without transport security. */
  public @Nullable Instant certificateEnds() {
    ServerTls tls = certificate;
    return tls == null ? null : tls.expires();
  }

  private void write(MetricText out) {
    out.gauge("hologrid_http_connections", "Connections open")
        .sample("hologrid_http_connections", watch.connections());
    out.counter("hologrid_http_connections_closed_total", "Closed for dripping or for number")
        .sample("hologrid_http_connections_closed_total", (double) watch.closed());
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public Check check() {
    ServerTls tls = certificate;
    return server == null ? Check.failed(failure) : tls == null ? Check.ok() : tls.check();
  }

  @Override
  public void close() {
    HttpServer up = server;
    server = null;
    failure = "stopped";
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      vertx.cancelTimer(feed);
    }
    ServerTls tls = certificate;
    if (tls != null) {
      tls.close();
    }
    if (up != null) {
      stop(up);
    }
  }

  private static void stop(HttpServer up) {
    try {
      up.close().await(5, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the HTTP server did not stop within 5 seconds", e);
    }
  }
}
