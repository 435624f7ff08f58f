package dev.hologrid.gateway.http;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;

/**
 * Ends a connection at once. An orderly close, also {@code Channel.close()}, passes Vert.x's
 * handler, which waits until all that was written went out: for a peer that takes nothing, never.
 */
final class Cut {
  private Cut() {}

  static void now(HttpConnection connection) {
    if (connection instanceof VertxConnection known) {
      Channel channel = known.channel();
      channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
    } else {
      connection.close();
    }
  }
}
