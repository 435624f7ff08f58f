package dev.hologrid.simulator.fleet;

import dev.hologrid.simulator.mqtt.Link;
import dev.hologrid.simulator.mqtt.Message;
import dev.hologrid.simulator.mqtt.Packet;
import dev.hologrid.simulator.mqtt.Server;
import dev.hologrid.simulator.site.Sensor;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;

/** One device with its own connection. Confined to its event loop. */
final class Device {
  private static final int WINDOW = 20;
  private static final int MOST_WAITING = 5_000;

  private final Sensor sensor;
  private final Behaviour behaviour;
  private final SplittableRandom random;
  private final Account account;
  private final Link link;
  private final byte[] topic;
  private final byte[] statusTopic;
  private long seq;
  private long lastTime;
  private boolean retired;
  private boolean alarmed;

  Device(Sensor sensor, Server server, EventLoop loop, SplittableRandom random, Account account) {
    this.sensor = sensor;
    this.random = random;
    this.behaviour = Behaviour.of(sensor.kind(), random);
    this.account = account;
    String name = "hologrid/v1/" + sensor.kind() + "/" + sensor.id();
    this.topic = name.getBytes(StandardCharsets.UTF_8);
    this.statusTopic = (name + "/status").getBytes(StandardCharsets.UTF_8);
    Packet.Will will = new Packet.Will(name + "/status", "offline");
    this.link = new Link(loop, new Link.Terms(server, sensor.id(), will, WINDOW), new Watch());
  }

  Sensor sensor() {
    return sensor;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  Link link() {
    return link;
  }

  /** Reports what it measures now. */
  void routine(long now) {
    report(now, behaviour.routine(now, random));
  }

  void ordinary(long now) {
    Map<String, Object> values = behaviour.ordinary(random);
    if (!values.isEmpty()) {
      report(now, values);
    }
  }

  /** A device's event times only grow, so that (device, time) names one message. */
  void report(long now, Map<String, Object> values) {
    if (retired) {
      return;
    }
    if (link.outstanding() >= MOST_WAITING) {
      account.skipped();
      return;
    }
    lastTime = Math.max(now, lastTime + 1);
    seq++;
    byte[] payload = Payload.of(lastTime, seq, values);
    link.publish(new Message(sensor.id(), seq, lastTime, topic, payload, false, sort(values)));
  }

  private Message.Sort sort(Map<String, Object> values) {
    boolean now = values.get("smoke") instanceof Boolean smoke ? smoke : alarmed;
    if (now == alarmed) {
      return Message.Sort.NORMAL;
    }
    alarmed = now;
    return now ? Message.Sort.ALARM_ON : Message.Sort.ALARM_OFF;
  }

  /** Measures nothing more; comes back if it was away with messages that nobody acknowledged. */
  void retire() {
    retired = true;
    if (link.outstanding() > 0) {
      link.open();
    }
  }

  /** Loses its connection, as seen by the server. */
  void drop() {
    if (!retired) {
      link.drop();
    }
  }

  private void status(String word) {
    seq++;
    byte[] payload = word.getBytes(StandardCharsets.UTF_8);
    link.publish(new Message(sensor.id(), seq, 0, statusTopic, payload, true));
  }

  private final class Watch implements Link.Listener {
    @Override
    public void up() {
      account.connected(1);
      status("online");
    }

    @Override
    public void down() {
      account.connected(-1);
    }

    @Override
    public void sent(Message message, boolean again) {
      account.sent(message, again);
    }

    @Override
    public void acked(Message message) {
      account.acked(message);
    }
  }
}
