package dev.hologrid.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.Events;
import dev.hologrid.gateway.testing.Publisher;
import dev.hologrid.gateway.testing.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainJobTest {
  @TempDir Path data;

  @Test
  void smoke_becomes_one_alert_and_one_incident_on_the_stream() throws Exception {
    try (RunningGateway gateway = RunningGateway.in(data);
        Events events = gateway.events();
        Publisher detector = new Publisher(gateway.gateway().mqttPort(), "sm-1")) {
      detector.publish("hologrid/v1/smoke/sm-1", "{\"values\":{\"obscuration\":0.9}}");

      Await.until("an incident on the stream", () -> !events.named("incident").isEmpty());
      detector.publish("hologrid/v1/smoke/sm-1", "{\"values\":{\"obscuration\":0.91}}");
      Await.until("the books to settle", () -> gateway.gateway().totals().stored() >= 2);
      gateway.gateway().drain(java.time.Duration.ofSeconds(10));

      assertThat(events.named("alert")).hasSize(1);
      JsonNode alert = events.named("alert").getFirst().data();
      assertThat(alert.path("change").asText()).isEqualTo("RAISED");
      assertThat(alert.path("subject").asText()).isEqualTo("sm-1");
      assertThat(alert.path("value").asDouble()).isEqualTo(0.9);
      assertThat(gateway.api().all("/api/v1/alerts")).hasSize(1);
      assertThat(gateway.api().all("/api/v1/incidents")).hasSize(1);
      assertThat(gateway.gateway().totals().balanced()).isTrue();
    }
  }

  @Test
  void an_incident_is_carried_to_its_end_and_every_illegal_step_is_refused_by_name()
      throws Exception {
    try (RunningGateway gateway = RunningGateway.in(data);
        Publisher door = new Publisher(gateway.gateway().mqttPort(), "door-1")) {
      door.publish("hologrid/v1/access/door-1", "{\"values\":{\"event\":\"door_forced\"}}");
      Await.until("an incident", () -> !gateway.api().all("/api/v1/incidents").isEmpty());
      String id = gateway.api().all("/api/v1/incidents").getFirst().path("id").asText();

      HttpResponse<String> early = command(gateway, id, "{\"command\":\"close\"}");
      assertThat(early.statusCode()).isEqualTo(409);
      assertThat(early.body()).contains("refusal");
      assertThat(gateway.api().get("/api/v1/incidents/" + id).path("actions")).isNotEmpty();
    }
  }

  @Test
  void alerts_and_incidents_survive_a_restart_without_doubles() throws Exception {
    try (RunningGateway gateway = RunningGateway.in(data);
        Publisher detector = new Publisher(gateway.gateway().mqttPort(), "sm-1")) {
      detector.publish("hologrid/v1/smoke/sm-1", "{\"values\":{\"obscuration\":0.9}}");
      Await.until("an incident", () -> !gateway.api().all("/api/v1/incidents").isEmpty());
    }
    try (RunningGateway gateway = RunningGateway.in(data);
        Publisher detector = new Publisher(gateway.gateway().mqttPort(), "sm-1")) {
      detector.publish("hologrid/v1/smoke/sm-1", "{\"values\":{\"obscuration\":0.95}}");
      gateway.gateway().drain(java.time.Duration.ofSeconds(10));
      List<JsonNode> alerts = gateway.api().all("/api/v1/alerts");
      assertThat(alerts).hasSize(1);
      assertThat(gateway.api().all("/api/v1/incidents")).hasSize(1);
    }
  }

  private static HttpResponse<String> command(RunningGateway gateway, String id, String body)
      throws Exception {
    return gateway.api().post("/api/v1/incidents/" + id + "/commands", body);
  }
}
