package dev.hologrid.gateway.http;

import dev.hologrid.gateway.stream.Frame;
import dev.hologrid.gateway.stream.Outlet;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;

/** A response that never ends. */
record SseOutlet(HttpServerResponse response, HttpConnection connection) implements Outlet {
  private static final Buffer BEAT = Buffer.buffer(": still here\n\n");

  @Override
  public Buffer form(Frame frame) {
    return frame.sse();
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public void write(Buffer bytes) {
    response.write(bytes);
  }

  @Override
  public void heartbeat() {
    response.write(BEAT);
  }

  @Override
  public boolean full() {
    return response.closed() || response.writeQueueFull();
  }

  @Override
  public void onDrain(Runnable then) {
    response.drainHandler(ignored -> then.run());
  }

  @Override
  public void end(String why) {
    Cut.now(connection);
  }
}
