package dev.hologrid.gateway.notify;

import dev.hologrid.gateway.incident.Outbox.Notice;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One target of notifications. */
public interface Channel {
  /** The name in the configuration, in the outbox and in messages. */
  String name();

  /** Sends one notice; fails when the target did not take it, and it comes again. */
  Future<Void> send(Notice notice);

  /**
   * How often {@link #again} is to be called, for targets that forget what they are not told again.
   */
  default Optional<Duration> refresh() {
    return Optional.empty();
  }

  /** Tells again what stands: the latest notice that was sent of each of some open incidents. */
  default Future<Void> again(List<Notice> latest) {
    return Future.succeededFuture();
  }

  /** Lets go of connections. */
  default void close() {}
}
