package dev.hologrid.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.stream.StreamLimits;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The interface against openapi.yaml, with real parts behind a real server. */
class ContractTest {
  @TempDir static Path folder;
  private static Front front;
  private static final Schemas SCHEMAS = new Schemas();

  @BeforeAll
  static void start() throws Exception {
    front = new Front(folder, HttpConfig.Mode.OPEN, StreamLimits.standard());
  }

  @AfterAll
  static void stop() throws Exception {
    front.close();
  }

  private static JsonNode valid(String operation, HttpResponse<String> response) throws Exception {
    assertThat(SCHEMAS.problems(operation, response.statusCode(), response.body()))
        .as("%s answered %s %s", operation, response.statusCode(), response.body())
        .isEmpty();
    return Json.MAPPER.readTree(response.body());
  }

  private static String report(String place) {
    return "{\"category\":\"FIRE_SMOKE\",\"place\":\"" + place + "\",\"title\":\"烟\"}";
  }

  @Test
  void a_word_is_matched_before_the_parameter_in_its_place() {
    Map<String, Operation> backwards = new LinkedHashMap<>();
    List<Operation> all = new ArrayList<>(Contract.load().operations().values());
    Collections.reverse(all);
    all.forEach(each -> backwards.put(each.id(), each));

    assertThat(new Contract(Json.MAPPER.createObjectNode(), backwards).operations().values())
        .extracting(Operation::path)
        .containsSubsequence("/api/v1/grids/geojson", "/api/v1/grids/{code}");
  }

  @Test
  void answers_hold_what_the_contract_says() throws Exception {
    assertThat(front.post("/api/v1/incidents", report("b1")).statusCode()).isEqualTo(201);
    for (String[] each :
        List.of(
            new String[] {"getHealth", "/health"},
            new String[] {"getSession", "/api/v1/session"},
            new String[] {"getSignIn", "/api/v1/sign-in"},
            new String[] {"beginOpenId", "/api/v1/openid/login"},
            new String[] {"listPeople", "/api/v1/people"},
            new String[] {"listAlerts", "/api/v1/alerts?state=firing"},
            new String[] {"getAlert", "/api/v1/alerts/none/sm-1/7"},
            new String[] {"explainAlert", "/api/v1/alerts/none/sm-1/7/explanation"},
            new String[] {"listRules", "/api/v1/rules"},
            new String[] {"listSilences", "/api/v1/silences"},
            new String[] {"listIncidents", "/api/v1/incidents?open=true"},
            new String[] {"listDevices", "/api/v1/devices?limit=1"},
            new String[] {"getDevice", "/api/v1/devices/sm-1"},
            new String[] {"getDevice", "/api/v1/devices/none"},
            new String[] {"listGrids", "/api/v1/grids?level=town"},
            new String[] {"getGrid", "/api/v1/grids/440605"},
            new String[] {"getGridShapes", "/api/v1/grids/geojson?level=town"},
            new String[] {"getHygiene", "/api/v1/hygiene?hours=1"},
            new String[] {"getReadings", "/api/v1/readings?device=sm-1&metric=obscuration"},
            new String[] {"listQuarantine", "/api/v1/quarantine"},
            new String[] {"getSummary", "/api/v1/summary"},
            new String[] {"getKpis", "/api/v1/kpis?by=town"},
            new String[] {
              "getKpis", "/api/v1/kpis?by=month&from=2026-01-01T00:00:00Z&place=440605011"
            },
            new String[] {
              "getKpis", "/api/v1/kpis?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"
            },
            new String[] {"getKpiDefinitions", "/api/v1/kpis/definitions"},
            new String[] {"listNotifications", "/api/v1/notifications?state=sent"},
            new String[] {"listDevices", "/api/v1/devices?plcae=b1"})) {
      valid(each[0], front.get(each[1]));
    }
  }

  @Test
  void who_is_on_duty_and_cannot_be_told_is_shown_and_counted() throws Exception {
    JsonNode hygiene = valid("getHygiene", front.get("/api/v1/hygiene"));
    assertThat(hygiene.path("duty").path("unreachable").findValuesAsText("id"))
        .containsExactly("chief");
    assertThat(hygiene.path("calendar").path("knownTo").asText()).endsWith("-12-31");
    assertThat(front.get("/metrics").body())
        .contains("hologrid_people_on_duty{reachable=\"no\"} 1\n")
        .contains("hologrid_people_on_duty{reachable=\"yes\"} 8\n")
        .contains("hologrid_work_calendar_days ");
  }

  @Test
  void an_incident_moves_by_commands_and_refuses_with_a_name() throws Exception {
    HttpResponse<String> opened = front.post("/api/v1/incidents", report("b2"));
    JsonNode incident = valid("reportIncident", opened);
    String path = "/api/v1/incidents/" + incident.path("id").asText();
    assertThat(incident.path("actions").findValuesAsText("command")).contains("file", "reject");
    HttpResponse<String> closed = front.post(path + "/commands", "{\"command\":\"rework\"}");
    assertThat(closed.statusCode()).isEqualTo(409);
    assertThat(valid("commandIncident", closed).path("refusal").asText()).isEqualTo("WRONG_STATE");
    JsonNode rejected =
        valid(
            "commandIncident",
            front.post(path + "/commands", "{\"command\":\"reject\",\"reason\":\"误报\"}"));
    assertThat(rejected.path("state").asText()).isEqualTo("REJECTED");
    assertThat(valid("getIncident", front.get(path)).path("history").size()).isGreaterThan(1);
    JsonNode bulk =
        valid(
            "commandIncidents",
            front.post(
                "/api/v1/incidents/commands",
                "{\"ids\":[\"" + incident.path("id").asText() + "\"],\"command\":\"file\"}"));
    assertThat(bulk.path("refused").size()).isEqualTo(1);
  }

  @Test
  void what_harm_there_was_is_said_of_what_is_over() throws Exception {
    JsonNode open = valid("reportIncident", front.post("/api/v1/incidents", report("b2")));
    assertThat(open.path("outcome").isNull()).isTrue();
    String path = "/api/v1/incidents/" + open.path("id").asText();
    String end = "{\"command\":\"force_close\",\"reason\":\"a test\"}";
    JsonNode over = valid("commandIncident", front.post(path + "/commands", end));
    assertThat(over.path("outcome").toString())
        .isEqualTo("{\"deaths\":0,\"injured\":0,\"lossYuan\":0,\"grade\":\"\"}");
    assertThat(front.get("/api/v1/incidents.csv").body())
        .contains("resolution,deaths,injured,loss_yuan,grade\r\n")
        .contains(",FORCED,0,0,0,\r\n");
  }

  @Test
  void telemetry_is_answered_after_it_is_stored_and_bad_messages_change_nothing() throws Exception {
    String good = "{\"kind\":\"smoke\",\"device\":\"sm-1\",\"values\":{\"obscuration\":0.1}}";
    JsonNode stored =
        valid("postTelemetry", front.post("/api/v1/telemetry", "[" + good + "," + good + "]"));
    assertThat(stored.path("stored").asInt()).isEqualTo(2);
    HttpResponse<String> bad =
        front.post("/api/v1/telemetry", "[" + good + ",{\"kind\":\"A\",\"device\":\"#\"}]");
    assertThat(bad.statusCode()).isEqualTo(400);
    JsonNode told = valid("postTelemetry", bad);
    assertThat(told.path("field").asText()).isEqualTo("1.kind");
    assertThat(told.path("stored").asInt()).as("the right one").isEqualTo(1);
    assertThat(told.path("results").findValuesAsText("status"))
        .containsExactly("stored", "rejected");
    String text = good.replace("0.1", "[1]");
    HttpResponse<String> lines =
        front.send(
            front
                .request("/api/v1/telemetry")
                .header("Content-Type", "application/x-ndjson")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        good + "\nnot json\n" + good + "\n" + text + "\n")));
    assertThat(valid("postTelemetry", lines).path("results").findValuesAsText("status"))
        .containsExactly("stored", "rejected", "stored", "quarantined");
    HttpResponse<String> one = front.post("/api/v1/telemetry", text);
    assertThat(one.statusCode()).isEqualTo(400);
    assertThat(valid("postTelemetry", one).path("field").asText()).isEqualTo("values");
  }

  @Test
  void an_unchanged_answer_is_not_sent_again() throws Exception {
    HttpResponse<String> first = front.get("/api/v1/devices/sm-2");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = front.get("/api/v1/devices/sm-2", "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void pages_follow_their_cursor() throws Exception {
    JsonNode first = valid("listGrids", front.get("/api/v1/grids?limit=3"));
    String next = first.path("next").asText();
    JsonNode second = valid("listGrids", front.get("/api/v1/grids?limit=3&cursor=" + next));
    assertThat(second.findValuesAsText("code"))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(first.findValuesAsText("code"));
  }

  @Test
  void hostile_requests_get_a_problem_that_names_the_field() throws Exception {
    assertProblem(front.get("/api/v1/nothing"), 404);
    assertProblem(front.get("/api/v1/devices?limit=0"), 400);
    assertProblem(front.get("/api/v1/devices?limit=99999999999999999999"), 400);
    assertProblem(front.get("/api/v1/devices?cursor=%00%ff"), 400);
    assertProblem(front.get("/api/v1/alerts?cursor=eHh4"), 400);
    assertProblem(front.get("/api/v1/incidents?state=DROP%20TABLE"), 400);
    assertProblem(front.post("/api/v1/incidents", "{"), 400);
    assertProblem(front.post("/api/v1/incidents", "[".repeat(50_000)), 400);
    assertProblem(front.post("/api/v1/incidents", "{\"title\":1}"), 400);
    assertProblem(front.post("/api/v1/incidents", " ".repeat(2 << 20)), 413);
    HttpResponse<String> wrong = front.post("/api/v1/quarantine", "{}");
    assertProblem(wrong, 405);
    assertThat(wrong.headers().firstValue("Allow")).contains("GET");
    for (String outside :
        List.of(
            "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "/etc/passwd", "/web/", "/x")) {
      HttpResponse<String> answer = front.get(outside);
      assertThat(answer.statusCode()).as(outside).isIn(400, 404);
      assertThat(answer.body()).as(outside).doesNotContain("root:");
    }
  }

  @Test
  void the_consoles_pages_are_found_with_and_without_their_extension() throws Exception {
    for (String page : List.of("/", "/index.html", "/mobile", "/mobile.html", "/wall")) {
      HttpResponse<String> answer = front.get(page);
      assertThat(answer.statusCode()).as(page).isEqualTo(200);
      assertThat(answer.body()).as(page).containsIgnoringCase("<!doctype html>");
    }
  }

  private static void assertProblem(HttpResponse<String> response, int status) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(Json.MAPPER.readTree(response.body()).path("detail").asText()).isNotEmpty();
  }

  @Test
  void what_changes_something_must_not_come_from_another_site() throws Exception {
    for (Operation each : Contract.load().operations().values()) {
      if (each.guarded()) {
        for (String[] headers :
            List.of(
                new String[] {"Content-Type", "application/x-www-form-urlencoded"},
                new String[] {"X-HoloGrid", "1", "Origin", "http://evil.example"},
                new String[] {"X-HoloGrid", "1", "Origin", "null"},
                new String[] {"X-HoloGrid", "1", "Sec-Fetch-Site", "cross-site"})) {
          HttpRequest.Builder request =
              front
                  .request(each.path().replace("{id}", "x"))
                  .method(each.method(), HttpRequest.BodyPublishers.ofString("a=b"))
                  .headers(headers);
          assertThat(front.send(request).statusCode()).as(each.id()).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void every_route_says_the_same_to_browsers_and_nothing_about_versions() throws Exception {
    for (Operation each : Contract.load().operations().values()) {
      if (each.method().equals("GET") && !each.id().startsWith("stream")) {
        HttpResponse<String> response = front.get(each.path().replaceAll("\\{\\w+\\}", "x"));
        assertThat(response.headers().map())
            .as(each.id())
            .containsKeys("x-content-type-options", "content-security-policy", "referrer-policy")
            .doesNotContainKeys("server", "x-powered-by", "access-control-allow-origin");
        assertThat(response.headers().firstValue("content-security-policy").orElse(""))
            .contains("frame-ancestors 'none'")
            .doesNotContain("unsafe");
      }
    }
  }

  @Test
  void metrics_have_the_books() throws Exception {
    assertThat(front.get("/metrics").body())
        .contains(
            "hologrid_messages_received_total ", "hologrid_alerts_firing{severity=\"major\"} ")
        .contains("hologrid_messages_in_flight ", "hologrid_incidents_opened_total ");
  }
}
