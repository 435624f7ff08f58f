package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.gateway.identity.DeviceAccounts;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.StoredJournal;
import dev.hologrid.gateway.testing.RunningGateway;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole server with credentials asked for: who gets in, and what each may do. */
class DeviceIdentityTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "correct horse battery";
  private static final int NOT_AUTHORIZED = 0x87;
  private static final int BAD_USER = 0x86;
  private static final int BANNED = 0x8A;
  private static final int RATE = 0x9F;

  @TempDir Path data;
  private RunningGateway gateway;

  @BeforeEach
  void start() {
    gateway = RunningGateway.in(data, Map.of("mqtt.devices", "reject"));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private int port() {
    return gateway.gateway().mqttPort();
  }

  private String register(String body) throws Exception {
    HttpResponse<String> made = gateway.api().post("/api/v1/devices", body);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return JSON.readTree(made.body()).path("secret").asText();
  }

  private String token(String device) throws Exception {
    return register("{\"id\":\"" + device + "\"}");
  }

  private MqttClient paho(String client, String user, String password) throws MqttException {
    return paho(client, user, password, new MqttConnectionOptions());
  }

  private MqttClient paho(
      String client, String user, String password, MqttConnectionOptions options)
      throws MqttException {
    MqttClient made = new MqttClient("tcp://127.0.0.1:" + port(), client, new MemoryPersistence());
    made.setTimeToWait(10_000);
    options.setUserName(user);
    options.setPassword(password.getBytes(StandardCharsets.UTF_8));
    options.setAutomaticReconnect(false);
    made.connect(options);
    return made;
  }

  private int code(int version, String client, String user, String password) throws Exception {
    try (RawClient raw = new RawClient(port(), version)) {
      return raw.connectAs(client, user, password).code();
    }
  }

  /** Readings of devices; the watchdog's own do not count. */
  private long stored() throws IOException {
    ReadingCodec codec = new ReadingCodec();
    long[] count = new long[1];
    try (StoredJournal journal = StoredJournal.open(data.resolve("journal/readings"))) {
      journal.read(
          0,
          (offset, record) ->
              codec
                  .decode(offset, record)
                  .readings()
                  .forEach(each -> count[0] += each.shape().kind().equals("watchdog") ? 0 : 1),
          damage -> {});
    }
    return count[0];
  }

  @Test
  void a_device_publishes_as_itself_and_as_nobody_else() throws Exception {
    String secret = register("{\"id\":\"sm-1\",\"kind\":\"smoke\"}");
    MqttClient device = paho("anything", "sm-1", secret);
    long before = stored();
    device.publish("hologrid/v1/smoke/sm-1", Rig.n(1), 1, false);
    device.publish(
        "hologrid/v1/smoke/sm-1/status", "online".getBytes(StandardCharsets.UTF_8), 2, false);
    device.publish("hologrid/v1/smoke/sm-1", Rig.n(2), 1, true);
    assertThat(stored()).isEqualTo(before + 3);
    for (String foreign :
        new String[] {
          "hologrid/v1/smoke/sm-2",
          "hologrid/v1/smoke/sm-10",
          "hologrid/v1/smoke/sm-1/x",
          "hologrid/v1/camera/sm-1",
          "hologrid/v1/smoke",
          "hologrid/v1/smoke/",
          "hologrid/v1//sm-1",
          "hologrid/v1/smoke/sm-2/sm-1",
          "zigbee2mqtt/x",
          "$SYS/x"
        }) {
      try (RawClient raw = new RawClient(port(), 5)) {
        assertThat(raw.connectAs("raw", "sm-1", secret).code()).isZero();
        raw.publish(1, false, 7, foreign, Rig.n(3));
        raw.flush();
        RawClient.Packet answer = raw.next();
        assertThat(answer.type()).as(foreign).isEqualTo(RawClient.PUBACK);
        assertThat(answer.id()).isEqualTo(7);
        assertThat(answer.body()[2] & 0xFF).as(foreign).isEqualTo(NOT_AUTHORIZED);
      }
    }
    try (RawClient raw = new RawClient(port(), 4)) {
      raw.connectAs("raw", "sm-1", secret);
      raw.publish(1, false, 7, "hologrid/v1/smoke/sm-2", Rig.n(3));
      raw.flush();
      assertThat(raw.ends()).as("3.1.1 has no refusal but the end").isTrue();
    }
    assertThat(stored()).isEqualTo(before + 3);
    assertThat(device.isConnected()).isTrue();
    device.disconnect();
    device.close();
  }

  @ParameterizedTest
  @CsvSource({"5, 0x86, 0x87", "4, 4, 5"})
  void who_proves_nothing_stays_out(int version, String wrong, String nameless) throws Exception {
    String secret = token("sm-1");
    assertThat(code(version, "c", "sm-1", secret)).isZero();
    assertThat(code(version, "c", "sm-1", secret + "x")).isEqualTo(Integer.decode(wrong));
    assertThat(code(version, "c", "sm-1", "")).isEqualTo(Integer.decode(wrong));
    assertThat(code(version, "c", "sm-2", secret)).isEqualTo(Integer.decode(wrong));
    assertThat(code(version, "c", "+", secret)).isEqualTo(Integer.decode(wrong));
    try (RawClient raw = new RawClient(port(), version)) {
      assertThat(raw.connect("sm-1", true, 60).code()).isEqualTo(Integer.decode(nameless));
    }
  }

  @Test
  void no_two_devices_have_one_secret_and_no_file_holds_it() throws Exception {
    String one = token("sm-1");
    String two = token("sm-2");
    assertThat(one).isNotEqualTo(two).hasSizeGreaterThan(32);
    assertThat(Files.readString(data.resolve("secrets/devices.ndjson")))
        .contains("sm-1", "sm-2")
        .doesNotContain(one, two, one.substring(15));
    assertThat(gateway.api().post("/api/v1/devices", "{\"id\":\"sm-1\"}").statusCode())
        .isEqualTo(409);
    assertThat(gateway.api().get("/api/v1/device-credentials").toString()).doesNotContain(one);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a+b", "#", "a/b", "$a", "a\\u0000b", "a b", ""})
  void an_id_that_means_something_else_is_refused(String id) throws Exception {
    HttpResponse<String> made = gateway.api().post("/api/v1/devices", "{\"id\":\"" + id + "\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(400);
    assertThat(JSON.readTree(made.body()).path("field").asText()).isEqualTo("id");
    String secret = token("ok");
    String client = id.replace("\\u0000", "\u0001");
    if (!client.isEmpty()) {
      assertThat(code(5, client, "ok", secret)).isEqualTo(0x85);
      assertThat(code(4, client, "ok", secret)).isEqualTo(2);
    }
    assertThat(code(5, "x".repeat(65), "ok", secret)).isEqualTo(0x85);
    assertThat(code(5, "x".repeat(64), "ok", secret)).isZero();
  }

  @Test
  void a_password_that_people_chose_is_as_good_once_it_is_right() throws Exception {
    register("{\"id\":\"cam-1\",\"auth\":\"password\",\"password\":\"" + PASSWORD + "\"}");
    assertThat(Files.readString(data.resolve("secrets/devices.ndjson"))).contains("$argon2id$");
    assertThat(code(5, "c", "cam-1", PASSWORD)).isZero();
    assertThat(code(5, "c", "cam-1", PASSWORD + "x")).isEqualTo(BAD_USER);
    assertThat(code(4, "c", "cam-1", PASSWORD)).isZero();
  }

  @Test
  void guessing_locks_the_guesser_out_and_not_the_device() throws Exception {
    register("{\"id\":\"cam-1\",\"auth\":\"password\",\"password\":\"" + PASSWORD + "\"}");
    String secret = token("sm-1");
    int last = 0;
    for (int i = 0; i < 8; i++) {
      last = code(5, "c", "cam-1", "guess " + i);
      code(5, "c", "sm-1", "guess " + i);
    }
    assertThat(last).isEqualTo(RATE);
    assertThat(code(5, "c", "cam-1", PASSWORD)).as("right, but locked").isEqualTo(RATE);
    assertThat(code(5, "c", "sm-1", secret)).as("cannot be guessed").isZero();
    try (RawClient elsewhere = RawClient.from("127.0.0.2", port(), 5)) {
      assertThat(elsewhere.connectAs("c", "cam-1", PASSWORD).code()).isZero();
    }
    Rig.await("the lock ends", () -> quietly(() -> code(5, "c", "cam-1", PASSWORD)) == 0);
    String metrics = gateway.api().text("/metrics");
    assertThat(metrics)
        .contains("hologrid_mqtt_refused_total{reason=\"wrong-credentials\"}")
        .containsPattern("hologrid_mqtt_refused_total\\{reason=\"locked-out\"\\} [1-9]")
        .containsPattern("hologrid_security_decisions_total\\{what=\"locked-out\"\\} [1-9]");
  }

  private interface Work {
    int call() throws Exception;
  }

  private static int quietly(Work work) {
    try {
      return work.call();
    } catch (Exception e) {
      return -1;
    }
  }

  @Test
  void the_will_is_for_an_own_topic_or_the_connect_is_refused() throws Exception {
    String secret = token("sm-1");
    MqttConnectionOptions foreign = new MqttConnectionOptions();
    foreign.setWill(
        "hologrid/v1/smoke/sm-2/status",
        new MqttMessage("offline".getBytes(StandardCharsets.UTF_8), 1, true, null));
    assertThatThrownBy(() -> paho("c", "sm-1", secret, foreign))
        .isInstanceOfSatisfying(
            MqttException.class, e -> assertThat(e.getReasonCode()).isEqualTo(NOT_AUTHORIZED));
  }

  @Test
  void a_revoked_device_is_cut_off_and_its_will_does_not_speak() throws Exception {
    String secret = token("sm-1");
    long before = stored();
    MqttConnectionOptions own = new MqttConnectionOptions();
    own.setWill(
        "hologrid/v1/smoke/sm-1/status",
        new MqttMessage("offline".getBytes(StandardCharsets.UTF_8), 1, true, null));
    MqttClient device = paho("c", "sm-1", secret, own);
    assertThat(gateway.api().delete("/api/v1/devices/sm-1/credentials").statusCode())
        .isEqualTo(204);
    Rig.await("the connection ends", () -> !device.isConnected());
    assertThat(code(5, "c", "sm-1", secret)).isEqualTo(BANNED);
    assertThat(code(5, "c", "sm-1", "wrong")).isEqualTo(BAD_USER);
    assertThat(stored()).as("no will").isEqualTo(before);
    JsonNode shown = gateway.api().get("/api/v1/devices/sm-1/credentials");
    assertThat(shown.path("state").asText()).isEqualTo("revoked");
    device.close(true);
    String again = token("sm-1");
    assertThat(code(5, "c", "sm-1", again)).isZero();
    assertThat(code(5, "c", "sm-1", secret)).isEqualTo(BAD_USER);
  }

  @Test
  void what_another_process_changes_takes_effect_on_live_connections() throws Exception {
    String secret = token("sm-1");
    MqttClient device = paho("c", "sm-1", secret);
    DeviceAccounts other = DeviceAccounts.open(data.resolve("secrets"), System::currentTimeMillis);
    long from = System.nanoTime();
    assertThat(other.revoke("sm-1", "cli")).isTrue();
    Rig.await("the connection ends", () -> !device.isConnected());
    assertThat(System.nanoTime() - from).isLessThan(TimeUnit.SECONDS.toNanos(5));
    String fresh = String.valueOf(other.renew("sm-1", "cli").secret());
    Rig.await("the new secret", () -> quietly(() -> code(5, "c", "sm-1", fresh)) == 0);
    device.close(true);
  }

  @Test
  void a_new_secret_ends_the_old_one_and_what_came_in_by_it() throws Exception {
    String old = token("sm-1");
    MqttClient device = paho("c", "sm-1", old);
    HttpResponse<String> made = gateway.api().post("/api/v1/devices/sm-1/credentials", "");
    String fresh = JSON.readTree(made.body()).path("secret").asText();
    Rig.await("the connection ends", () -> !device.isConnected());
    assertThat(code(5, "c", "sm-1", old)).isEqualTo(BAD_USER);
    assertThat(code(5, "c", "sm-1", fresh)).isZero();
    device.close(true);
  }

  @Test
  void a_gateway_publishes_to_the_topics_of_its_payload_form() throws Exception {
    String secret = register("{\"id\":\"z2m\",\"topics\":[\"zigbee2mqtt/#\"]}");
    MqttClient device = paho("zigbee2mqtt_8273", "z2m", secret);
    long before = stored();
    device.publish("zigbee2mqtt/hall", bytes("{\"smoke\":true,\"battery\":90}"), 1, false);
    assertThat(stored()).isEqualTo(before + 1);
    device.publish("frigate/events", Rig.n(1), 1, false);
    assertThat(stored()).as("not one of its topics").isEqualTo(before + 1);
    for (String hostile : new String[] {"hologrid/v1/#", "$SYS/#", "a/#/b", "a+"}) {
      assertThat(
              gateway
                  .api()
                  .post("/api/v1/devices", "{\"id\":\"g\",\"topics\":[\"" + hostile + "\"]}")
                  .statusCode())
          .as(hostile)
          .isEqualTo(400);
    }
    device.disconnect();
    device.close();
  }

  @Test
  void nobody_takes_the_session_of_another_by_naming_its_client_id() throws Exception {
    MqttClient one = paho("same", "sm-1", token("sm-1"));
    MqttClient two = paho("same", "sm-2", token("sm-2"));
    assertThat(one.isConnected()).isTrue();
    one.publish("hologrid/v1/smoke/sm-1", Rig.n(1), 1, false);
    two.publish("hologrid/v1/smoke/sm-2", Rig.n(1), 1, false);
    one.disconnect();
    two.disconnect();
  }

  @Test
  @EnabledIf("mosquitto")
  void mosquitto_pub_comes_in_with_user_and_password() throws Exception {
    String secret = token("sm-1");
    long before = stored();
    assertThat(mosquittoPub("-u", "sm-1", "-P", secret)).isZero();
    assertThat(stored()).isEqualTo(before + 1);
    assertThat(mosquittoPub("-V", "5", "-u", "sm-1", "-P", "wrong")).isNotZero();
    assertThat(mosquittoPub()).isNotZero();
    assertThat(stored()).isEqualTo(before + 1);
  }

  static boolean mosquitto() {
    return Files.isExecutable(Path.of("/usr/bin/mosquitto_pub"));
  }

  private int mosquittoPub(String... more) throws Exception {
    java.util.List<String> line =
        new java.util.ArrayList<>(
            java.util.List.of(
                "mosquitto_pub",
                "-p",
                String.valueOf(port()),
                "-q",
                "1",
                "-t",
                "hologrid/v1/smoke/sm-1",
                "-m",
                "{\"values\":{\"obscuration\":0.02}}"));
    line.addAll(java.util.List.of(more));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("pub").toFile())
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
