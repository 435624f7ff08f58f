package dev.hologrid.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ThreadLocalRandom;

/** What every response says to browsers, and the request's number in logs. */
final class Headers implements Handler<RoutingContext> {
  static final String REQUEST = "X-Request-Id";
  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
  private static final String CONSOLE =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " font-src 'self'; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self';"
          + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  @Override
  public void handle(RoutingContext context) {
    HttpServerResponse response = context.response();
    boolean machine = Paths.machine(context.request().path());
    response
        .putHeader(REQUEST, Long.toHexString(ThreadLocalRandom.current().nextLong()))
        .putHeader("Content-Security-Policy", machine ? NOTHING : CONSOLE)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Permissions-Policy", "camera=(), microphone=(), payment=()");
    if (machine) {
      response.putHeader("Cache-Control", "no-store");
    }
    context.next();
  }
}
