package dev.hologrid.gateway.source.endpoint;

import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one session has subscribed to, and what is on its way to it. It belongs to the session and
 * outlives its connections: a client that comes back to a present session has missed nothing of QoS
 * 1. One that takes too little is not sent less: its session ends, and it is told so. Safe for use
 * by many threads.
 */
final class Outbox {
  private static final int MOST_WAITING = 1_000;
  private static final int WINDOW = 100;
  private static final int MOST_FILTERS = 64;

  /**
   * What a filter was granted.
   *
   * @param id the client's subscription identifier; 0: none
   */
  private record Grant(int qos, int id) {}

  /**
   * A message in flight; the packet id is given when it is sent.
   *
   * @param ids the identifiers of the subscriptions that it is sent for
   */
  private record Message(Outgoing sent, int qos, List<Integer> ids) {}

  /**
   * The connection that the session has now.
   *
   * @param window messages of QoS 1 in flight at most
   * @param packet bytes of a packet at most
   * @param aliases topics that the client knows by number
   */
  record Link(
      Connection connection, MqttEndpoint endpoint, int window, long packet, Aliases aliases) {
    /** From the properties of a CONNECT. */
    static Link of(Connection connection, MqttEndpoint endpoint) {
      return new Link(
          connection,
          endpoint,
          (int) Math.min(WINDOW, Properties.number(endpoint, Properties.RECEIVE_MAXIMUM, 65_535)),
          Properties.number(endpoint, Properties.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE),
          new Aliases(Properties.number(endpoint, Properties.TOPIC_ALIAS_MAXIMUM, 0)));
    }
  }

  private final DeviceGate.Admitted who;
  private final Map<String, Grant> filters = new LinkedHashMap<>(0);
  private final ArrayDeque<Message> waiting = new ArrayDeque<>(0);
  private final Map<Integer, Message> unacked = new LinkedHashMap<>(0);
  private @Nullable Link link;
  private boolean lost;
  private int lastId;

  Outbox(DeviceGate.Admitted who) {
    this.who = who;
  }

  DeviceGate.Admitted who() {
    return who;
  }

  /** Adds a filter; false when there are too many. */
  synchronized boolean add(String filter, int qos, int id) {
    if (!filters.containsKey(filter) && filters.size() >= MOST_FILTERS) {
      return false;
    }
    filters.put(filter, new Grant(qos, id));
    return true;
  }

  synchronized boolean remove(String filter) {
    return filters.remove(filter) != null;
  }

  synchronized List<String> filters() {
    return new ArrayList<>(filters.keySet());
  }

  /** True when something of QoS 1 could not be kept: the session must not be gone on with. */
  synchronized boolean lost() {
    return lost;
  }

  /** On the connection's event loop, after its CONNACK: what was not acknowledged comes again. */
  void connected(Link fresh) {
    List<Map.Entry<Integer, Message>> again;
    synchronized (this) {
      link = fresh;
      again = List.copyOf(unacked.entrySet());
    }
    again.forEach(each -> write(fresh, each.getKey(), each.getValue(), true));
    flush();
  }

  /** The connection has gone; another may have taken its place. */
  synchronized void disconnected(Connection connection) {
    if (link != null && link.connection() == connection) {
      link = null;
    }
  }

  /** Takes a message if it is for one of the filters; any thread. */
  boolean offer(Outgoing message) {
    Link now;
    boolean overflow = false;
    synchronized (this) {
      List<Integer> ids = new ArrayList<>(0);
      int qos = qos(message.topic(), ids);
      if (qos < 0 || lost || qos == 0 && link == null) {
        return false;
      }
      now = link;
      if (waiting.size() >= MOST_WAITING) {
        if (qos == 0) {
          return false;
        }
        overflow = true;
        lost = true;
        waiting.clear();
      } else {
        waiting.add(new Message(message, qos, ids));
      }
    }
    if (now != null) {
      if (overflow) {
        now.connection().close(MqttDisconnectReasonCode.QUOTA_EXCEEDED);
      } else {
        now.connection().execute(this::flush);
      }
    }
    return !overflow;
  }

  /**
   * The best that any filter was granted for this topic, or -1; notes what the filters are called.
   */
  private int qos(String topic, List<Integer> ids) {
    int qos = -1;
    for (Map.Entry<String, Grant> each : filters.entrySet()) {
      if (TopicFilter.matches(each.getKey(), topic)) {
        qos = Math.max(qos, each.getValue().qos());
        if (each.getValue().id() > 0) {
          ids.add(each.getValue().id());
        }
      }
    }
    return qos;
  }

  /** On the event loop: sends what may be sent. */
  void flush() {
    while (true) {
      Link now;
      Message next;
      int id = 0;
      synchronized (this) {
        now = link;
        next = waiting.peek();
        if (now == null || next == null || !now.connection().writable()) {
          return;
        }
        if (next.sent().ended(System.nanoTime())) {
          waiting.poll();
          continue;
        }
        if (next.qos() > 0) {
          if (unacked.size() >= now.window()) {
            return;
          }
          id = nextId();
          unacked.put(id, next);
        }
        waiting.poll();
      }
      write(now, id, next, false);
    }
  }

  private int nextId() {
    do {
      lastId = lastId % 65_535 + 1;
    } while (unacked.containsKey(lastId));
    return lastId;
  }

  private void write(Link to, int id, Message message, boolean again) {
    if (!to.endpoint().isConnected()) {
      return;
    }
    Outgoing sent = message.sent();
    if (sent.ended(System.nanoTime())) {
      forget(id);
      return;
    }
    MqttPublishMessage packet = Packets.publish(sent, message.qos(), id, again, message.ids(), to);
    if (Packets.bytes(packet) > to.packet()) {
      packet.release();
      forget(id); // the client takes no packet of this size: as if it had been sent
      return;
    }
    to.connection().send(packet);
  }

  private synchronized void forget(int id) {
    unacked.remove(id);
  }

  /** On the event loop: a PUBACK. */
  void acked(int id) {
    Message message;
    synchronized (this) {
      message = unacked.remove(id);
    }
    if (message != null) {
      Outgoing.Request request = message.sent().request();
      if (request != null) {
        request.taken().run();
      }
      flush();
    }
  }
}
