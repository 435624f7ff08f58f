package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * MQTT 5.0, statement by statement, as far as an ingest endpoint goes; docs/mqtt.md lists what is
 * refused on purpose. Each test is named for what the statements in its comment say.
 */
class ConformanceTest {
  private static final String TOPIC = "hologrid/v1/smoke/d-1";

  @TempDir Path data;
  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    EndpointConfig.Limits limits =
        new EndpointConfig.Limits(
            Duration.ofSeconds(2), Duration.ofSeconds(300), 64 << 10, 10, 1 << 20, 100, 50);
    rig =
        new Rig(
            data,
            EndpointConfig.defaults().withLimits(limits),
            new AnonymousGate(false),
            (who, filter) -> filter.startsWith("hologrid/v1/alerts"));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  /** A CONNECT of which any part can be wrong. */
  private static final class Connect {
    private String protocol = "MQTT";
    private int level = 5;
    private int flags = 2;
    private int keepAlive = 60;
    private byte[] properties = {};
    private String client = "c";
    private byte[] rest = {};

    Connect client(String id) {
      client = id;
      return this;
    }

    Connect flags(int value) {
      flags = value;
      return this;
    }

    Connect keepAlive(int seconds) {
      keepAlive = seconds;
      return this;
    }

    Connect properties(int... bytes) {
      properties = bytes(bytes);
      return this;
    }

    Connect will(int willFlags, String topic, String payload) throws IOException {
      flags |= willFlags;
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(body);
      out.writeByte(0);
      out.writeUTF(topic);
      out.writeUTF(payload);
      rest = body.toByteArray();
      return this;
    }

    byte[] packet() throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(body);
      out.writeUTF(protocol);
      out.writeByte(level);
      out.writeByte(flags);
      out.writeShort(keepAlive);
      if (level == 5) {
        out.writeByte(properties.length);
        out.write(properties);
      }
      out.writeUTF(client);
      out.write(rest);
      return framed(0x10, body.toByteArray());
    }
  }

  private static byte[] bytes(int... values) {
    byte[] out = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      out[i] = (byte) values[i];
    }
    return out;
  }

  private static byte[] framed(int first, byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    int rest = body.length;
    do {
      int digit = rest & 0x7F;
      rest >>= 7;
      out.write(rest > 0 ? digit | 0x80 : digit);
    } while (rest > 0);
    out.write(body);
    return out.toByteArray();
  }

  private static byte[] subscribe(int id, String filter, int options) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.writeShort(id);
    out.writeByte(0);
    if (!filter.isEmpty()) {
      out.writeUTF(filter);
      out.writeByte(options);
    }
    return framed(0x82, body.toByteArray());
  }

  private RawClient raw() throws IOException {
    return new RawClient(rig.port(), 5);
  }

  private RawClient connected(Connect connect) throws IOException {
    RawClient client = raw();
    client.raw(connect.packet());
    RawClient.Packet answer = client.next();
    assertThat(answer.type()).isEqualTo(RawClient.CONNACK);
    assertThat(answer.code()).isZero();
    return client;
  }

  /** Reads on until a DISCONNECT; -1 when the connection just ends. */
  private static int disconnect(RawClient client) {
    try {
      while (true) {
        RawClient.Packet packet = client.next();
        if (packet.type() == RawClient.DISCONNECT) {
          return packet.body().length == 0 ? 0 : packet.body()[0] & 0xFF;
        }
      }
    } catch (IOException e) {
      return -1;
    }
  }

  private static String text(RawClient.Packet packet) {
    return new String(packet.body(), StandardCharsets.ISO_8859_1);
  }

  // ---- CONNECT and CONNACK

  /** MQTT-3.1.0-1. */
  @Test
  void the_first_packet_is_a_connect() throws Exception {
    try (RawClient client = raw()) {
      client.publish(1, false, 1, TOPIC, Rig.n(1));
      client.flush();
      assertThat(client.ends()).isTrue();
    }
    assertThat(rig.books().received()).isZero();
  }

  /** MQTT-3.1.0-2. */
  @Test
  void a_second_connect_ends_the_connection() throws Exception {
    try (RawClient client = connected(new Connect())) {
      client.raw(new Connect().packet());
      assertThat(client.ends()).isTrue();
    }
  }

  /** MQTT-3.1.2-1, MQTT-3.1.2-2, MQTT-3.1.2-3. */
  @Test
  void a_connect_of_another_protocol_version_or_with_the_reserved_flag_is_refused()
      throws Exception {
    Connect six = new Connect();
    six.level = 6;
    Connect named = new Connect();
    named.protocol = "MQTX";
    for (Connect each : new Connect[] {six, named, new Connect().flags(3)}) {
      try (RawClient client = raw()) {
        client.raw(each.packet());
        assertThat(client.ends()).isTrue();
      }
    }
    assertThat(rig.endpoint.connections()).isZero();
  }

  /** MQTT-3.1.3-6, MQTT-3.1.3-7. */
  @Test
  void a_client_without_an_id_is_given_one_and_told() throws Exception {
    try (RawClient client = raw()) {
      client.raw(new Connect().client("").packet());
      RawClient.Packet answer = client.next();
      assertThat(answer.code()).isZero();
      assertThat(text(answer)).containsPattern("\\x12\\x00\\x24[0-9a-f-]{36}");
    }
  }

  /** MQTT-3.1.3-5, MQTT-3.1.3-8. */
  @ParameterizedTest
  @CsvSource({"a/b", "a+", "'#'", "$x"})
  void an_id_that_could_be_a_filter_is_refused(String id) throws Exception {
    try (RawClient client = raw()) {
      client.raw(new Connect().client(id).packet());
      assertThat(client.next().code()).isEqualTo(0x85);
      assertThat(client.ends()).isTrue();
    }
  }

  /** MQTT-3.1.4-2, MQTT-4.12.0-1. */
  @Test
  void an_authentication_method_that_we_do_not_have_is_refused() throws Exception {
    try (RawClient client = raw()) {
      client.raw(new Connect().properties(0x15, 0, 1, 'x').packet());
      assertThat(client.next().code()).isEqualTo(0x8C);
      assertThat(client.ends()).isTrue();
    }
  }

  /** MQTT-3.2.2-2, MQTT-3.2.2-3: nothing is present for a clean start or a first time. */
  @Test
  void a_session_is_present_when_it_was_kept_and_is_wanted() throws Exception {
    Connect kept = new Connect().flags(0).properties(0x11, 0, 0, 1, 0);
    assertThat(present(kept)).isFalse();
    assertThat(present(kept)).isTrue();
    assertThat(present(new Connect())).as("clean start").isFalse();
    assertThat(present(kept)).as("the clean one had no expiry").isFalse();
  }

  private boolean present(Connect connect) throws Exception {
    int before = (int) rig.endpoint.counts().accepted();
    try (RawClient client = raw()) {
      client.raw(connect.packet());
      boolean present = (client.next().body()[0] & 1) == 1;
      client.raw(bytes(0xE0, 0));
      assertThat(client.ends()).isTrue();
      Rig.await("gone", () -> rig.endpoint.connections() == 0);
      assertThat(rig.endpoint.counts().accepted()).isEqualTo(before + 1);
      return present;
    }
  }

  // ---- keep-alive

  /** MQTT-3.1.2-22, MQTT-3.12.4-1. */
  @Test
  void silence_ends_the_connection_after_one_and_a_half_keep_alives() throws Exception {
    try (RawClient client = connected(new Connect().keepAlive(1))) {
      client.raw(bytes(0xC0, 0));
      assertThat(client.next().type()).as("PINGRESP").isEqualTo(13);
      assertThat(disconnect(client)).isEqualTo(0x8D);
    }
  }

  /** MQTT-3.1.2-21. */
  @ParameterizedTest
  @CsvSource({"0", "65535", "301"})
  void a_longer_keep_alive_than_ours_is_answered_with_ours(int asked) throws Exception {
    try (RawClient client = raw()) {
      client.raw(new Connect().keepAlive(asked).packet());
      assertThat(text(client.next())).contains("\u0013\u0001\u002c");
    }
  }

  // ---- will

  /** MQTT-3.1.2-8, MQTT-3.1.2-10, MQTT-3.14.4-3. */
  @Test
  void a_will_is_sent_unless_the_client_said_good_bye() throws Exception {
    will(bytes(0xE0, 0));
    assertThat(rig.books().received()).isZero();
    will(bytes(0xE0, 1, 4));
    Rig.await("disconnect with will", () -> rig.books().stored() == 1);
    will(null);
    Rig.await("lost connection", () -> rig.books().stored() == 2);
  }

  private void will(byte[] last) throws Exception {
    try (RawClient client = connected(new Connect().will(0x0C, TOPIC + "/status", "offline"))) {
      if (last != null) {
        client.raw(last);
        assertThat(client.ends()).isTrue();
      }
    }
    Rig.await("gone", () -> rig.endpoint.connections() == 0);
  }

  // ---- QoS

  /** MQTT-4.3.2-4, MQTT-2.2.1-5: the acknowledgement names the message's packet id. */
  @Test
  void at_least_once_is_acknowledged_by_its_packet_id() throws Exception {
    try (RawClient client = connected(new Connect())) {
      client.publish(1, false, 4711, TOPIC, Rig.n(1));
      client.flush();
      RawClient.Packet answer = client.next();
      assertThat(answer.type()).isEqualTo(RawClient.PUBACK);
      assertThat(answer.id()).isEqualTo(4711);
      client.publish(1, true, 4711, TOPIC, Rig.n(2));
      client.flush();
      assertThat(client.next().id()).as("the id is free again").isEqualTo(4711);
    }
    assertThat(rig.numbers("d-1")).containsExactly(1, 2);
  }

  /** MQTT-4.3.3-8 to MQTT-4.3.3-12. */
  @Test
  void exactly_once_is_stored_once_until_it_is_released() throws Exception {
    try (RawClient client = connected(new Connect())) {
      client.publish(2, false, 7, TOPIC, Rig.n(1));
      client.publish(2, true, 7, TOPIC, Rig.n(1));
      client.flush();
      for (int i = 0; i < 2; i++) {
        RawClient.Packet received = client.next();
        assertThat(received.type()).isEqualTo(RawClient.PUBREC);
        assertThat(received.id()).isEqualTo(7);
      }
      client.release(7);
      assertThat(client.next().type()).isEqualTo(RawClient.PUBCOMP);
      client.publish(2, false, 7, TOPIC, Rig.n(2));
      client.flush();
      assertThat(client.next().type()).isEqualTo(RawClient.PUBREC);
      client.release(99);
      RawClient.Packet unknown = client.next();
      assertThat(unknown.type()).isEqualTo(RawClient.PUBCOMP);
      assertThat(unknown.body()[2] & 0xFF).as("packet identifier not found").isEqualTo(0x92);
    }
    assertThat(rig.numbers("d-1")).containsExactly(1, 2);
  }

  /** MQTT-3.3.1-4, MQTT-2.2.1-3, MQTT-3.3.2-2. */
  @Test
  void a_malformed_publish_ends_the_connection_and_stores_nothing() throws Exception {
    byte[] both = framed(0x36, bytes(0, 1, 'a', 0, 1, 0));
    byte[] noId = framed(0x32, bytes(0, 1, 'a', 0, 0, 0));
    byte[] wild = framed(0x32, bytes(0, 3, 'a', '/', '#', 0, 1, 0));
    for (byte[] each : new byte[][] {both, noId, wild}) {
      try (RawClient client = connected(new Connect())) {
        client.raw(each);
        assertThat(client.ends()).isTrue();
      }
    }
    assertThat(rig.books().received()).isZero();
  }

  // ---- limits of a packet, flow control, topic alias

  /** MQTT-3.2.2-15: what is larger than we announced. */
  @Test
  void a_packet_above_the_announced_maximum_is_too_large() throws Exception {
    try (RawClient client = raw()) {
      client.raw(new Connect().packet());
      assertThat(text(client.next())).contains("\u0027\u0000\u0001\u0000\u0000");
      client.publish(1, false, 1, TOPIC, new byte[65 << 10]);
      client.flush();
      assertThat(disconnect(client)).isEqualTo(0x95);
    }
  }

  /** MQTT-3.3.4-7, MQTT-3.3.4-8: more in flight than the Receive Maximum. */
  @Test
  void exactly_once_messages_that_are_not_released_count_against_the_receive_maximum()
      throws Exception {
    try (RawClient client = connected(new Connect())) {
      for (int i = 1; i <= 11; i++) {
        client.publish(2, false, i, TOPIC, Rig.n(i));
      }
      client.flush();
      assertThat(disconnect(client)).isEqualTo(0x93);
    }
  }

  /** MQTT-3.1.4-3. */
  @Test
  void the_same_client_id_takes_the_session_over() throws Exception {
    try (RawClient first = connected(new Connect().client("same"));
        RawClient second = connected(new Connect().client("same"))) {
      assertThat(disconnect(first)).isEqualTo(0x8E);
      second.raw(bytes(0xC0, 0));
      assertThat(second.next().type()).isEqualTo(13);
    }
  }

  // ---- subscriptions

  /** MQTT-3.8.4-1, MQTT-3.8.4-6, MQTT-3.9.3-1. */
  @Test
  void each_filter_is_answered_for_itself() throws Exception {
    try (RawClient client = connected(new Connect())) {
      assertThat(answer(client, "hologrid/v1/alerts/#", 0)).isEqualTo(0);
      assertThat(answer(client, "hologrid/v1/alerts/#", 1)).isEqualTo(1);
      assertThat(answer(client, "hologrid/v1/alerts/#", 2)).as("at most 1").isEqualTo(1);
      assertThat(answer(client, "hologrid/v1/smoke/#", 1)).isEqualTo(0x87);
      assertThat(answer(client, "$share/g/hologrid/v1/alerts/#", 1)).isEqualTo(0x9E);
      assertThat(answer(client, "hologrid/v1/alerts/#/x", 1)).isEqualTo(0x8F);
    }
  }

  private static int answer(RawClient client, String filter, int qos) throws IOException {
    client.raw(subscribe(5, filter, qos));
    RawClient.Packet answer = client.next();
    assertThat(answer.type()).as(filter).isEqualTo(9);
    assertThat(answer.id()).isEqualTo(5);
    return answer.body()[answer.body().length - 1] & 0xFF;
  }

  /** MQTT-3.10.4-4, MQTT-3.10.4-5. */
  @Test
  void ending_a_subscription_is_answered() throws Exception {
    try (RawClient client = connected(new Connect())) {
      answer(client, "hologrid/v1/alerts/#", 1);
      byte[] filter = "hologrid/v1/alerts/#".getBytes(StandardCharsets.US_ASCII);
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.write(bytes(0, 6, 0, 0, filter.length));
      body.write(filter);
      for (int expected : new int[] {0, 0x11}) {
        client.raw(framed(0xA2, body.toByteArray()));
        RawClient.Packet answer = client.next();
        assertThat(answer.type()).isEqualTo(11);
        assertThat(answer.body()[answer.body().length - 1] & 0xFF).isEqualTo(expected);
      }
      assertThat(rig.endpoint.deliver("hologrid/v1/alerts/x", bytes(1), who -> true)).isZero();
    }
  }

  /** MQTT-4.3.2-1 to 4.3.2-3, MQTT-4.4.0-1: what is not acknowledged comes again, marked so. */
  @Test
  void a_session_that_comes_back_has_missed_nothing() throws Exception {
    Connect kept = new Connect().client("f").flags(0).properties(0x11, 0, 0, 1, 0);
    try (RawClient client = connected(kept)) {
      answer(client, "hologrid/v1/alerts/#", 1);
      deliver("one");
      RawClient.Packet one = client.next();
      assertThat(one.type()).isEqualTo(3);
      assertThat(text(one)).contains("hologrid/v1/alerts/x").endsWith("one");
    }
    Rig.await("gone", () -> rig.endpoint.connections() == 0);
    deliver("two");
    try (RawClient client = raw()) {
      client.raw(kept.packet());
      RawClient.Packet answer = client.next();
      assertThat(answer.body()[0] & 1).as("session present").isEqualTo(1);
      assertThat(text(client.next())).endsWith("one");
      assertThat(text(client.next())).endsWith("two");
    }
  }

  /** MQTT-3.3.4-9: no more in flight than the client's Receive Maximum. */
  @Test
  void no_more_is_in_flight_than_the_client_takes() throws Exception {
    try (RawClient client = connected(new Connect().properties(0x21, 0, 1))) {
      answer(client, "hologrid/v1/alerts/#", 1);
      deliver("one");
      deliver("two");
      RawClient.Packet one = client.next();
      client.raw(bytes(0xC0, 0));
      assertThat(client.next().type()).as("PINGRESP, and not the second").isEqualTo(13);
      int topic = "hologrid/v1/alerts/x".length();
      client.raw(framed(0x40, bytes(one.body()[2 + topic], one.body()[3 + topic])));
      assertThat(text(client.next())).endsWith("two");
    }
  }

  /** One that takes nothing is told, and its session is not gone on with as if it were whole. */
  @Test
  void a_client_that_takes_nothing_loses_its_session_and_is_told() throws Exception {
    Connect kept = new Connect().client("slow").flags(0).properties(0x11, 0, 0, 1, 0, 0x21, 0, 1);
    try (RawClient client = connected(kept)) {
      answer(client, "hologrid/v1/alerts/#", 1);
      for (int i = 0; i < 1_100; i++) {
        deliver("message " + i);
      }
      assertThat(disconnect(client)).isEqualTo(0x97);
    }
    Rig.await("gone", () -> rig.endpoint.connections() == 0);
    try (RawClient client = raw()) {
      client.raw(kept.packet());
      assertThat(client.next().body()[0] & 1).as("session present").isZero();
    }
  }

  private void deliver(String payload) {
    rig.endpoint.deliver(
        "hologrid/v1/alerts/x", payload.getBytes(StandardCharsets.UTF_8), who -> true);
  }
}
