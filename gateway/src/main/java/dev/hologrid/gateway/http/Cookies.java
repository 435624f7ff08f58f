package dev.hologrid.gateway.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Cookies of this server: sent back over TLS or loopback alone, and out of reach of scripts. */
final class Cookies {
  private Cookies() {}

  /** What a browser sent, or null. */
  static @Nullable String read(HttpServerRequest request, String name) {
    Cookie cookie = request.getCookie(name);
    return cookie == null ? null : cookie.getValue();
  }

  /** The value of {@code Set-Cookie} for as long as the browser is open. */
  static String set(String name, String value) {
    return name + "=" + value + "; Path=/; Secure; HttpOnly; SameSite=Lax";
  }

  /** The same for so long. */
  static String set(String name, String value, long seconds) {
    return set(name, value) + "; Max-Age=" + seconds;
  }

  static String remove(String name) {
    return set(name, "", 0);
  }
}
