package dev.hologrid.gateway.notify;

import dev.hologrid.gateway.incident.Outbox.Notice;
import io.vertx.core.Future;

/** One target of notifications. */
public interface Channel {
  /** The name in the configuration, in the outbox and in messages. */
  String name();

  /** Sends one notice; fails when the target did not take it, and it comes again. */
  Future<Void> send(Notice notice);

  /** Lets go of connections. */
  default void close() {}
}
