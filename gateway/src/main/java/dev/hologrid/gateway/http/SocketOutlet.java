package dev.hologrid.gateway.http;

import dev.hologrid.gateway.stream.Frame;
import dev.hologrid.gateway.stream.Outlet;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;

/** A WebSocket that only we write to. */
record SocketOutlet(ServerWebSocket socket, HttpConnection connection) implements Outlet {
  private static final short TRY_AGAIN_LATER = 1013;

  @Override
  public Buffer form(Frame frame) {
    return frame.text();
  }

  @Override
  public boolean joins() {
    return false;
  }

  @Override
  public void write(Buffer bytes) {
    socket.writeTextMessage(bytes.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void heartbeat() {
    socket.writePing(Buffer.buffer());
  }

  @Override
  public boolean full() {
    return socket.isClosed() || socket.writeQueueFull();
  }

  @Override
  public void onDrain(Runnable then) {
    socket.drainHandler(ignored -> then.run());
  }

  @Override
  public void end(String why) {
    if (socket.writeQueueFull()) {
      Cut.now(connection); // a closing frame would wait behind what it does not take
    } else if (!socket.isClosed()) {
      socket.close(TRY_AGAIN_LATER, why);
    }
  }
}
