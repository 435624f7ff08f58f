package dev.hologrid.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes connections that drip: a byte now and then keeps any idle timer quiet, so the time to a
 * whole request is watched instead. Also caps how many are open.
 */
final class ConnectionWatch {
  private final Map<HttpConnection, State> open = new ConcurrentHashMap<>();
  private final AtomicLong closed = new AtomicLong();
  private final HttpConfig config;

  ConnectionWatch(HttpConfig config) {
    this.config = config;
  }

  private static final class State {
    // -1 while a whole request is being answered; written by the connection's loop
    volatile long waitingSince = System.nanoTime();
    volatile boolean asked;
  }

  void opened(HttpConnection connection) {
    if (open.size() >= config.connections()) {
      closed.incrementAndGet();
      connection.close();
      return;
    }
    open.put(connection, new State());
    connection.closeHandler(ignored -> open.remove(connection));
  }

  /** The head of a request came in; its body must follow in time. */
  void head(HttpServerRequest request) {
    State state = open.get(request.connection());
    if (state == null) {
      return;
    }
    state.waitingSince = System.nanoTime();
    state.asked = false;
    request.response().endHandler(ignored -> done(state));
  }

  /** The whole request is here. */
  void whole(HttpServerRequest request) {
    State state = open.get(request.connection());
    if (state != null) {
      state.waitingSince = -1;
    }
  }

  private static void done(State state) {
    state.asked = true;
    state.waitingSince = System.nanoTime();
  }

  long start(Vertx vertx) {
    return vertx.setPeriodic(500, ignored -> sweep());
  }

  private void sweep() {
    long now = System.nanoTime();
    open.forEach(
        (connection, state) -> {
          long since = state.waitingSince;
          long limit = (state.asked ? config.idle() : config.header()).toNanos();
          if (since >= 0 && now - since > limit) {
            closed.incrementAndGet();
            Cut.now(connection);
          }
        });
  }

  int connections() {
    return open.size();
  }

  /** Connections closed because they dripped or because there were too many. */
  long closed() {
    return closed.get();
  }
}
