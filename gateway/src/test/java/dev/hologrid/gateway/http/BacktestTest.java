package dev.hologrid.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.Publisher;
import dev.hologrid.gateway.testing.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Back-tests over HTTP at a whole server: on what it has recorded, while it runs. */
class BacktestTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOT =
      """
      groups:
        - name: heat
          rules:
            - alert: hot
              on: smoke
              expr: temperature > 50
              labels: { severity: major, category: OVERHEAT }
      """;

  @TempDir static Path data;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    Path files = Files.createDirectories(data.resolve("site-files"));
    Files.writeString(
        files.resolve("places.csv"),
        """
        code,name,name_en,level,parent,lon,lat,floors
        north,北区,North,district,,113.1,23.1,
        south,南区,South,district,,113.1,23.0,
        """);
    Files.writeString(
        files.resolve("devices.csv"),
        """
        id,kind,place,lon,lat,labels
        sm-1,smoke,north,113.1,23.1,
        sm-2,smoke,south,113.1,23.0,
        """);
    Files.writeString(
        files.resolve("people.csv"),
        """
        id,name,roles,scope,phone
        chief,Chief,admin,,1
        north,North,supervisor,north,2
        guard,Guard,officer,north,3
        """);
    Path rules = Files.createDirectories(data.resolve("rules"));
    Files.writeString(rules.resolve("hot.yaml"), HOT);
    Files.writeString(
        rules.resolve("mild.yaml"), HOT.replace("alert: hot", "alert: mild").replace("50", "80"));
    gateway =
        RunningGateway.in(
            data,
            Map.of(
                "alerting.rules",
                rules.toString(),
                "alerting.pack",
                "false",
                "site.files",
                files.toString()));
    try (Publisher device = new Publisher(gateway.gateway().mqttPort(), "device")) {
      for (String each : new String[] {"sm-1", "sm-2"}) {
        for (int heat : new int[] {40, 60, 40, 52, 40}) {
          device.publish(
              "hologrid/v1/smoke/" + each, "{\"values\":{\"temperature\":" + heat + "}}");
        }
      }
    }
    Await.until(
        "four alerts", () -> gateway.api().all("/api/v1/alerts?state=resolved").size() == 4);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static HttpResponse<String> ask(String actor, Map<String, String> body) throws Exception {
    return gateway.api().postAs(actor, "/api/v1/rules/backtest", JSON.writeValueAsString(body));
  }

  private static JsonNode answer(String actor, Map<String, String> body) throws Exception {
    HttpResponse<String> response = ask(actor, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  @Test
  void the_rules_that_run_match_what_was_raised() throws Exception {
    String running = gateway.api().get("/api/v1/rules").path("files").get(0).path("text").asText();
    assertThat(running).isEqualTo(HOT);
    JsonNode same = answer("chief", Map.of("rules", running));
    assertThat(same.path("readings").asInt()).isEqualTo(10);
    assertThat(same.path("matched")).hasSize(4);
    assertThat(same.path("onlyNow")).isEmpty();
    assertThat(same.path("onlyThen")).isEmpty();
    assertThat(same.path("cut").asBoolean()).isFalse();
    assertThat(gateway.api().all("/api/v1/alerts?state=firing")).as("nobody is told").isEmpty();
  }

  @Test
  void stricter_rules_show_which_alerts_would_be_gone() throws Exception {
    JsonNode stricter = answer("chief", Map.of("rules", HOT.replace("> 50", "> 55")));
    assertThat(stricter.path("matched")).hasSize(2);
    assertThat(stricter.path("onlyThen")).hasSize(2);
    assertThat(stricter.path("rules").get(0).path("onlyThen").asInt()).isEqualTo(2);
    JsonNode other = answer("chief", Map.of("rules", HOT.replace("alert: hot", "alert: warm")));
    assertThat(other.path("onlyNow")).hasSize(4);
    assertThat(other.path("leftOut").asInt()).isEqualTo(4);
  }

  @Test
  void a_file_is_tried_in_place_of_the_one_that_runs_and_with_the_others() throws Exception {
    String more = HOT.replace("alert: hot", "alert: hotter").replace("> 50", "> 55");
    String silent =
        more
            + "inhibit:\n  - { source: mild, target: hotter, same: device }\n"; // mild is elsewhere
    HttpResponse<String> alone = ask("chief", Map.of("rules", silent));
    assertThat(alone.statusCode()).isEqualTo(400);
    assertThat(alone.body()).contains("'mild'");
    JsonNode both = answer("chief", Map.of("rules", silent, "file", "hot.yaml"));
    assertThat(both.path("onlyNow")).hasSize(2);
    assertThat(both.path("matched")).as("of the file that was not replaced").isEmpty();
    HttpResponse<String> unknown = ask("chief", Map.of("rules", HOT, "file", "cold.yaml"));
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("those that do are [hot.yaml, mild.yaml]");
  }

  @Test
  void one_is_told_of_alerts_of_ones_own_area_only() throws Exception {
    JsonNode north = answer("north", Map.of("rules", HOT));
    assertThat(north.path("matched")).hasSize(2);
    north
        .path("matched")
        .forEach(each -> assertThat(each.path("subject").asText()).isEqualTo("sm-1"));
    assertThat(ask("guard", Map.of("rules", HOT)).statusCode()).isEqualTo(403);
  }

  @Test
  void what_is_wrong_is_named() throws Exception {
    Map<Map<String, String>, String> wrong =
        Map.of(
            Map.of("rules", HOT.replace("temperature", "temprature")),
                "did you mean 'temperature'?",
            Map.of("rules", "groups: ["), "rules.yaml:1",
            Map.of("rule", HOT), "is not a field here",
            Map.of("rules", HOT, "from", "yesterday"), "from must be ISO-8601",
            Map.of("rules", HOT, "from", "2100-01-01T00:00:00Z"), "from must be before to");
    for (Map.Entry<Map<String, String>, String> each : wrong.entrySet()) {
      HttpResponse<String> response = ask("chief", each.getKey());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
      assertThat(JSON.readTree(response.body()).path("detail").asText()).contains(each.getValue());
    }
  }

  @Test
  void a_span_without_readings_has_none() throws Exception {
    JsonNode none =
        answer(
            "chief",
            Map.of(
                "rules", HOT, "from", "2020-01-01T00:00:00Z", "to", "2020-01-02T00:00:00+08:00"));
    assertThat(none.path("readings").asInt()).isZero();
    assertThat(none.path("matched")).isEmpty();
    assertThat(none.path("onlyThen")).isEmpty();
  }
}
