package dev.hologrid.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.Events;
import dev.hologrid.gateway.testing.Mosquitto;
import dev.hologrid.gateway.testing.MosquittoPub;
import dev.hologrid.gateway.testing.RunningGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README promises of any MQTT client, with a client that knows nothing of HoloGrid. */
class AnyClientTest {
  private static final String TOPIC = "hologrid/v1/smoke/sm-1";
  private static final String SMOKE = "{\"values\":{\"obscuration\":0.9}}";

  @TempDir Path folder;

  @BeforeEach
  void needsTheClient() {
    assumeTrue(MosquittoPub.installed(), "apt-get install mosquitto-clients");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqttv311", "mqttv5"})
  void one_message_to_the_endpoint_is_one_alert_and_one_incident(String version) throws Exception {
    try (RunningGateway gateway = RunningGateway.in(folder);
        Events events = gateway.events()) {
      MosquittoPub.publish(gateway.gateway().mqttPort(), version, TOPIC, SMOKE);
      expectOneOfEach(gateway, events);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqttv311", "mqttv5"})
  void one_message_to_a_broker_is_one_alert_and_one_incident(String version) throws Exception {
    assumeTrue(Mosquitto.installed(), "apt-get install mosquitto");
    try (Mosquitto broker = Mosquitto.start(folder.resolve("broker"));
        RunningGateway gateway =
            RunningGateway.in(folder.resolve("data"), Map.of("broker.url", broker.url()));
        Events events = gateway.events()) {
      Await.until(
          "the gateway to have subscribed",
          () ->
              gateway.gateway().components().stream()
                  .allMatch(each -> each.check().word().equals("ok")));
      MosquittoPub.publish(broker.port(), version, TOPIC, SMOKE);
      expectOneOfEach(gateway, events);
    }
  }

  private static void expectOneOfEach(RunningGateway gateway, Events events) throws Exception {
    Await.until("an incident on the stream", () -> !events.named("incident").isEmpty());
    gateway.gateway().drain(Duration.ofSeconds(10));
    assertThat(events.named("alert")).hasSize(1);
    JsonNode alert = events.named("alert").getFirst().data();
    assertThat(alert.path("change").asText()).isEqualTo("RAISED");
    assertThat(alert.path("subject").asText()).isEqualTo("sm-1");
    assertThat(events.named("incident"))
        .filteredOn(each -> each.data().path("change").asText().equals("OPENED"))
        .hasSize(1);
    assertThat(events.named("incident"))
        .extracting(each -> each.data().path("id").asText())
        .containsOnly(events.named("incident").getFirst().data().path("id").asText());
    assertThat(gateway.api().all("/api/v1/alerts")).hasSize(1);
    assertThat(gateway.api().all("/api/v1/incidents")).hasSize(1);
    assertThat(gateway.gateway().totals().balanced()).isTrue();
  }
}
