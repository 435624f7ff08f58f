package dev.hologrid.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.gateway.testing.Api;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.Publisher;
import dev.hologrid.gateway.testing.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Silences over HTTP at a whole server: set, seen, at work, taken back, refused. */
class SilencesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LATER = Instant.now().plusSeconds(3_600).toString();

  @TempDir Path data;

  private static void smoke(RunningGateway gateway, String device) throws Exception {
    try (Publisher publisher = new Publisher(gateway.gateway().mqttPort(), device)) {
      publisher.publish("hologrid/v1/smoke/" + device, "{\"values\":{\"obscuration\":0.5}}");
    }
  }

  private static List<JsonNode> silences(RunningGateway gateway) throws Exception {
    List<JsonNode> items = new ArrayList<>();
    gateway.api().get("/api/v1/silences").path("items").forEach(items::add);
    return items;
  }

  private static List<String> alerting(Api api) throws Exception {
    return api.all("/api/v1/alerts").stream().map(each -> each.path("subject").asText()).toList();
  }

  @Test
  void a_silence_holds_an_alert_back_over_a_restart_until_it_is_removed() throws Exception {
    String id;
    try (RunningGateway gateway = RunningGateway.in(data)) {
      HttpResponse<String> set =
          gateway
              .api()
              .post(
                  "/api/v1/silences",
                  """
                  {"comment": "painting", "rules": ["smoke-alarm"], "devices": ["sm-1"], "until": "%s"}
                  """
                      .formatted(LATER));
      assertThat(set.statusCode()).as(set.body()).isEqualTo(201);
      JsonNode silence = JSON.readTree(set.body());
      id = silence.path("id").asText();
      assertThat(silence.path("comment").asText()).isEqualTo("painting");
      assertThat(silence.path("rules").get(0).asText()).isEqualTo("smoke-alarm");
      assertThat(silence.path("by").asText()).isNotEmpty();
      assertThat(Instant.parse(silence.path("from").asText())).isBefore(Instant.now());
      assertThat(silences(gateway)).containsExactly(silence);
      smoke(gateway, "sm-1");
      smoke(gateway, "sm-2");
      Await.until("the alert that is not silenced", () -> alerting(gateway.api()).size() == 1);
      assertThat(alerting(gateway.api())).containsExactly("sm-2");
    }
    try (RunningGateway gateway = RunningGateway.in(data)) {
      smoke(gateway, "sm-3");
      Await.until("another alert", () -> alerting(gateway.api()).contains("sm-3"));
      assertThat(alerting(gateway.api())).doesNotContain("sm-1");
      assertThat(gateway.api().delete("/api/v1/silences/" + id).statusCode()).isEqualTo(200);
      Await.until("the alert that was silenced", () -> alerting(gateway.api()).contains("sm-1"));
      assertThat(silences(gateway)).isEmpty();
      assertThat(gateway.api().delete("/api/v1/silences/" + id).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void one_that_would_silence_nothing_or_everything_is_refused_by_its_field() throws Exception {
    try (RunningGateway gateway = RunningGateway.in(data)) {
      String[][] wrong = {
        {"{'rules': ['smoke-alarm'], 'until': 'LATER'}", "comment is required"},
        {
          "{'comment': 'x', 'rules': ['smoke-alrm'], 'until': 'LATER'}",
          "did you mean 'smoke-alarm'?"
        },
        {"{'comment': 'x', 'until': 'LATER'}", "it is not for everything"},
        {"{'comment': 'x', 'devices': ['a']}", "until is required"},
        {"{'comment': 'x', 'devices': ['a'], 'until': 'tomorrow'}", "until must be ISO-8601"},
        {"{'comment': 'x', 'devices': ['a'], 'until': '2020-01-01T00:00:00Z'}", "in the future"},
        {
          "{'comment': 'x', 'devices': ['a'], 'from': '2100-01-01T00:00:00Z', 'until': 'LATER'}",
          "until must be after from"
        },
      };
      for (String[] each : wrong) {
        String body = each[0].replace('\'', '"').replace("LATER", LATER);
        HttpResponse<String> answer = gateway.api().post("/api/v1/silences", body);
        assertThat(answer.statusCode()).as(body).isEqualTo(400);
        assertThat(answer.body()).as(body).contains(each[1]);
      }
      assertThat(silences(gateway)).isEmpty();
      assertThat(gateway.api().delete("/api/v1/silences/none").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void one_by_category_place_and_labels_is_kept_as_it_was_set() throws Exception {
    try (RunningGateway gateway = RunningGateway.in(data)) {
      HttpResponse<String> set =
          gateway
              .api()
              .post(
                  "/api/v1/silences",
                  """
                  {"comment": "x", "rules": ["FIRE_SMOKE"], "labels": {"side": "north"},
                   "from": "2026-01-01T00:00:00+08:00", "until": "%s"}
                  """
                      .formatted(LATER));
      assertThat(set.statusCode()).as(set.body()).isEqualTo(201);
      JsonNode kept = silences(gateway).getFirst();
      assertThat(kept.path("labels").path("side").asText()).isEqualTo("north");
      assertThat(Instant.parse(kept.path("from").asText()))
          .isEqualTo(Instant.parse("2025-12-31T16:00:00Z"));
      assertThat(kept.path("devices")).isEmpty();
      assertThat(kept.path("place").asText()).isEmpty();
    }
  }
}
