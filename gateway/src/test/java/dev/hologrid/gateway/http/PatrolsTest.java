package dev.hologrid.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.stream.StreamLimits;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patrols with their check-ins, photographs, duty and mediation, over HTTP. */
class PatrolsTest {
  private static final byte[] PHOTO = photo("a photograph");
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

  private static byte[] photo(String text) {
    byte[] content = ("....JFIF " + text).getBytes(StandardCharsets.ISO_8859_1);
    content[0] = (byte) 0xff;
    content[1] = (byte) 0xd8;
    content[2] = (byte) 0xff;
    return content;
  }

  private static HttpResponse<String> as(String who, String method, String path, String body)
      throws Exception {
    return front.send(
        front
            .request(path)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .headers("Content-Type", "application/json")
            .headers("X-HoloGrid", "1", "X-HoloGrid-Actor", who));
  }

  private static JsonNode done(String operation, HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    assertThat(SCHEMAS.problems(operation, response.statusCode(), response.body()))
        .as(response.body())
        .isEmpty();
    return Json.MAPPER.readTree(response.body());
  }

  private static String refusal(HttpResponse<String> response) throws Exception {
    return Json.MAPPER.readTree(response.body()).path("refusal").asText();
  }

  private static String at(double lon, double lat, int accuracy) {
    return "{\"lon\":" + lon + ",\"lat\":" + lat + ",\"accuracyM\":" + accuracy + "}";
  }

  @Test
  void a_patrol_is_planned_walked_judged_by_the_border_and_counted() throws Exception {
    String plan =
        done(
                "makePatrolPlan",
                as(
                    "dispatcher-in",
                    "POST",
                    "/api/v1/patrol-plans",
                    """
                    {"name":"夜巡","grid":"440605011","officer":"officer-in","points":[
                      {"name":"market","lon":113.15,"lat":23.04},{"name":"gate","lon":113.145,"lat":23.035}]}
                    """))
            .path("id")
            .asText();
    assertThat(refusal(as("officer-out", "POST", "/api/v1/patrols", "{\"plan\":\"" + plan + "\"}")))
        .isEqualTo("OUT_OF_SCOPE");
    JsonNode begun =
        done(
            "beginPatrol",
            as("officer-in", "POST", "/api/v1/patrols", "{\"plan\":\"" + plan + "\"}"));
    assertThat(refusal(as("officer-in", "POST", "/api/v1/patrols", "{}")))
        .isEqualTo("ALREADY_ON_PATROL");
    String path = "/api/v1/patrols/" + begun.path("id").asText();
    assertThat(refusal(as("officer-out", "POST", path + "/check-ins", at(113.15, 23.04, 5))))
        .isEqualTo("NOT_YOUR_PATROL");
    for (String each :
        new String[] {
          at(113.15, 23.04, 5), // at the market
          at(113.1603, 23.04, 5), // some thirty metres beyond the border
          at(113.18, 23.04, 5),
          at(113.15, 23.04, 500)
        }) {
      done("checkIn", as("officer-in", "POST", path + "/check-ins", each));
    }
    done(
        "reportIncident",
        as(
            "officer-in",
            "POST",
            "/api/v1/incidents",
            "{\"category\":\"SAFETY_HAZARD\",\"place\":\"b1\",\"title\":\"通道堵塞\"}"));
    JsonNode ended = done("endPatrol", as("officer-in", "POST", path + "/end", ""));
    assertThat(ended.path("checkIns").findValuesAsText("verdict"))
        .containsExactly("INSIDE", "NEAR", "OUTSIDE", "IMPRECISE");
    assertThat(ended.path("checkIns").get(1).path("metresOutside").asDouble())
        .isBetween(20.0, 45.0);
    assertThat(ended.path("visited").asInt()).isEqualTo(1);
    assertThat(ended.path("incidents")).hasSize(1);
    assertThat(refusal(as("officer-in", "POST", path + "/end", ""))).isEqualTo("PATROL_ENDED");
    assertThat(as("officer-out", "GET", path, "").statusCode()).isEqualTo(404);
    assertThat(done("listPatrols", as("dispatcher-in", "GET", "/api/v1/patrols", "")).path("items"))
        .hasSize(1);
    assertThat(done("listPatrols", as("officer-out", "GET", "/api/v1/patrols", "")).path("items"))
        .isEmpty();
    assertThat(
            done("listPatrolPlans", as("officer-in", "GET", "/api/v1/patrol-plans", ""))
                .path("items"))
        .hasSize(1);
    JsonNode items =
        done("getOfficerKpis", as("supervisor-in", "GET", "/api/v1/kpis/officers", ""))
            .path("items");
    JsonNode kpi =
        java.util.stream.StreamSupport.stream(items.spliterator(), false)
            .filter(each -> each.path("group").asText().equals("officer-in"))
            .findFirst()
            .orElseThrow()
            .path("now");
    assertThat(kpi.path("checkInsValid").asInt()).isEqualTo(2);
    assertThat(kpi.path("coverageRate").asDouble()).isEqualTo(0.5);
    assertThat(kpi.path("eventsPerPatrol").asDouble()).isEqualTo(1);
    assertThat(as("supervisor-in", "GET", "/api/v1/kpis/officers.csv", "").body())
        .startsWith("group,name,period,rounds,rounds_missed,points_missed,patrols,")
        .contains("\r\nofficer-in,")
        .doesNotContain("officer-out");
  }

  @Test
  void a_schedule_makes_rounds_and_what_is_missed_is_listed_counted_and_excused() throws Exception {
    String plan =
        done(
                "makePatrolPlan",
                as(
                    "dispatcher-out",
                    "POST",
                    "/api/v1/patrol-plans",
                    """
                    {"name":"日巡","grid":"440605121","officer":"officer-out","points":[
                      {"name":"pier","lon":113.0,"lat":22.8}]}
                    """))
            .path("id")
            .asText();
    String schedule =
        "{\"plan\":\"%s\",\"recurrence\":{\"kind\":\"weekly\",\"days\":%s},\"from\":\"00:00\",\"to\":\"00:00\"}";
    String all = "[\"MO\",\"TU\",\"WE\",\"TH\",\"FR\",\"SA\",\"SU\"]";
    HttpResponse<String> wrong =
        as(
            "dispatcher-out",
            "POST",
            "/api/v1/patrol-schedules",
            schedule.formatted(plan, "[\"XX\"]"));
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("recurrence", "MO TU WE TH FR SA SU");
    done(
        "makePatrolSchedule",
        as("dispatcher-out", "POST", "/api/v1/patrol-schedules", schedule.formatted(plan, all)));
    java.time.Instant now = java.time.Instant.now();
    front.rounds.tick(now);
    front.rounds.tick(now.plus(java.time.Duration.ofHours(24)));
    JsonNode missed =
        done(
                "listPatrolRounds",
                as(
                    "supervisor-out",
                    "GET",
                    "/api/v1/patrol-rounds?state=MISSED&officer=officer-out&place=440605121",
                    ""))
            .path("items");
    assertThat(missed).hasSize(1);
    assertThat(missed.get(0).path("missing").get(0).path("name").asText()).isEqualTo("pier");
    assertThat(missed.get(0).path("notified").get(0).path("id").asText())
        .isEqualTo("supervisor-out");
    String path = "/api/v1/patrol-rounds/" + missed.get(0).path("id").asText();
    assertThat(as("supervisor-in", "GET", path, "").statusCode()).isEqualTo(404);
    JsonNode notices =
        done(
                "listNotifications",
                as("supervisor-out", "GET", "/api/v1/notifications?state=waiting", ""))
            .path("items");
    assertThat(notices.findValuesAsText("event")).contains("patrol_missed");
    String span = "from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z";
    JsonNode figures =
        done(
                "getPatrolKpis",
                as("supervisor-out", "GET", "/api/v1/kpis/patrols?by=officer&" + span, ""))
            .path("items");
    assertThat(figures.get(0).path("now").path("missRate").asDouble()).isEqualTo(1);
    assertThat(as("supervisor-out", "GET", "/api/v1/kpis/patrols.csv?by=grid&" + span, "").body())
        .contains("440605121,九江镇,now,1,0,0,1,1,0,0.0000,0.0000,1.0000,0.0000");
    JsonNode excused =
        done(
            "commandPatrolRound",
            as(
                "supervisor-out",
                "POST",
                path + "/commands",
                "{\"command\":\"excuse\",\"reason\":\"台风\"}"));
    assertThat(excused.path("history").findValuesAsText("event"))
        .contains("came_due", "missed", "excused");
    assertThat(done("getPatrolRound", as("officer-out", "GET", path, "")).path("state").asText())
        .isEqualTo("EXCUSED");
  }

  private static HttpResponse<String> bring(String who, byte[] content) throws Exception {
    return front.send(
        front
            .request("/api/v1/attachments")
            .POST(HttpRequest.BodyPublishers.ofByteArray(content))
            .headers("Content-Type", "image/jpeg")
            .headers("X-HoloGrid", "1", "X-HoloGrid-Actor", who));
  }

  @Test
  void a_photograph_is_known_by_its_content_and_seen_by_those_who_see_the_case() throws Exception {
    JsonNode kept = done("keepAttachment", bring("resident-in", PHOTO));
    assertThat(kept.path("type").asText()).isEqualTo("image/jpeg");
    String hash = kept.path("hash").asText();
    assertThat(done("keepAttachment", bring("resident-in", PHOTO)).path("hash").asText())
        .isEqualTo(hash);
    assertThat(as("dispatcher-in", "GET", "/api/v1/attachments/" + hash, "").statusCode())
        .isEqualTo(404);
    JsonNode incident =
        done(
            "reportIncident",
            as(
                "resident-in",
                "POST",
                "/api/v1/incidents",
                "{\"category\":\"ORDER_WASTE\",\"place\":\"b1\",\"title\":\"垃圾\",\"photos\":[\""
                    + hash
                    + "\"]}"));
    assertThat(incident.path("photos").get(0).asText()).isEqualTo(hash);
    HttpResponse<String> seen = as("dispatcher-in", "GET", "/api/v1/attachments/" + hash, "");
    assertThat(seen.statusCode()).isEqualTo(200);
    assertThat(seen.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(seen.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(as("dispatcher-out", "GET", "/api/v1/attachments/" + hash, "").statusCode())
        .isEqualTo(404);
    assertThat(as("dispatcher-out", "GET", "/api/v1/attachments/..%2F..", "").statusCode())
        .isEqualTo(404);
    assertThat(
            refusal(
                as(
                    "resident-in",
                    "POST",
                    "/api/v1/incidents",
                    "{\"category\":\"ORDER_WASTE\",\"place\":\"b1\",\"title\":\"x\",\"photos\":[\"none\"]}")))
        .isEqualTo("UNKNOWN_ATTACHMENT");
    try (var files = Files.walk(folder.resolve("attachments"))) {
      assertThat(files.filter(each -> each.getFileName().toString().equals(hash))).hasSize(1);
    }
  }

  @Test
  void what_is_no_photograph_or_too_large_is_refused() throws Exception {
    assertThat(
            bring("officer-in", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8))
                .statusCode())
        .isEqualTo(415);
    byte[] large = Arrays.copyOf(PHOTO, (10 << 20) + 1);
    assertThat(bring("officer-in", large).statusCode()).isEqualTo(413);
    assertThat(bring("officer-in", Arrays.copyOf(PHOTO, 5 << 20)).statusCode()).isEqualTo(201);
  }

  @Test
  void a_version_that_is_gone_is_refused_and_a_key_works_once() throws Exception {
    JsonNode incident =
        done(
            "reportIncident",
            as(
                "dispatcher-in",
                "POST",
                "/api/v1/incidents",
                "{\"category\":\"SAFETY_HAZARD\",\"place\":\"b1\",\"title\":\"t\"}"));
    String path = "/api/v1/incidents/" + incident.path("id").asText();
    String tag = as("dispatcher-in", "GET", path, "").headers().firstValue("ETag").orElseThrow();
    String note = "{\"command\":\"comment\",\"note\":\"seen\"}";
    HttpRequest.Builder command =
        front
            .request(path + "/commands")
            .POST(HttpRequest.BodyPublishers.ofString(note))
            .headers("X-HoloGrid", "1", "X-HoloGrid-Actor", "dispatcher-in")
            .headers("Content-Type", "application/json", "If-Match", tag);
    HttpResponse<String> first = front.send(command.copy().header("Idempotency-Key", "k1"));
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(front.send(command.copy().header("Idempotency-Key", "k1")).body())
        .isEqualTo(first.body());
    HttpResponse<String> stale = front.send(command.copy().header("Idempotency-Key", "k2"));
    assertThat(stale.statusCode()).isEqualTo(412);
    assertThat(refusal(stale)).isEqualTo("STALE_VERSION");
  }

  @Test
  void duty_and_mediation_are_kept_within_the_area() throws Exception {
    JsonNode duty =
        done(
            "setDuty",
            as(
                "dispatcher-in",
                "PUT",
                "/api/v1/people/handler-in/duty",
                "{\"available\":true,\"shifts\":[{\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"2020-01-02T00:00:00Z\"}]}"));
    assertThat(duty.path("onDuty").asBoolean()).isFalse();
    assertThat(duty.path("shifts")).hasSize(1);
    assertThat(
            as("dispatcher-out", "PUT", "/api/v1/people/handler-in/duty", "{\"available\":false}")
                .statusCode())
        .isEqualTo(404);
    String organisation = "{\"name\":\"人民调解委员会\",\"kinds\":[\"*\"],\"place\":\"440605011\"}";
    done("setMediation", as("supervisor-in", "PUT", "/api/v1/mediation/m1", organisation));
    assertThat(as("supervisor-out", "PUT", "/api/v1/mediation/m1", organisation).statusCode())
        .isEqualTo(403);
    JsonNode dispute =
        done(
            "reportIncident",
            as(
                "officer-in",
                "POST",
                "/api/v1/incidents",
                "{\"category\":\"DISPUTE_NEIGHBOUR\",\"place\":\"b1\",\"title\":\"噪音\",\"origin\":\"DISPUTE\"}"));
    assertThat(dispute.path("department").asText()).isEqualTo("m1");
    JsonNode list = done("listMediation", as("officer-in", "GET", "/api/v1/mediation", ""));
    assertThat(list.path("items").get(0).path("open").asInt()).isEqualTo(1);
    assertThat(
            done("listMediation", as("officer-out", "GET", "/api/v1/mediation", "")).path("items"))
        .isEmpty();
    assertThat(as("supervisor-out", "DELETE", "/api/v1/mediation/m1", "").statusCode())
        .isEqualTo(404);
    assertThat(as("supervisor-in", "DELETE", "/api/v1/mediation/m1", "").statusCode())
        .isEqualTo(204);
  }
}
