package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;

/**
 * What each test of {@code client_test.py} (Eclipse's interoperability suite, MQTT 3.1.1) looks at,
 * as far as an endpoint goes that takes readings in and delivers alerts. Named after those tests;
 * docs/mqtt-conformance.md tells them one by one.
 */
class Interoperability311Test extends Interoperability {
  @Test
  void test_basic() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    try (MqttClient client = new MqttClient(rig.url(), "basic", new MemoryPersistence())) {
      MqttConnectOptions options = new MqttConnectOptions();
      options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
      client.connect(options);
      client.subscribe(
          ALERTS,
          2,
          (topic, message) -> heard.add(new String(message.getPayload(), StandardCharsets.UTF_8)));
      for (int qos = 0; qos <= 2; qos++) {
        client.publish(TOPIC, Rig.n(qos), qos, false);
      }
      stored(0, 1, 2);
      assertThat(deliver(ALERT, "one")).isEqualTo(1);
      Rig.await("heard", () -> heard.equals(List.of("one")));
      client.disconnect();
    }
    try (Peer peer = open("wrong", Peer.Hello.three())) {
      peer.send(new PacketWriter().utf8("MQTT").u8(4).u8(2).u16(60).utf8("wrong").packet(0x10));
      assertThat(peer.ended()).as("a second CONNECT").isEqualTo(-1);
    }
    try (RawClient raw = new RawClient(rig.port(), 4)) {
      raw.raw(new PacketWriter().utf8("hi").u8(4).u8(2).u16(60).utf8("c").packet(0x10));
      assertThat(raw.ends()).as("a protocol of another name").isTrue();
    }
  }

  @Test
  void test_retained_messages() throws Exception {
    try (Peer peer = open("retain", Peer.Hello.three())) {
      peer.send(new PacketWriter().utf8(TOPIC).u16(1).raw(Rig.n(1)).packet(0x33));
      assertThat(peer.next().type()).isEqualTo(RawClient.PUBACK);
      assertThat(peer.subscribe(ALERTS, 2)).isEqualTo(1);
      peer.ping();
    }
    stored(1);
  }

  @Test
  void test_zero_length_clientid() throws Exception {
    try (Peer peer = Peer.open(rig.port(), "", Peer.Hello.three().clean(false))) {
      assertThat(peer.connack.code()).isEqualTo(2);
      assertThat(peer.ended()).isEqualTo(-1);
    }
    open("", Peer.Hello.three()).close();
  }

  @Test
  void test_offline_message_queueing() throws Exception {
    try (Peer peer = open("offline", Peer.Hello.three().clean(false))) {
      assertThat(peer.subscribe(ALERTS, 1)).isEqualTo(1);
      peer.disconnect();
    }
    gone();
    assertThat(deliver(ALERT, "one")).isEqualTo(1);
    deliver(ALERT, "two");
    try (Peer peer = open("offline", Peer.Hello.three().clean(false))) {
      assertThat(peer.sessionPresent()).isTrue();
      assertThat(peer.message().payload()).isEqualTo("one");
      assertThat(peer.message().payload()).isEqualTo("two");
    }
  }

  @Test
  void test_overlapping_subscriptions() throws Exception {
    try (Peer peer = open("overlap", Peer.Hello.three())) {
      peer.subscribe(ALERTS, 1);
      peer.subscribe("hologrid/v1/alerts/+", 0);
      assertThat(deliver(ALERT, "once")).isEqualTo(1);
      assertThat(peer.message().qos()).isEqualTo(1);
      peer.ping();
    }
  }

  @Test
  void test_keepalive() throws Exception {
    try (Peer peer =
        open("alive", Peer.Hello.three().keepAlive(1).will(TOPIC + "/status", "offline", none()))) {
      peer.ping();
      assertThat(peer.ended()).isEqualTo(-1);
    }
    Rig.await("will", () -> rig.endpoint.counts().wills() == 1);
    assertThat(rig.endpoint.counts().silent()).isEqualTo(1);
  }

  @Test
  void test_redelivery_on_reconnect() throws Exception {
    try (Peer peer = open("again", Peer.Hello.three().clean(false))) {
      peer.subscribe(ALERTS, 1);
      deliver(ALERT, "one");
      assertThat(peer.message().again()).isFalse();
      peer.publish(2, 9, TOPIC, none(), n(1));
      assertThat(peer.next().type()).isEqualTo(RawClient.PUBREC);
    }
    gone();
    try (Peer peer = open("again", Peer.Hello.three().clean(false))) {
      Peer.Message again = peer.message();
      assertThat(again.again()).isTrue();
      assertThat(again.payload()).isEqualTo("one");
      peer.ack(again);
      peer.publish(2, true, 9, TOPIC, none(), n(1));
      assertThat(peer.next().type()).isEqualTo(RawClient.PUBREC);
      peer.send(new PacketWriter().u16(9).packet(0x62));
      assertThat(peer.next().type()).isEqualTo(RawClient.PUBCOMP);
    }
    stored(1);
  }

  @Test
  void test_dollar_topics() throws Exception {
    try (Peer peer = open("dollar", Peer.Hello.three())) {
      assertThat(peer.subscribe("+/x", 1)).isEqualTo(0x80);
      assertThat(peer.subscribe("#", 1)).isEqualTo(0x80);
      assertThat(peer.subscribe("$SYS/#", 1)).isEqualTo(0x80);
    }
  }

  @Test
  void test_unsubscribe() throws Exception {
    try (Peer peer = open("un", Peer.Hello.three())) {
      peer.subscribe("hologrid/v1/alerts/a", 1);
      peer.subscribe("hologrid/v1/alerts/b", 1);
      peer.unsubscribe("hologrid/v1/alerts/a");
      assertThat(deliver("hologrid/v1/alerts/a", "a")).isZero();
      assertThat(deliver("hologrid/v1/alerts/b", "b")).isEqualTo(1);
      assertThat(peer.message().payload()).isEqualTo("b");
    }
  }

  @Test
  void test_subscribe_failure() throws Exception {
    try (Peer peer = open("sub", Peer.Hello.three())) {
      assertThat(peer.subscribe("test/nosubscribe", 2)).isEqualTo(0x80);
      assertThat(peer.subscribe(ALERTS, 1)).as("the connection goes on").isEqualTo(1);
    }
  }
}
