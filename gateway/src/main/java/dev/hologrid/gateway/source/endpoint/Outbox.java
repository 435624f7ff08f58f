package dev.hologrid.gateway.source.endpoint;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.buffer.Buffer;
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

  /** A message in flight; the packet id is given when it is sent. */
  private record Message(String topic, byte[] payload, int qos) {}

  /**
   * The connection that the session has now.
   *
   * @param window messages of QoS 1 in flight at most
   * @param packet bytes of a packet at most
   */
  record Link(Connection connection, MqttEndpoint endpoint, int window, long packet) {
    /** From the properties of a CONNECT. */
    static Link of(Connection connection, MqttEndpoint endpoint) {
      return new Link(
          connection,
          endpoint,
          (int) Math.min(WINDOW, Properties.number(endpoint, Properties.RECEIVE_MAXIMUM, 65_535)),
          Properties.number(endpoint, Properties.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE));
    }
  }

  private final DeviceGate.Admitted who;
  private final Map<String, Integer> filters = new LinkedHashMap<>(0);
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
  synchronized boolean add(String filter, int qos) {
    if (!filters.containsKey(filter) && filters.size() >= MOST_FILTERS) {
      return false;
    }
    filters.put(filter, qos);
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
  boolean offer(String topic, byte[] payload) {
    Link now;
    boolean overflow = false;
    synchronized (this) {
      int qos = qos(topic);
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
        waiting.add(new Message(topic, payload, qos));
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

  private int qos(String topic) {
    int qos = -1;
    for (Map.Entry<String, Integer> each : filters.entrySet()) {
      if (each.getValue() > qos && TopicFilter.matches(each.getKey(), topic)) {
        qos = each.getValue();
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
    if (message.payload().length + message.topic().length() + 16L > to.packet()) {
      acked(id); // the client takes no packet of this size: as if it had been sent
      return;
    }
    Buffer payload = Buffer.buffer(message.payload());
    if (message.qos() == 0) {
      to.endpoint().publish(message.topic(), payload, MqttQoS.AT_MOST_ONCE, false, false);
    } else {
      to.endpoint().publish(message.topic(), payload, MqttQoS.AT_LEAST_ONCE, again, false, id);
    }
  }

  /** On the event loop: a PUBACK. */
  void acked(int id) {
    synchronized (this) {
      if (unacked.remove(id) == null) {
        return;
      }
    }
    flush();
  }
}
