package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.gateway.decode.PanelFrame;
import dev.hologrid.gateway.testing.RunningGateway;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands to devices, from the API to the device and back. */
class DeviceCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MINE = "hologrid/v1/commands/sm-1";

  @TempDir Path data;

  private record Heard(String topic, MqttMessage message) {}

  private static JsonNode json(HttpResponse<String> response, int status) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JSON.readTree(response.body());
  }

  private static void known(RunningGateway gateway, String device) throws Exception {
    json(
        gateway
            .api()
            .post(
                "/api/v1/telemetry",
                "{\"kind\":\"smoke\",\"device\":\"" + device + "\",\"values\":{\"n\":1}}"),
        202);
    Rig.await(
        "known",
        () -> {
          try {
            return gateway.api().text("/api/v1/devices/" + device).contains("\"kind\"");
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static JsonNode state(RunningGateway gateway, JsonNode command, String wanted) {
    String path =
        "/api/v1/devices/"
            + command.path("device").asText()
            + "/commands/"
            + command.path("id").asText();
    JsonNode[] last = new JsonNode[1];
    Rig.await(
        wanted,
        () -> {
          try {
            last[0] = gateway.api().get(path);
            return last[0].path("state").asText().equals(wanted);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    return last[0];
  }

  @Test
  void a_device_does_as_it_is_told_and_says_so() throws Exception {
    try (RunningGateway gateway = RunningGateway.in(data)) {
      known(gateway, "sm-1");
      BlockingQueue<Heard> heard = new ArrayBlockingQueue<>(10);
      MqttClient device =
          new MqttClient(
              "tcp://127.0.0.1:" + gateway.gateway().mqttPort(), "sm-1", new MemoryPersistence());
      device.connect();
      IMqttMessageListener listener = (topic, message) -> heard.add(new Heard(topic, message));
      device.subscribe(
          new MqttSubscription[] {new MqttSubscription(MINE, 1)},
          new IMqttMessageListener[] {listener});
      HttpResponse<String> answer =
          gateway
              .api()
              .post(
                  "/api/v1/devices/sm-1/commands",
                  "{\"command\":\"mute\",\"params\":{\"minutes\":5}}");
      JsonNode command = json(answer, 202);
      String id = command.path("id").asText();
      assertThat(answer.headers().firstValue("Location"))
          .contains("/api/v1/devices/sm-1/commands/" + id);
      Heard asked = heard.poll(10, TimeUnit.SECONDS);
      assertThat(asked.topic()).isEqualTo(MINE);
      assertThat(asked.message().getQos()).isEqualTo(1);
      JsonNode payload = JSON.readTree(asked.message().getPayload());
      assertThat(payload.path("command").asText()).isEqualTo("mute");
      assertThat(payload.path("params").path("minutes").asInt()).isEqualTo(5);
      String where = asked.message().getProperties().getResponseTopic();
      assertThat(where).isEqualTo(MINE + "/answers/" + id);
      assertThat(asked.message().getProperties().getCorrelationData())
          .isEqualTo(id.getBytes(StandardCharsets.UTF_8));
      assertThat(asked.message().getProperties().getMessageExpiryInterval()).isBetween(1L, 30L);
      state(gateway, command, "delivered");
      // Another device's answer is none.
      device.publish("hologrid/v1/commands/sm-2/answers/" + id, "{}".getBytes(), 1, false);
      device.publish(where, "{\"ok\":true,\"muted\":5}".getBytes(), 1, false);
      JsonNode done = state(gateway, command, "done");
      assertThat(done.path("answer").path("muted").asInt()).isEqualTo(5);
      assertThat(done.path("by").asText()).isNotEmpty();
      device.publish(where, "{\"ok\":false}".getBytes(), 1, false);
      assertThat(gateway.api().get("/api/v1/devices/sm-1/commands").path("items").get(0))
          .as("the first answer counts")
          .isEqualTo(done);
      assertThat(gateway.api().get("/api/v1/quarantine").path("items")).isEmpty();
      device.disconnect();
      device.close();
    }
  }

  @Test
  void an_old_device_finds_all_in_the_payload_and_a_silent_one_is_unanswered() throws Exception {
    try (RunningGateway gateway = RunningGateway.in(data)) {
      known(gateway, "sm-1");
      String url = "/api/v1/devices/sm-1/commands";
      json(gateway.api().post(url, "{\"command\":\"mute\"}"), 409);
      int port = gateway.gateway().mqttPort();
      try (Peer device = Peer.open(port, "d", Peer.Hello.three().clean(false)).accepted()) {
        device.subscribe(MINE + "/#", 1);
        JsonNode command = json(gateway.api().post(url, "{\"command\":\"open\"}"), 202);
        Peer.Message asked = device.message();
        device.ack(asked);
        String where = JSON.readTree(asked.payload()).path("answerTo").asText();
        device.publish(1, 1, where, new PacketWriter(), "{\"ok\":false,\"why\":\"stuck\"}");
        JsonNode failed = state(gateway, command, "failed");
        assertThat(failed.path("answer").path("why").asText()).isEqualTo("stuck");
        assertThat(device.next().type()).isEqualTo(RawClient.PUBACK);
      }
      JsonNode late = json(gateway.api().post(url, "{\"command\":\"open\",\"seconds\":1}"), 202);
      assertThat(late.path("state").asText()).as("waits for it to come back").isEqualTo("sent");
      state(gateway, late, "unanswered");
      try (Peer device = Peer.open(port, "d", Peer.Hello.three().clean(false)).accepted()) {
        assertThat(device.sessionPresent()).isTrue();
        device.ping(); // and nothing before: a command whose time is over is not carried out
      }
      for (String wrong :
          new String[] {
            "{}",
            "{\"command\":\"Mute it\"}",
            "{\"command\":\"mute\",\"params\":[1]}",
            "{\"command\":\"mute\",\"seconds\":4000}",
            "{\"command\":\"mute\",\"parms\":{}}"
          }) {
        json(gateway.api().post(url, wrong), 400);
      }
      json(gateway.api().post("/api/v1/devices/none/commands", "{\"command\":\"mute\"}"), 404);
    }
  }

  @Test
  void a_device_answers_for_itself_only() throws Exception {
    try (RunningGateway gateway = RunningGateway.in(data, Map.of("mqtt.devices", "reject"))) {
      String made = gateway.api().post("/api/v1/devices", "{\"id\":\"sm-1\"}").body();
      String secret = JSON.readTree(made).path("secret").asText();
      try (RawClient device = new RawClient(gateway.gateway().mqttPort(), 5)) {
        assertThat(device.connectAs("d", "sm-1", secret).code()).isZero();
        Map<String, Integer> codes =
            Map.of(
                MINE + "/answers/x",
                0,
                MINE,
                0x87,
                "hologrid/v1/commands/sm-10/answers/x",
                0x87,
                "hologrid/v1/commands/sm-2/answers/x",
                0x87);
        for (Map.Entry<String, Integer> each : codes.entrySet()) {
          device.publish(1, false, 1, each.getKey(), "{}".getBytes(StandardCharsets.UTF_8));
          device.flush();
          byte[] body = device.next().body();
          assertThat(body.length == 2 ? 0 : body[2] & 0xFF)
              .as(each.getKey())
              .isEqualTo(each.getValue());
        }
      }
    }
  }

  @Test
  void a_fire_panel_is_asked_whether_somebody_is_there() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Map<String, String> more =
        Map.of("fire-panel.port", String.valueOf(port), "fire-panel.timeout", "200ms");
    byte[] time = {0, 0, 0, 1, 1, 26};
    byte[] state = {21, 1, 8, 2, 58, 9, 26, 9, 12};
    PanelFrame first = new PanelFrame(1, 1, time, 0x379, 0x15b38, PanelFrame.DATA, state);
    String url = "/api/v1/devices/panel-000000000379/commands";
    try (RunningGateway gateway = RunningGateway.in(data, more);
        Socket panel = new Socket(InetAddress.getLoopbackAddress(), port)) {
      panel.setSoTimeout(10_000);
      DataInputStream in = new DataInputStream(panel.getInputStream());
      panel.getOutputStream().write(first.bytes());
      assertThat(frame(in).command()).isEqualTo(PanelFrame.CONFIRM);
      Rig.await(
          "known",
          () -> {
            try {
              return gateway.api().text("/api/v1/devices").contains("panel-000000000379");
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
      String check = "{\"command\":\"duty-check\",\"params\":{\"minutes\":10}}";
      JsonNode command = json(gateway.api().post(url, check), 202);
      PanelFrame asked = frame(in);
      assertThat(asked.command()).isEqualTo(PanelFrame.CONTROL);
      assertThat(asked.unit()).containsExactly(91, 1, 10);
      panel.getOutputStream().write(asked.reply(PanelFrame.CONFIRM, time).bytes());
      state(gateway, command, "done");
      String read =
          "{\"command\":\"read\",\"params\":{\"what\":\"device-state\",\"object\":\"00\"}}";
      command = json(gateway.api().post(url, read), 202);
      asked = frame(in);
      assertThat(asked.unit()).containsExactly(81, 1, 0);
      panel.getOutputStream().write(asked.reply(PanelFrame.DENY, time).bytes());
      assertThat(state(gateway, command, "failed").path("answer").path("outcome").asText())
          .isEqualTo("denied");
      JsonNode wrong = json(gateway.api().post(url, "{\"command\":\"mute\"}"), 400);
      assertThat(wrong.path("detail").asText()).contains("duty-check");
      for (String each :
          new String[] {
            "{\"command\":\"duty-check\",\"params\":{\"minutes\":0}}",
            "{\"command\":\"read\",\"params\":{\"what\":\"x\"}}",
            "{\"command\":\"read\",\"params\":{\"what\":\"device-state\",\"object\":\"0\"}}"
          }) {
        json(gateway.api().post(url, each), 400);
      }
      panel.close();
      Rig.await(
          "gone",
          () -> {
            try {
              return gateway.api().post(url, check).statusCode() == 409;
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  private static PanelFrame frame(DataInputStream in) throws Exception {
    byte[] head = new byte[PanelFrame.HEAD];
    in.readFully(head);
    int length = head[24] & 0xFF | (head[25] & 0xFF) << 8;
    byte[] all = Arrays.copyOf(head, PanelFrame.OVERHEAD + length);
    in.readFully(all, PanelFrame.HEAD, all.length - PanelFrame.HEAD);
    return PanelFrame.parse(all);
  }
}
