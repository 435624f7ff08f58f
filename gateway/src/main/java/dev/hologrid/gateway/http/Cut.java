package dev.hologrid.gateway.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;

/**
 * Ends a connection at once. An orderly close waits until all that was written went out, which for
 * a peer that takes nothing is never.
 */
final class Cut {
  private Cut() {}

  static void now(HttpConnection connection) {
    if (connection instanceof VertxConnection known) {
      known.channel().close();
    } else {
      connection.close();
    }
  }
}
