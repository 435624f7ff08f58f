package dev.hologrid.gateway.stream;

import io.vertx.core.buffer.Buffer;

/** One viewer's connection, used on that connection's own event loop only. */
public interface Outlet {
  /** Which form of a frame goes over it. */
  Buffer form(Frame frame);

  /** True when frames may be joined into one write: an event stream, not a WebSocket. */
  boolean joins();

  void write(Buffer bytes);

  /** What keeps a quiet connection alive. */
  void heartbeat();

  /** True while the socket takes no more. */
  boolean full();

  /** Runs once the socket takes more again. */
  void onDrain(Runnable then);

  /** Closes it because the viewer reads too slowly, or because the server stops. */
  void end(String why);
}
