package dev.hologrid.gateway.source.endpoint;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the connections of one event loop have in common: acknowledgements that became due are sent
 * in one task for all of them, one write for each connection, and connections that are not read
 * because too much waits for the disk are looked at again soon.
 */
final class AckLoop {
  private static final long LOOK_AGAIN_MS = 5;

  private final EventLoop loop;
  private final ConcurrentLinkedQueue<Connection> due = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  // Confined to the event loop.
  private final List<Connection> paused = new ArrayList<>();
  private final Topics topics = new Topics();
  private boolean looking;

  AckLoop(EventLoop loop) {
    this.loop = loop;
  }

  Topics topics() {
    return topics;
  }

  /** From any thread. */
  void due(Connection connection) {
    due.add(connection);
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      loop.execute(this::drain);
    }
  }

  private void drain() {
    scheduled.set(false);
    for (Connection each = due.poll(); each != null; each = due.poll()) {
      each.drain();
    }
  }

  /** On the event loop: has {@link Connection#mayRead} asked until it says yes. */
  void paused(Connection connection) {
    paused.add(connection);
    look();
  }

  private void look() {
    if (!looking && !paused.isEmpty()) {
      looking = true;
      loop.schedule(this::lookAgain, LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void lookAgain() {
    looking = false;
    paused.removeIf(Connection::mayRead);
    look();
  }
}
