package dev.hologrid.gateway.source.endpoint;

import static dev.hologrid.gateway.source.endpoint.Rig.n;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hologrid.gateway.decode.Reason;
import dev.hologrid.gateway.ingest.Quarantine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in endpoint with Paho clients of both versions. */
class EndpointTest {
  @TempDir Path data;
  private Rig rig;
  private final List<AutoCloseable> clients = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    rig = new Rig(data);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : clients) {
      each.close();
    }
    rig.close();
  }

  private MqttClient five(String id) throws MqttException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    return five(id, options);
  }

  private MqttClient five(String id, MqttConnectionOptions options) throws MqttException {
    MqttClient client =
        new MqttClient(
            rig.url(), id, new org.eclipse.paho.mqttv5.client.persist.MemoryPersistence());
    client.setTimeToWait(10_000);
    client.connect(options);
    clients.add(() -> end(client));
    return client;
  }

  private static void end(MqttClient client) throws MqttException {
    try {
      client.disconnectForcibly(0, 100, false);
    } finally {
      client.close(true);
    }
  }

  private org.eclipse.paho.client.mqttv3.MqttClient three(String id, boolean clean)
      throws Exception {
    var client =
        new org.eclipse.paho.client.mqttv3.MqttClient(
            rig.url(), id, new org.eclipse.paho.client.mqttv3.persist.MemoryPersistence());
    client.setTimeToWait(10_000);
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(clean);
    // The client lets the caller go before it takes the message off this count, of 10 by default.
    options.setMaxInflight(1_000);
    client.connect(options);
    clients.add(
        () -> {
          client.disconnectForcibly(0, 100, false);
          client.close(true);
        });
    return client;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void version_5_messages_reach_the_journal_in_order(int qos) throws Exception {
    MqttClient client = five("d-5");
    for (int i = 0; i < 50; i++) {
      client.publish("hologrid/v1/smoke/d-5", n(i), qos, false);
    }
    Rig.await("50 stored", () -> rig.books().stored() == 50);
    assertThat(rig.numbers("d-5")).isEqualTo(IntStream.range(0, 50).boxed().toList());
    assertThat(rig.books().inFlight()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void version_3_messages_reach_the_journal_in_order(int qos) throws Exception {
    var client = three("d-3", true);
    for (int i = 0; i < 50; i++) {
      client.publish("hologrid/v1/smoke/d-3", n(i), qos, false);
    }
    Rig.await("50 stored", () -> rig.books().stored() == 50);
    assertThat(rig.numbers("d-3")).isEqualTo(IntStream.range(0, 50).boxed().toList());
  }

  @Test
  void what_was_acknowledged_is_read_back_after_a_restart() throws Exception {
    MqttClient client = five("d-1");
    client.publish("hologrid/v1/smoke/d-1", n(7), 1, false);
    rig.close();
    rig = new Rig(data);
    assertThat(rig.numbers("d-1")).containsExactly(7);
  }

  @Test
  void junk_is_quarantined_and_nothing_around_it_is_lost() throws Exception {
    MqttClient client = five("d-1");
    client.publish("hologrid/v1/smoke/d-1", n(1), 1, false);
    client.publish("hologrid/v1/smoke/d-1", bytes("not json"), 1, false);
    client.publish("hologrid/v1/smoke/d-1", bytes("{\"values\":{\"t\":[1]}}"), 1, false);
    client.publish("hologrid/v1/smoke/d-1", new byte[1 << 20], 1, false);
    client.publish("hologrid/v1/smoke/d-1", bytes("[".repeat(10_000)), 1, false);
    client.publish("nobody/reads/this", n(1), 1, false);
    client.publish("hologrid/v1/smoke/d-1", new byte[] {(byte) 0xC3, 0x28}, 1, false);
    client.publish("hologrid/v1/smoke/d-1", n(2), 1, false);
    assertThat(client.isConnected()).isTrue();
    assertThat(rig.numbers("d-1")).containsExactly(1, 2);
    List<Quarantine.Entry> kept = rig.quarantine.list(Long.MAX_VALUE, 10);
    assertThat(kept.reversed())
        .extracting(Quarantine.Entry::reason)
        .containsExactly(
            Reason.NOT_JSON,
            Reason.WRONG_TYPE,
            Reason.TOO_LARGE,
            Reason.TOO_DEEP,
            Reason.UNKNOWN_TOPIC,
            Reason.INVALID_UTF8);
    assertThat(kept.get(3).size()).isEqualTo(1 << 20);
    assertThat(kept.get(3).payload()).hasSize(64 << 10);
    assertThat(rig.books().received()).isEqualTo(8);
    assertThat(rig.books().quarantined()).isEqualTo(6);
  }

  @Test
  void a_lost_connection_makes_the_will_take_effect() throws Exception {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setWill(
        "hologrid/v1/smoke/d-1/status",
        new org.eclipse.paho.mqttv5.common.MqttMessage(bytes("offline"), 1, true, null));
    MqttClient client = five("d-1", options);
    client.disconnectForcibly(0, 100, false);
    Rig.await("the will", () -> rig.books().stored() == 1);
    assertThat(rig.readings().getFirst().shape().metrics()).containsExactly("online");
    assertThat(rig.readings().getFirst().numbers()).containsExactly(0.0);
  }

  @Test
  void a_good_bye_takes_the_will_back() throws Exception {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setWill(
        "hologrid/v1/smoke/d-1/status",
        new org.eclipse.paho.mqttv5.common.MqttMessage(bytes("offline"), 1, true, null));
    MqttClient client = five("d-1", options);
    client.disconnect();
    Rig.await("gone", () -> rig.endpoint.connections() == 0);
    assertThat(rig.books().received()).isZero();
  }

  @Test
  void the_same_client_id_takes_the_session_over() throws Exception {
    MqttClient first = five("d-1");
    MqttClient second = five("d-1");
    Rig.await("the first is closed", () -> !first.isConnected());
    second.publish("hologrid/v1/smoke/d-1", n(1), 1, false);
    assertThat(rig.numbers("d-1")).containsExactly(1);
    assertThat(rig.endpoint.counts().takenOver()).isEqualTo(1);
    assertThat(rig.endpoint.connections()).isEqualTo(1);
  }

  @Test
  void subscriptions_are_refused_with_the_reason() throws Exception {
    MqttClient client = five("d-1");
    var answer = client.subscribe("hologrid/v1/#", 1);
    assertThat(answer.getReasonCodes()).containsExactly(0x87);
    client.publish("hologrid/v1/smoke/d-1", n(1), 1, false);
    assertThat(rig.books().stored()).isEqualTo(1);
  }

  @Test
  void a_client_id_that_is_a_filter_is_refused() {
    assertThatThrownBy(() -> five("a/#")).hasMessageContaining("Client");
    assertThat(rig.endpoint.counts().refused()).isEqualTo(1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
