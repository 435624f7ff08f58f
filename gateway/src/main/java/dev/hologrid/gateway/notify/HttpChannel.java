package dev.hologrid.gateway.notify;

import dev.hologrid.gateway.config.Secret;
import dev.hologrid.gateway.incident.Outbox.Notice;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A target that is posted to over HTTP; what is posted depends on its {@link Format}. */
public final class HttpChannel implements Channel {
  private static final int LONGEST_ANSWER = 64 * 1024;
  private static final int SECONDS = 10;

  private final Vertx vertx;
  private final HttpClient client;
  private final Target target;
  private final AddressGuard guard;
  private final InstantSource clock;

  /** Where and how. */
  public record Target(String name, URI address, Format format, Secret secret) {}

  public HttpChannel(Vertx vertx, Target target, AddressGuard guard, InstantSource clock) {
    this.vertx = vertx;
    this.target = target;
    this.guard = guard;
    this.clock = clock;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(SECONDS * 1000)
                .setIdleTimeout(SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS));
  }

  @Override
  public String name() {
    return target.name();
  }

  @Override
  public Future<Void> send(Notice notice) {
    return post(
        target.format().post(target.address(), target.secret().reveal(), notice, clock.millis()),
        Map.of("Idempotency-Key", notice.key()));
  }

  @Override
  public Optional<Duration> refresh() {
    return target.format().refresh();
  }

  @Override
  public Future<Void> again(List<Notice> latest) {
    return post(target.format().again(target.address(), latest, clock.millis()), Map.of());
  }

  private Future<Void> post(Format.Post post, Map<String, String> headers) {
    return vertx
        .executeBlocking(() -> guard.resolve(post.to()), false)
        .compose(address -> client.request(options(post, address)))
        .compose(request -> post(request, post, headers))
        .timeout(2L * SECONDS, TimeUnit.SECONDS);
  }

  /** Connects to the judged address; the name stays in SNI and in the Host header. */
  private static RequestOptions options(Format.Post post, InetAddress address) {
    URI to = post.to();
    boolean tls = "https".equals(to.getScheme());
    int port = to.getPort() > 0 ? to.getPort() : tls ? 443 : 80;
    String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
        .setHost(to.getHost())
        .setPort(port)
        .setSsl(tls)
        .setFollowRedirects(false)
        .setURI(to.getRawQuery() == null ? path : path + "?" + to.getRawQuery());
  }

  private Future<Void> post(
      HttpClientRequest request, Format.Post post, Map<String, String> headers) {
    request.putHeader("Content-Type", "application/json; charset=utf-8");
    headers.forEach(request::putHeader);
    post.headers().forEach(request::putHeader);
    return request.send(Buffer.buffer(post.body())).compose(this::answer);
  }

  private Future<Void> answer(HttpClientResponse response) {
    Promise<String> text = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(
        part -> {
          body.appendBuffer(part);
          if (body.length() > LONGEST_ANSWER) {
            text.tryFail("the answer is longer than " + LONGEST_ANSWER + " bytes");
            var unused = response.request().reset();
          }
        });
    response.exceptionHandler(text::tryFail);
    response.endHandler(ignored -> text.tryComplete(body.toString()));
    int status = response.statusCode();
    return text.future()
        .compose(
            answer ->
                status / 100 == 2 && target.format().taken(answer)
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        "answered " + status + (status / 100 == 2 ? " with a refusal" : "")));
  }

  @Override
  public void close() {
    var unused = client.close();
  }
}
