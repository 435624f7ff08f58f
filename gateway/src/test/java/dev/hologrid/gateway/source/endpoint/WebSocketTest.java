package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.testing.Certificates;
import dev.hologrid.gateway.testing.RunningGateway;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MQTT over WebSocket: on the MQTT port, at /mqtt. */
class WebSocketTest {
  private static final String TOPIC = "hologrid/v1/smoke/d-1";
  private static final String ORIGIN = "https://map.example";

  @TempDir Path data;
  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    EndpointConfig plain = EndpointConfig.defaults();
    rig =
        new Rig(
            data,
            new EndpointConfig(
                plain.listen(),
                plain.entry(),
                plain.proxies(),
                null,
                plain.limits(),
                plain.rates(),
                new EndpointConfig.WebSocket(true, List.of(ORIGIN))),
            new AnonymousGate(false),
            (who, filter) -> filter.startsWith("hologrid/v1/alerts"));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private static String large(int n) {
    return "{\"values\":{\"n\":" + n + "}" + " ".repeat(100_000) + "}";
  }

  @Test
  void paho_for_mqtt_5() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    MqttClient client =
        new MqttClient("ws://127.0.0.1:" + rig.port() + "/mqtt", "five", new MemoryPersistence());
    client.connect(new MqttConnectionOptions());
    IMqttMessageListener listener = (topic, message) -> heard.add(message.toString());
    client.subscribe(
        new MqttSubscription[] {new MqttSubscription("hologrid/v1/alerts/#", 1)},
        new IMqttMessageListener[] {listener});
    for (int qos = 0; qos <= 2; qos++) {
      client.publish(TOPIC, Rig.n(qos), qos, false);
    }
    client.publish(TOPIC, large(3).getBytes(StandardCharsets.UTF_8), 1, false);
    Rig.await("stored", () -> rig.books().stored() == 4);
    assertThat(rig.numbers("d-1")).containsExactly(0, 1, 2, 3);
    String long70 = "x".repeat(70_000);
    rig.endpoint.deliver("hologrid/v1/alerts/a", "one".getBytes(), who -> true);
    rig.endpoint.deliver("hologrid/v1/alerts/a", long70.getBytes(), who -> true);
    Rig.await("heard", () -> heard.equals(List.of("one", long70)));
    client.disconnect();
    client.close();
  }

  @Test
  void paho_for_mqtt_3_1_1() throws Exception {
    try (org.eclipse.paho.client.mqttv3.MqttClient client =
        new org.eclipse.paho.client.mqttv3.MqttClient(
            "ws://127.0.0.1:" + rig.port() + "/mqtt",
            "three",
            new org.eclipse.paho.client.mqttv3.persist.MemoryPersistence())) {
      client.connect();
      client.publish(TOPIC, Rig.n(1), 1, false);
      client.publish(TOPIC, large(2).getBytes(StandardCharsets.UTF_8), 1, false);
      assertThat(rig.numbers("d-1")).containsExactly(1, 2);
      client.disconnect();
    }
  }

  @Test
  void with_transport_security() throws Exception {
    Certificates certificates =
        new Certificates(data.resolve("certificates"))
            .authority("city")
            .signed("server", "localhost", "city", "365");
    Map<String, String> settings =
        Map.of(
            "mqtt.tls.certificate", certificates.pem("server", "pem").toString(),
            "mqtt.tls.key", certificates.pem("server", "key").toString(),
            "mqtt.tls.port", "0");
    try (RunningGateway gateway = RunningGateway.in(data.resolve("gateway"), settings)) {
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setSocketFactory(certificates.sockets("city", null));
      options.setHttpsHostnameVerificationEnabled(false);
      MqttClient client =
          new MqttClient(
              "wss://127.0.0.1:" + gateway.gateway().mqttSecurePort() + "/mqtt",
              "secure",
              new MemoryPersistence());
      client.connect(options);
      client.publish(TOPIC, Rig.n(1), 1, false);
      client.disconnect();
      client.close();
      assertThat(gateway.api().text("/metrics")).contains("hologrid_mqtt_accepted_total 1");
    }
  }

  // ---- by hand

  private static final String GOOD =
      "GET /mqtt HTTP/1.1\nHost: a\nUpgrade: websocket\nConnection: keep-alive, Upgrade\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Version: 13\n"
          + "Sec-WebSocket-Protocol: mqttv3.1, mqtt\n\n";

  private Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String ask(Socket socket, String request) throws IOException {
    socket
        .getOutputStream()
        .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Test
  void the_upgrade_is_answered_as_the_standard_has_it() throws Exception {
    try (Socket socket = socket()) {
      assertThat(ask(socket, GOOD))
          .startsWith("HTTP/1.1 101 ")
          .contains("Sec-WebSocket-Protocol: mqtt\r\n")
          .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
    }
    try (Socket socket = socket()) {
      assertThat(ask(socket, GOOD.replace("Host: a", "Host: a\nOrigin: " + ORIGIN)))
          .startsWith("HTTP/1.1 101 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/mqtt, /other, 404",
    "/mqtt, /mqtt/x, 404",
    "HTTP/1.1, HTTP/1.0, 404",
    "Upgrade: websocket, X: y, 426",
    "Version: 13, Version: 8, 426",
    "Host: a, Origin: https://evil.example, 403",
    "Host: a, Origin: null, 403",
    "mqttv3.1, chat, 101",
    "', mqtt', '', 400",
    "dGhlIHNhbXBsZSBub25jZQ==, c2hvcnQ=, 400",
    "dGhlIHNhbXBsZSBub25jZQ==, ???, 400",
    "', Upgrade', '', 400",
  })
  void what_is_no_upgrade_to_mqtt_is_refused(String part, String instead, String status)
      throws Exception {
    try (Socket socket = socket()) {
      assertThat(ask(socket, GOOD.replace(part, instead))).startsWith("HTTP/1.1 " + status);
      if (!status.equals("101")) {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void a_head_without_an_end_is_refused() throws Exception {
    try (Socket socket = socket()) {
      assertThat(ask(socket, "GET /mqtt HTTP/1.1\nX: " + "y".repeat(9_000)))
          .startsWith("HTTP/1.1 431");
    }
  }

  private static byte[] frame(int first, byte[] payload) {
    byte[] mask = {1, 2, 3, 4};
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    out.write(0x80 | payload.length);
    out.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ mask[i & 3]);
    }
    return out.toByteArray();
  }

  private static byte[] received(DataInputStream in, int first) throws IOException {
    assertThat(in.readUnsignedByte()).isEqualTo(first);
    byte[] payload = new byte[in.readUnsignedByte()];
    in.readFully(payload);
    return payload;
  }

  @Test
  void frames_are_no_limits_of_packets() throws Exception {
    byte[] connect = new PacketWriter().utf8("MQTT").u8(4).u8(2).u16(60).utf8("d").packet(0x10);
    byte[] publish = new PacketWriter().utf8(TOPIC).u16(7).raw(Rig.n(7)).packet(0x32);
    try (Socket socket = socket()) {
      ask(socket, GOOD);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      for (int i = 0; i < connect.length; i++) {
        int opcode = i == 0 ? 2 : 0;
        int last = i == connect.length - 1 ? 0x80 : 0;
        socket.getOutputStream().write(frame(opcode | last, new byte[] {connect[i]}));
        if (i == 3) {
          socket.getOutputStream().write(frame(0x89, new byte[] {'h', 'i'}));
        }
      }
      assertThat(received(in, 0x8A)).as("pong").containsExactly('h', 'i');
      assertThat(received(in, 0x82)).as("CONNACK").containsExactly(0x20, 2, 0, 0);
      socket.getOutputStream().write(frame(0x82, new byte[0]));
      socket.getOutputStream().write(frame(0x82, publish));
      assertThat(received(in, 0x82)).as("PUBACK").containsExactly(0x40, 2, 0, 7);
      socket.getOutputStream().write(frame(0x88, new byte[] {3, (byte) 0xE8}));
      assertThat(received(in, 0x88)).as("close").containsExactly(3, (byte) 0xE8);
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(rig.numbers("d-1")).containsExactly(7);
  }

  private int closing(byte[] frame) throws IOException {
    try (Socket socket = socket()) {
      ask(socket, GOOD);
      socket.getOutputStream().write(frame);
      byte[] why = received(new DataInputStream(socket.getInputStream()), 0x88);
      return (why[0] & 0xFF) << 8 | why[1] & 0xFF;
    }
  }

  @Test
  void wrong_frames_end_the_connection_with_the_reason() throws Exception {
    assertThat(closing(new byte[] {(byte) 0x82, 1, 0x10})).as("not masked").isEqualTo(1002);
    assertThat(closing(frame(0x81, new byte[] {'a'}))).as("text").isEqualTo(1003);
    assertThat(closing(frame(0x80, new byte[] {'a'}))).as("continues nothing").isEqualTo(1002);
    assertThat(closing(frame(0xC2, new byte[] {'a'}))).as("reserved bit").isEqualTo(1002);
    assertThat(closing(frame(0x09, new byte[] {'a'}))).as("a ping in parts").isEqualTo(1002);
    assertThat(closing(frame(0x83, new byte[] {'a'}))).as("no such opcode").isEqualTo(1002);
    assertThat(
            closing(
                new byte[] {(byte) 0x82, (byte) 0xFF, -1, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, 4}))
        .as("negative length")
        .isEqualTo(1002);
  }
}
