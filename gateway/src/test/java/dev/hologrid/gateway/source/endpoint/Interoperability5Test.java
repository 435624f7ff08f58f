package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.Test;

/**
 * What each test of {@code client_test5.py} (Eclipse's interoperability suite, MQTT 5) looks at, as
 * far as an endpoint goes that takes readings in and delivers alerts. Named after those tests;
 * docs/mqtt-conformance.md tells them one by one.
 */
class Interoperability5Test extends Interoperability {
  private static final int SERVER_KEEP_ALIVE = 0x13;
  private static final int ASSIGNED_CLIENT_ID = 0x12;
  private static final int ALIAS = 0x23;

  private static PacketWriter alias(int number) {
    return none().u8(ALIAS).u16(number);
  }

  private static PacketWriter subscriptionId(int number) {
    return none().u8(0x0B).length(number);
  }

  private static PacketWriter expiry(long seconds) {
    return none().u8(0x11).u32(seconds);
  }

  private void taken(PacketWriter properties) throws Exception {
    try (Peer peer = open("props", Peer.Hello.five())) {
      for (int qos = 0; qos <= 2; qos++) {
        peer.publish(qos, qos, TOPIC, properties, n(qos));
      }
      assertThat(peer.next().type()).isEqualTo(RawClient.PUBACK);
      assertThat(peer.next().type()).isEqualTo(RawClient.PUBREC);
    }
    stored(0, 1, 2);
  }

  @Test
  void test_basic() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    MqttClient client = new MqttClient(rig.url(), "basic", new MemoryPersistence());
    client.connect(new MqttConnectionOptions());
    IMqttMessageListener listener = (topic, message) -> heard.add(message.toString());
    assertThat(
            client
                .subscribe(
                    new MqttSubscription[] {new MqttSubscription(ALERTS, 2)},
                    new IMqttMessageListener[] {listener})
                .getReasonCodes())
        .containsExactly(1);
    for (int qos = 0; qos <= 2; qos++) {
      client.publish(TOPIC, Rig.n(qos), qos, false);
    }
    stored(0, 1, 2);
    deliver(ALERT, "one");
    Rig.await("heard", () -> heard.equals(List.of("one")));
    client.disconnect();
    client.close();
  }

  @Test
  void test_retained_message() throws Exception {
    try (Peer peer = open("retain", Peer.Hello.five())) {
      peer.send(none().utf8(TOPIC).u16(1).u8(0).raw(Rig.n(1)).packet(0x33));
      assertThat(peer.next().type()).isEqualTo(RawClient.PUBACK);
      peer.subscribe(ALERTS, 2);
      peer.ping();
    }
    stored(1);
  }

  @Test
  void test_will_message() throws Exception {
    PacketWriter user = none().u8(0x26).utf8("a").utf8("2").u8(0x26).utf8("c").utf8("3");
    try (Peer peer =
        open("will", Peer.Hello.five().keepAlive(1).will(TOPIC, n(1), user.u8(0x18).u32(0)))) {
      assertThat(peer.ended()).as("silence").isEqualTo(0x8D);
    }
    stored(1);
  }

  @Test
  void test_zero_length_clientid() throws Exception {
    for (boolean clean : new boolean[] {false, true}) {
      try (Peer peer = open("", Peer.Hello.five().clean(clean))) {
        assertThat(peer.said(ASSIGNED_CLIENT_ID)).isEqualTo(36);
      }
    }
    for (String named : List.of("client0", "0c0e9a9e-4b1d-4a3e-9b1c-000000000000")) {
      try (Peer peer = open(named, Peer.Hello.five())) {
        assertThat(peer.said(ASSIGNED_CLIENT_ID)).as("none for one with an id").isEqualTo(-1);
      }
    }
  }

  @Test
  void test_offline_message_queueing() throws Exception {
    Peer.Hello kept = Peer.Hello.five().clean(false).sessionExpiry(99_999);
    try (Peer peer = open("offline", kept)) {
      peer.subscribe(ALERTS, 1);
      peer.disconnect();
    }
    gone();
    deliver(ALERT, "one");
    deliver(ALERT, "two");
    try (Peer peer = open("offline", kept)) {
      assertThat(peer.sessionPresent()).isTrue();
      assertThat(peer.message().payload()).isEqualTo("one");
      assertThat(peer.message().payload()).isEqualTo("two");
    }
  }

  @Test
  void test_overlapping_subscriptions() throws Exception {
    try (Peer peer = open("overlap", Peer.Hello.five())) {
      peer.subscribe(ALERTS, 1);
      peer.subscribe("hologrid/v1/alerts/+", 0);
      assertThat(deliver(ALERT, "once")).isEqualTo(1);
      assertThat(peer.message().qos()).isEqualTo(1);
      peer.ping();
    }
  }

  @Test
  void test_keepalive() throws Exception {
    try (Peer peer = open("alive", Peer.Hello.five().keepAlive(1))) {
      peer.ping();
      assertThat(peer.ended()).isEqualTo(0x8D);
    }
  }

  @Test
  void test_redelivery_on_reconnect() throws Exception {
    Peer.Hello kept = Peer.Hello.five().clean(false).sessionExpiry(99_999);
    try (Peer peer = open("again", kept)) {
      peer.subscribe(ALERTS, 1);
      deliver(ALERT, "one");
      assertThat(peer.message().again()).isFalse();
      peer.publish(2, 9, TOPIC, none(), n(1));
      assertThat(peer.next().type()).isEqualTo(RawClient.PUBREC);
    }
    gone();
    try (Peer peer = open("again", kept)) {
      Peer.Message again = peer.message();
      assertThat(again.again()).isTrue();
      peer.ack(again);
      peer.publish(2, true, 9, TOPIC, none(), n(1));
      assertThat(peer.next().type()).isEqualTo(RawClient.PUBREC);
    }
    stored(1);
  }

  @Test
  void test_subscribe_failure() throws Exception {
    try (Peer peer = open("sub", Peer.Hello.five())) {
      assertThat(peer.subscribe("test/nosubscribe", 2)).isEqualTo(0x87);
      assertThat(peer.subscribe("test/#/nosubscribe", 2)).isEqualTo(0x8F);
    }
  }

  @Test
  void test_dollar_topics() throws Exception {
    try (Peer peer = open("dollar", Peer.Hello.five())) {
      assertThat(peer.subscribe("+/x", 1)).isEqualTo(0x87);
      assertThat(peer.subscribe("#", 1)).isEqualTo(0x87);
      assertThat(peer.subscribe("$SYS/#", 1)).isEqualTo(0x87);
    }
  }

  @Test
  void test_unsubscribe() throws Exception {
    try (Peer peer = open("un", Peer.Hello.five())) {
      peer.subscribe("hologrid/v1/alerts/a", 1);
      peer.subscribe("hologrid/v1/alerts/b", 1);
      assertThat(peer.unsubscribe("hologrid/v1/alerts/a")).isZero();
      assertThat(peer.unsubscribe("hologrid/v1/alerts/a")).isEqualTo(0x11);
      assertThat(deliver("hologrid/v1/alerts/a", "a")).isZero();
      deliver("hologrid/v1/alerts/b", "b");
      assertThat(peer.message().payload()).isEqualTo("b");
    }
  }

  @Test
  void test_session_expiry() throws Exception {
    assertThat(comesBack(Peer.Hello.five().clean(false), null)).as("none").isFalse();
    Peer.Hello kept = Peer.Hello.five().clean(false).sessionExpiry(60);
    assertThat(comesBack(kept, null)).isFalse();
    assertThat(comesBack(kept, null)).as("kept").isTrue();
    assertThat(comesBack(kept, expiry(1))).as("shorter at the good-bye").isTrue();
    Rig.await("expired", () -> rig.endpoint.keptSessions() == 0);
    assertThat(comesBack(Peer.Hello.five().clean(false).sessionExpiry(1), expiry(60))).isFalse();
    assertThat(comesBack(kept, expiry(0))).as("longer at the good-bye").isTrue();
    assertThat(comesBack(kept, null)).as("ended by the good-bye").isFalse();
    try (Peer peer = open("none", Peer.Hello.five())) {
      peer.send(none().u8(0).block(expiry(5)).packet(0xE0));
      assertThat(peer.ended()).as("was none, cannot become one").isEqualTo(0x82);
    }
  }

  private boolean comesBack(Peer.Hello hello, PacketWriter last) throws Exception {
    try (Peer peer = open("expiry", hello)) {
      peer.disconnect(0, last == null ? none() : last);
      gone();
      return peer.sessionPresent();
    }
  }

  @Test
  void test_shared_subscriptions() throws Exception {
    try (Peer peer = open("share", Peer.Hello.five())) {
      assertThat(peer.said(0x2A)).as("Shared Subscription Available").isZero();
      assertThat(peer.subscribe("$share/sharename/" + ALERTS, 1)).isEqualTo(0x9E);
    }
  }

  @Test
  void test_user_properties() throws Exception {
    taken(none().u8(0x26).utf8("a").utf8("2").u8(0x26).utf8("c").utf8("3"));
    PacketWriter many = none();
    for (int i = 0; i <= Properties.MOST_OF_USERS; i++) {
      many.u8(0x26).utf8("k").utf8("v");
    }
    try (Peer peer = open("many", Peer.Hello.five())) {
      peer.publish(1, 1, TOPIC, many, n(9));
      assertThat(peer.ended()).isEqualTo(0x97);
    }
  }

  @Test
  void test_payload_format() throws Exception {
    taken(none().u8(0x01).u8(1).u8(0x03).utf8("application/json"));
  }

  @Test
  void test_publication_expiry() throws Exception {
    taken(none().u8(0x02).u32(1));
    Peer.Hello kept = Peer.Hello.five().clean(false).sessionExpiry(60);
    try (Peer peer = open("late", kept)) {
      peer.subscribe(ALERTS, 1);
    }
    gone();
    long now = System.nanoTime();
    byte[] id = {1};
    for (long end : new long[] {now, now + TimeUnit.MINUTES.toNanos(1)}) {
      rig.endpoint.deliver(
          new Outgoing(ALERT, new byte[] {'x'}, new Outgoing.Request("answers", id, end, () -> {})),
          who -> true);
    }
    try (Peer peer = open("late", kept)) {
      Peer.Message message = peer.message();
      assertThat(message.properties().get(0x02)).isBetween(50L, 60L);
      peer.ping();
    }
  }

  @Test
  void test_subscribe_options() throws Exception {
    try (Peer peer = open("options", Peer.Hello.five())) {
      assertThat(peer.subscribe(ALERTS, 1 | 4)).as("no local").isEqualTo(1);
      assertThat(peer.subscribe(ALERTS, 1 | 8)).as("retain as published").isEqualTo(1);
      for (int handling = 0; handling <= 2; handling++) {
        assertThat(peer.subscribe(ALERTS, 1 | handling << 4)).isEqualTo(1);
      }
      peer.ping();
    }
  }

  @Test
  void test_assigned_clientid() throws Exception {
    Peer.Hello kept = Peer.Hello.five().clean(false).sessionExpiry(60);
    String given;
    try (Peer peer = open("", kept)) {
      byte[] body = peer.connack.body();
      String all = new String(body, java.nio.charset.StandardCharsets.ISO_8859_1);
      int at = all.indexOf("\u0012\u0000\u0024");
      given = all.substring(at + 3, at + 3 + 36);
      peer.disconnect();
    }
    gone();
    try (Peer peer = open(given, kept)) {
      assertThat(peer.sessionPresent()).isTrue();
      assertThat(peer.said(ASSIGNED_CLIENT_ID)).isEqualTo(-1);
    }
  }

  @Test
  void test_subscribe_identifiers() throws Exception {
    try (Peer peer = open("ids", Peer.Hello.five())) {
      peer.subscribe(ALERTS, 1, subscriptionId(456_789));
      deliver(ALERT, "x");
      assertThat(peer.message().properties()).containsEntry(0x0B, 456_789L);
      peer.subscribe(ALERTS, 1);
      deliver(ALERT, "x");
      assertThat(peer.message().properties()).doesNotContainKey(0x0B);
      peer.send(none().u16(1).block(subscriptionId(0)).utf8(ALERTS).u8(1).packet(0x82));
      assertThat(peer.ended()).isEqualTo(0x82);
    }
  }

  @Test
  void test_request_response() throws Exception {
    try (Peer peer = open("ask", Peer.Hello.five())) {
      peer.subscribe(ALERTS, 1);
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      boolean[] taken = {false};
      rig.endpoint.deliver(
          new Outgoing(
              ALERT,
              new byte[] {'?'},
              new Outgoing.Request("answers", new byte[] {3, 3, 4}, end, () -> taken[0] = true)),
          who -> true);
      Peer.Message asked = peer.message();
      assertThat(asked.properties()).containsEntry(0x08, 7L).containsEntry(0x09, 3L);
      peer.ack(asked);
      peer.ping();
      assertThat(taken[0]).isTrue();
    }
    taken(none().u8(0x08).utf8("answers").u8(0x09).binary(new byte[] {1}));
  }

  @Test
  void test_client_topic_alias() throws Exception {
    for (int wrong : new int[] {0, 17}) {
      try (Peer peer = open("alias", Peer.Hello.five())) {
        assertThat(peer.said(0x22)).as("Topic Alias Maximum").isEqualTo(16);
        peer.publish(1, 1, TOPIC, alias(wrong), n(9));
        assertThat(peer.ended()).isEqualTo(0x94);
      }
    }
    try (Peer peer = open("alias", Peer.Hello.five())) {
      peer.publish(1, 1, TOPIC, alias(1), n(1));
      peer.publish(1, 2, "", alias(1), n(2));
      peer.publish(1, 3, "hologrid/v1/smoke/d-2", alias(1), n(3));
      peer.publish(1, 4, "", alias(1), n(4));
      for (int id = 1; id <= 4; id++) {
        assertThat(peer.next().id()).isEqualTo(id);
      }
    }
    assertThat(rig.numbers("d-1")).containsExactly(1, 2);
    assertThat(rig.numbers("d-2")).containsExactly(3, 4);
    try (Peer peer = open("alias", Peer.Hello.five())) {
      peer.publish(1, 1, "", alias(1), n(5));
      assertThat(peer.ended()).as("a connection begins without aliases").isEqualTo(0x82);
    }
    try (Peer peer = open("alias", Peer.Hello.five())) {
      peer.publish(1, 1, "x/".repeat(200), alias(1), n(5));
      assertThat(peer.ended()).isEqualTo(0x90);
    }
  }

  @Test
  void test_server_topic_alias() throws Exception {
    try (Peer peer = open("alias", Peer.Hello.five().with(none().u8(0x22).u16(1)))) {
      peer.subscribe(ALERTS, 0);
      deliver(ALERT, "a");
      deliver(ALERT, "b");
      deliver("hologrid/v1/alerts/y", "c");
      Peer.Message first = peer.message();
      assertThat(first.topic()).isEqualTo(ALERT);
      assertThat(first.properties()).containsEntry(ALIAS, 1L);
      Peer.Message second = peer.message();
      assertThat(second.topic()).isEmpty();
      assertThat(second.properties()).containsEntry(ALIAS, 1L);
      Peer.Message other = peer.message();
      assertThat(other.topic()).isEqualTo("hologrid/v1/alerts/y");
      assertThat(other.properties()).isEmpty();
    }
    try (Peer peer = open("alias", Peer.Hello.five())) {
      peer.subscribe(ALERTS, 0);
      deliver(ALERT, "a");
      assertThat(peer.message().properties()).isEmpty();
    }
  }

  @Test
  void test_maximum_packet_size() throws Exception {
    try (Peer peer = open("size", Peer.Hello.five())) {
      assertThat(peer.said(0x27)).isEqualTo(PACKET);
      peer.publish(0, 0, TOPIC, none(), ".".repeat(PACKET));
      assertThat(peer.ended()).isEqualTo(0x95);
    }
    try (Peer peer = open("size", Peer.Hello.five().with(none().u8(0x27).u32(80)))) {
      peer.subscribe(ALERTS, 1);
      deliver(ALERT, ".".repeat(32));
      assertThat(peer.message().payload()).hasSize(32);
      deliver(ALERT, ".".repeat(80));
      deliver(ALERT, "small");
      assertThat(peer.message().payload()).isEqualTo("small");
    }
  }

  @Test
  void test_server_keep_alive() throws Exception {
    try (Peer peer = open("keep", Peer.Hello.five().keepAlive(120))) {
      assertThat(peer.said(SERVER_KEEP_ALIVE)).isEqualTo(60);
    }
    try (Peer peer = open("keep", Peer.Hello.five().keepAlive(30))) {
      assertThat(peer.said(SERVER_KEEP_ALIVE)).isEqualTo(-1);
    }
  }

  @Test
  void test_flow_control1() throws Exception {
    try (Peer peer = open("flow", Peer.Hello.five().with(none().u8(0x21).u16(2)))) {
      peer.subscribe(ALERTS, 1);
      for (int i = 1; i <= 3; i++) {
        deliver(ALERT, "message " + i);
      }
      Peer.Message first = peer.message();
      peer.message();
      peer.ping();
      peer.ack(first);
      assertThat(peer.message().payload()).isEqualTo("message 3");
    }
  }

  @Test
  void test_flow_control2() throws Exception {
    try (Peer peer = open("flow", Peer.Hello.five())) {
      assertThat(peer.said(0x21)).isEqualTo(RECEIVE_MAXIMUM);
      for (int i = 1; i <= RECEIVE_MAXIMUM + 1; i++) {
        peer.publish(2, i, TOPIC, none(), n(i));
      }
      assertThat(peer.ended()).isEqualTo(0x93);
    }
  }

  private static PacketWriter delay(long seconds) {
    return none().u8(0x18).u32(seconds);
  }

  /** Seconds from a lost connection to its will. */
  private double will(long delay, long sessionExpiry) throws Exception {
    long before = rig.endpoint.counts().wills();
    Peer.Hello hello = Peer.Hello.five().sessionExpiry(sessionExpiry);
    open("delay", hello.will(TOPIC, n(1), delay(delay))).close();
    long lost = System.nanoTime();
    Rig.await("will", () -> rig.endpoint.counts().wills() == before + 1);
    return (System.nanoTime() - lost) / 1e9;
  }

  @Test
  void test_will_delay() throws Exception {
    assertThat(will(2, 60)).isGreaterThan(1.9);
    assertThat(will(60, 0)).as("the session has no time").isLessThan(60);
    assertThat(will(60, 1)).as("the session ends first").isBetween(0.9, 59.0);
    Peer.Hello hello = Peer.Hello.five().clean(false).sessionExpiry(60);
    open("back", hello.will(TOPIC, n(1), delay(1))).close();
    gone();
    try (Peer back = open("back", hello)) {
      assertThat(back.sessionPresent()).isTrue();
      back.disconnect();
    }
    open("new", hello.will(TOPIC, n(1), delay(60))).close();
    gone();
    open("new", hello.clean(true)).close();
    Rig.await("a new session ends the old one", () -> rig.endpoint.counts().wills() == 4);
    try (Peer here = open("here", hello.will(TOPIC, n(1), delay(60)));
        Peer there = open("here", hello)) {
      assertThat(here.ended()).isEqualTo(0x8E);
      assertThat(there.sessionPresent()).isTrue();
    }
    will(1, 60);
    assertThat(rig.endpoint.counts().wills()).as("none of those who came back").isEqualTo(5);
  }
}
