package dev.hologrid.gateway.source.endpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a client id: which QoS 2 messages it has sent and not yet released, so that
 * each reaches the journal once however often it is sent. Kept in memory: after a restart of the
 * server the session is gone, and the client is told so. Safe for use by many threads.
 */
final class Session {
  final Outbox outbox;
  private final AtomicReference<@Nullable Will> will = new AtomicReference<>();
  private volatile long endsAt;

  Session(DeviceGate.Admitted who) {
    this.outbox = new Outbox(who);
  }

  /** The connection has gone, and the client may come back until then. */
  void keptUntil(long nanos) {
    endsAt = nanos;
  }

  private record Will(long dueAt, Runnable sent) {}

  /**
   * The connection has gone without a word, and this is to be done unless the client comes back.
   */
  void willLater(long nanos, Runnable sent) {
    will.set(new Will(nanos, sent));
  }

  /** Whether there is a will whose time has come. */
  boolean willDue(long nanos) {
    Will waiting = will.get();
    return waiting != null && waiting.dueAt - nanos <= 0;
  }

  /** Sends the will that waits, if one does. */
  void sendWill() {
    Will waiting = will.getAndSet(null);
    if (waiting != null) {
      waiting.sent.run();
    }
  }

  /** The client has come back in time. */
  void forgetWill() {
    will.set(null);
  }

  /** Whether a client that left can go on with it. */
  boolean goesOn(long nanos) {
    return endsAt - nanos > 0 && !outbox.lost();
  }

  private static final class Open {
    private boolean stored;
    private @Nullable List<Delivery> waiting;
  }

  private final Map<Integer, Open> open = new HashMap<>(0);

  /** What to do with a QoS 2 PUBLISH. */
  enum Arrival {
    NEW,
    KNOWN
  }

  /**
   * Notes a QoS 2 message; when it is known already, {@code delivery} is told as soon as it is
   * stored, at once if it is.
   */
  synchronized Arrival arrived(Delivery delivery) {
    Open known = open.get(delivery.packetId);
    if (known == null) {
      open.put(delivery.packetId, new Open());
      return Arrival.NEW;
    }
    if (known.stored) {
      delivery.stored();
    } else {
      List<Delivery> waiting = known.waiting == null ? new ArrayList<>(1) : known.waiting;
      waiting.add(delivery);
      known.waiting = waiting;
    }
    return Arrival.KNOWN;
  }

  synchronized void stored(int packetId) {
    Open known = open.get(packetId);
    if (known != null) {
      known.stored = true;
      if (known.waiting != null) {
        known.waiting.forEach(Delivery::stored);
        known.waiting = null;
      }
    }
  }

  synchronized void failed(int packetId, Throwable cause) {
    Open known = open.remove(packetId);
    if (known != null && known.waiting != null) {
      known.waiting.forEach(each -> each.failed(cause));
    }
  }

  /** PUBREL: the packet id may be used anew. False when it is not known. */
  synchronized boolean released(int packetId) {
    return open.remove(packetId) != null;
  }

  synchronized int size() {
    return open.size();
  }
}
