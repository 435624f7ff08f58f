package dev.hologrid.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.identity.Credentials;
import dev.hologrid.gateway.stream.StreamLimits;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.StringJoiner;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** GeoReport v2 as a client of the standard meets it. */
class Open311Test {
  private static final String REQUESTS = "/open311/v2/requests";

  @TempDir Path folder;
  private Front front;
  private String key;
  private String staff;

  @BeforeEach
  void start() throws Exception {
    Credentials credentials = Credentials.open(folder.resolve("secrets"));
    key = credentials.makeToken("resident-in");
    staff = credentials.makeToken("dispatcher-in");
    front = new Front(folder, HttpConfig.Mode.PASSWORD, StreamLimits.standard());
  }

  @AfterEach
  void stop() throws Exception {
    front.close();
  }

  private static String form(String... pairs) {
    StringJoiner form = new StringJoiner("&");
    for (int i = 0; i < pairs.length; i += 2) {
      form.add(pairs[i] + "=" + URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return form.toString();
  }

  private HttpResponse<String> post(String format, String form, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        front
            .request(REQUESTS + "." + format)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    return front.send(headers.length == 0 ? request : request.headers(headers));
  }

  private JsonNode json(String schema, HttpResponse<String> response) throws Exception {
    assertThat(response.headers().firstValue("Content-Type")).contains(Answer.JSON);
    assertThat(new Schemas().problems(schema, response.statusCode(), response.body()))
        .as("%s answered %s", schema, response.body())
        .isEmpty();
    return Json.MAPPER.readTree(response.body());
  }

  private String made(String... pairs) throws Exception {
    HttpResponse<String> response = post("json", form(pairs));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return json("open311Report", response).path(0).path("service_request_id").asText();
  }

  private JsonNode list(String query) throws Exception {
    HttpResponse<String> response = front.get(REQUESTS + ".json" + query);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json("open311Requests", response);
  }

  private static Document xml(HttpResponse<String> response) throws Exception {
    assertThat(response.headers().firstValue("Content-Type")).contains("text/xml; charset=utf-8");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(response.body().getBytes(StandardCharsets.UTF_8)));
  }

  private void error(HttpResponse<String> response, int status, String about) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode error = Json.MAPPER.readTree(response.body()).path(0);
    assertThat(error.path("code").asInt()).isEqualTo(status);
    assertThat(error.path("description").asText()).contains(about);
  }

  @Test
  void services_are_listed_and_defined_and_sensors_kinds_are_none() throws Exception {
    JsonNode discovery =
        json("open311Discovery", front.get("/open311/v2/discovery.json")).path("endpoints");
    assertThat(discovery.path(0).path("formats").toString()).contains("text/xml");
    JsonNode services = json("open311Services", front.get("/open311/v2/services.json"));
    assertThat(services.findValuesAsText("service_code"))
        .contains("ORDER_WASTE", "SAFETY_HAZARD")
        .doesNotContain("OFFLINE", "DURESS", "DISPUTE_FAMILY");
    Document xml = xml(front.get("/open311/v2/services.xml?jurisdiction_id=x"));
    assertThat(xml.getDocumentElement().getNodeName()).isEqualTo("services");
    assertThat(xml.getElementsByTagName("service").getLength()).isEqualTo(services.size());
    JsonNode definition =
        json("open311Service", front.get("/open311/v2/services/ORDER_WASTE.json"));
    assertThat(definition.path("attributes").isEmpty()).isTrue();
    error(front.get("/open311/v2/services/OFFLINE.json"), 404, "OFFLINE");
    error(front.get("/open311/v2/services.yaml"), 404, "json or xml");
  }

  @Test
  void anybody_reports_and_everybody_sees_what_is_public_of_it() throws Exception {
    String hostile = "<script>&\u0001 垃圾\nsecond line";
    String id =
        made(
            "service_code", "ORDER_WASTE",
            "lat", "23.04",
            "long", "113.15",
            "address_string", "灯湖东路 1 号",
            "description", hostile,
            "media_url", "https://photos.example/1.jpg",
            "email", "secret@example.org",
            "phone", "13800138000",
            "first_name", "Geheim");
    JsonNode one = json("open311Request", front.get(REQUESTS + "/" + id + ".json")).path(0);
    assertThat(one.path("status").asText()).isEqualTo("open");
    assertThat(one.path("description").asText()).startsWith(hostile);
    assertThat(one.path("address").asText()).isEqualTo("灯湖东路 1 号");
    assertThat(one.path("address_id").asText()).as("the town there").isEqualTo("440605011");
    assertThat(one.path("lat").asDouble()).isEqualTo(23.04);
    assertThat(one.path("long").asDouble()).isEqualTo(113.15);
    assertThat(one.path("media_url").asText()).isEqualTo("https://photos.example/1.jpg");
    assertThat(one.path("expected_datetime").asText()).as("the due time is public").isNotEmpty();
    HttpResponse<String> asXml = front.get(REQUESTS + "/" + id + ".xml");
    assertThat(xml(asXml).getElementsByTagName("description").item(0).getTextContent())
        .startsWith("<script>& 垃圾\nsecond line");
    HttpResponse<String> inside =
        front.get("/api/v1/incidents/" + id, "Authorization", "Bearer " + staff);
    assertThat(inside.statusCode()).isEqualTo(200);
    for (String text : new String[] {one.toString(), asXml.body(), inside.body()}) {
      assertThat(text).doesNotContain("secret@", "13800138000", "Geheim");
    }
    assertThat(one.toString()).doesNotContain("anonymous", "history", "reporter");
    JsonNode token = json("open311Token", front.get("/open311/v2/tokens/" + id + ".json"));
    assertThat(token.path(0).path("service_request_id").asText()).isEqualTo(id);
  }

  @Test
  void lists_are_filtered_and_closed_ones_say_so() throws Exception {
    String first = made("service_code", "ORDER_WASTE", "address_id", "b1");
    String second = made("service_code", "SAFETY_HAZARD", "address_string", "somewhere");
    HttpResponse<String> rejected =
        front.post(
            "/api/v1/incidents/" + first + "/commands",
            "{\"command\":\"reject\",\"reason\":\"not ours\"}",
            "Authorization",
            "Bearer " + staff);
    assertThat(rejected.statusCode()).as(rejected.body()).isEqualTo(200);
    String patrol =
        Json.MAPPER
            .readTree(
                front
                    .post(
                        "/api/v1/incidents",
                        "{\"category\":\"ORDER_WASTE\",\"place\":\"b1\",\"title\":\"t\"}",
                        "Authorization",
                        "Bearer " + staff)
                    .body())
            .path("id")
            .asText();
    assertThat(list("").findValuesAsText("service_request_id")).containsExactly(second, first);
    assertThat(list("?status=open").findValuesAsText("service_request_id")).containsExactly(second);
    assertThat(list("?status=closed").findValuesAsText("status_notes"))
        .containsExactly("不予立案 / rejected");
    assertThat(list("?status=open,closed&service_code=ORDER_WASTE,NONE")).hasSize(1);
    assertThat(list("?service_request_id=" + first + "," + patrol)).hasSize(1);
    assertThat(list("?end_date=2020-01-01T00:00:00Z")).isEmpty();
    assertThat(list("?start_date=2020-01-01T00:00:00Z&end_date=2020-02-01T08:00:00%2B08:00"))
        .isEmpty();
    error(front.get(REQUESTS + "/" + patrol + ".json"), 404, patrol);
    error(
        front.get(REQUESTS + ".json?start_date=2020-01-01T00:00:00Z&end_date=2021-01-01T00:00:00Z"),
        400,
        "90 days");
    error(front.get(REQUESTS + ".json?status=half"), 400, "status");
    error(front.get(REQUESTS + ".json?start_date=yesterday"), 400, "start_date");
    error(front.get(REQUESTS + ".json?stat=open"), 400, "stat");
  }

  @Test
  void a_key_says_who_reports_and_errors_have_the_standards_form() throws Exception {
    String id = made("api_key", key, "service_code", "ORDER_WASTE", "address_id", "b1");
    HttpResponse<String> own =
        front.get("/api/v1/incidents?reported=true", "Authorization", "Bearer " + key);
    assertThat(own.body()).contains(id);
    error(post("json", form("api_key", "no", "service_code", "ORDER_WASTE")), 403, "api_key");
    error(post("json", form("lat", "1", "long", "1")), 400, "service_code was not provided");
    error(post("json", form("service_code", "OFFLINE", "address_id", "b1")), 404, "OFFLINE");
    error(post("json", form("service_code", "ORDER_WASTE")), 400, "location");
    error(post("json", form("service_code", "ORDER_WASTE", "lat", "1")), 400, "together");
    error(post("json", form("service_code", "ORDER_WASTE", "address_id", "?")), 400, "no place");
    error(post("json", form("service_code", "ORDER_WASTE", "lat", "NaN", "long", "1")), 400, "lat");
    error(
        post(
            "json",
            form("service_code", "ORDER_WASTE", "address_id", "b1", "media_url", "file:///etc")),
        400,
        "media_url");
    error(front.post(REQUESTS + ".json", "{}"), 415, "form");
    HttpResponse<String> xml = post("xml", form("service_code", "ORDER_WASTE"));
    assertThat(xml.statusCode()).isEqualTo(400);
    assertThat(xml(xml).getElementsByTagName("code").item(0).getTextContent()).isEqualTo("400");
  }

  @Test
  void without_a_key_there_are_ten_reports_an_hour_from_an_address() throws Exception {
    String report = form("service_code", "ORDER_WASTE", "address_id", "b1");
    for (int i = 0; i < 10; i++) {
      assertThat(post("json", report).statusCode()).isEqualTo(201);
    }
    HttpResponse<String> one = post("json", report);
    error(one, 429, "api_key");
    assertThat(one.headers().firstValue("Retry-After")).contains("3600");
    assertThat(post("json", report + "&api_key=" + key).statusCode()).isEqualTo(201);
  }

  @Test
  void a_report_repeated_with_its_key_is_one_and_another_sites_page_reports_as_nobody()
      throws Exception {
    String report = form("service_code", "ORDER_WASTE", "address_id", "b1", "api_key", key);
    String first = post("json", report, "Idempotency-Key", "k").body();
    assertThat(post("json", report, "Idempotency-Key", "k").body()).isEqualTo(first);
    String nobody = form("service_code", "ORDER_WASTE", "address_id", "b1");
    HttpResponse<String> forged =
        post("json", nobody, "Authorization", "Bearer " + key, "Origin", "http://evil.example");
    error(forged, 403, "another site");
  }
}
