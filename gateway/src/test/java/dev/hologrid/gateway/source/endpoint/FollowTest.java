package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.gateway.identity.Credentials;
import dev.hologrid.gateway.testing.Publisher;
import dev.hologrid.gateway.testing.RunningGateway;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other systems follow alerts and incidents over MQTT, without polling. */
class FollowTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SMOKE = "{\"values\":{\"obscuration\":0.9}}";

  @TempDir Path data;

  private record Heard(String topic, String payload) {}

  private static List<Heard> follow(MqttClient client, String... filters) throws Exception {
    List<Heard> heard = new CopyOnWriteArrayList<>();
    for (String each : filters) {
      client.subscribe(
          new org.eclipse.paho.mqttv5.common.MqttSubscription[] {
            new org.eclipse.paho.mqttv5.common.MqttSubscription(each, 1)
          },
          new org.eclipse.paho.mqttv5.client.IMqttMessageListener[] {
            (String topic, MqttMessage message) ->
                heard.add(
                    new Heard(topic, new String(message.getPayload(), StandardCharsets.UTF_8)))
          });
    }
    return heard;
  }

  private static MqttClient client(RunningGateway gateway, MqttConnectionOptions options)
      throws Exception {
    MqttClient client =
        new MqttClient(
            "tcp://127.0.0.1:" + gateway.gateway().mqttPort(), "console", new MemoryPersistence());
    options.setAutomaticReconnect(false);
    client.connect(options);
    return client;
  }

  @Test
  void an_alert_and_its_incident_are_heard() throws Exception {
    try (RunningGateway gateway = RunningGateway.in(data)) {
      MqttClient client = client(gateway, new MqttConnectionOptions());
      List<Heard> heard = follow(client, "hologrid/v1/alerts/#", "hologrid/v1/incidents/+");
      try (Publisher device = new Publisher(gateway.gateway().mqttPort(), "sm-1")) {
        device.publish("hologrid/v1/smoke/sm-1", SMOKE);
      }
      Rig.await(
          "alert and incident",
          () ->
              heard.stream().anyMatch(each -> each.topic().startsWith("hologrid/v1/alerts/"))
                  && heard.stream()
                      .anyMatch(each -> each.topic().startsWith("hologrid/v1/incidents/")));
      Heard alert =
          heard.stream()
              .filter(each -> each.topic().startsWith("hologrid/v1/alerts/"))
              .findFirst()
              .orElseThrow();
      JsonNode item = JSON.readTree(alert.payload());
      assertThat(alert.topic())
          .isEqualTo(
              "hologrid/v1/alerts/"
                  + item.path("severity").asText()
                  + "/"
                  + item.path("rule").asText());
      assertThat(item.path("state").asText()).isEqualTo("firing");
      client.disconnect();
      client.close();
    }
  }

  @Test
  void a_program_with_a_token_sees_its_person_s_area_and_publishes_nothing() throws Exception {
    Path files = Files.createDirectories(data.resolve("files"));
    Files.writeString(
        files.resolve("places.csv"),
        """
        code,name,name_en,level,parent,lon,lat,floors
        440605,南海区,Nanhai,district,,113.14,23.03,
        440605011,桂城街道,Guicheng,town,440605,113.15,23.04,
        440605121,九江镇,Jiujiang,town,440605,113.0,22.8,
        b1,一号楼,One,building,440605011,113.16,23.05,2
        b2,二号楼,Two,building,440605121,113.0,22.8,3
        """);
    Files.writeString(
        files.resolve("devices.csv"),
        """
        id,kind,place,lon,lat,labels
        sm-1,smoke,b1,113.16,23.05,
        sm-2,smoke,b2,113.0,22.8,
        """);
    Files.writeString(
        files.resolve("people.csv"),
        """
        id,name,roles,scope,phone
        ana,甲,dispatcher,440605011,1
        dis,丙,dispatcher,440605,1
        res,乙,resident,440605011,1
        """);
    Credentials credentials = Credentials.open(data.resolve("data/secrets"));
    String token = credentials.makeToken("ana");
    String resident = credentials.makeToken("res");
    try (RunningGateway gateway =
        RunningGateway.in(
            data.resolve("data"),
            Map.of("site.files", files.toString(), "mqtt.devices", "reject"))) {
      int port = gateway.gateway().mqttPort();
      try (RawClient raw = new RawClient(port, 5)) {
        assertThat(raw.connectAs("r", "res", resident).code()).isZero();
        assertThat(subscribe(raw, "hologrid/v1/alerts/#")).isEqualTo(0x87);
      }
      try (RawClient raw = new RawClient(port, 5)) {
        assertThat(raw.connectAs("r", "res", token).code()).as("another's").isEqualTo(0x86);
      }
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setUserName("ana");
      options.setPassword(token.getBytes(StandardCharsets.UTF_8));
      MqttClient client = client(gateway, options);
      List<Heard> heard = follow(client, "hologrid/v1/alerts/#");
      for (String each : List.of("sm-2", "sm-1")) {
        String made = gateway.api().post("/api/v1/devices", "{\"id\":\"" + each + "\"}").body();
        String secret = JSON.readTree(made).path("secret").asText();
        try (RawClient device = new RawClient(port, 5)) {
          assertThat(device.connectAs("d", each, secret).code()).as(made).isZero();
          assertThat(subscribe(device, "hologrid/v1/alerts/#")).isEqualTo(0x87);
          assertThat(subscribe(device, "hologrid/v1/commands/" + each)).isZero();
          assertThat(subscribe(device, "hologrid/v1/commands/other")).isEqualTo(0x87);
          assertThat(subscribe(device, "hologrid/v1/commands/#")).isEqualTo(0x87);
          device.publish(
              1, false, 1, "hologrid/v1/smoke/" + each, SMOKE.getBytes(StandardCharsets.UTF_8));
          device.flush();
          assertThat(device.next().type()).isEqualTo(RawClient.PUBACK);
        }
      }
      Rig.await(
          "the alert of sm-1",
          () -> heard.stream().anyMatch(each -> each.payload().contains("sm-1")));
      assertThat(heard).noneMatch(each -> each.payload().contains("\"sm-2\""));
      client.publish("hologrid/v1/smoke/sm-1", Rig.n(1), 1, false);
      assertThat(gateway.api().text("/metrics"))
          .containsPattern("hologrid_mqtt_publishes_refused_total [1-9]");
      client.disconnect();
      client.close();
    }
  }

  private static int subscribe(RawClient client, String filter) throws Exception {
    byte[] name = filter.getBytes(StandardCharsets.US_ASCII);
    byte[] packet = new byte[2 + 3 + 2 + name.length + 1];
    packet[0] = (byte) 0x82;
    packet[1] = (byte) (packet.length - 2);
    packet[3] = 9;
    packet[6] = (byte) name.length;
    System.arraycopy(name, 0, packet, 7, name.length);
    client.raw(packet);
    RawClient.Packet answer = client.next();
    return answer.body()[answer.body().length - 1] & 0xFF;
  }
}
