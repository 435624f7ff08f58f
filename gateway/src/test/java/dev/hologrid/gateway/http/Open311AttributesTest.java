package dev.hologrid.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.incident.Catalog;
import dev.hologrid.gateway.testing.RunningGateway;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that ask more than the place: GeoReport v2's definitions, and answers to them. */
class Open311AttributesTest {
  private static final String ASKING =
      """
      nameEn: Exposed waste, priority: P4, attributes: [
        {code: NOTE, variable: false, description: Call 119 when it burns},
        {code: KIND, datatype: singlevaluelist, required: true, description: 'What is it?', hint: choose one,
          values: {HOME: household, SITE: rubble}},
        {code: SMELL, datatype: multivaluelist, description: 'How is it?', values: {A: old, B: wet, C: burnt}},
        {code: BAGS, datatype: number, description: 'How many bags?'},
        {code: SINCE, datatype: datetime, description: 'Since when?'}],
      """;

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private RunningGateway gateway;

  private static String catalog() throws Exception {
    try (InputStream shipped = Catalog.class.getResourceAsStream("/incident/catalog.yaml")) {
      String text = new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
      String asking = text.replace("nameEn: Exposed waste, priority: P4,", ASKING);
      assertThat(asking).isNotEqualTo(text);
      return asking;
    }
  }

  @BeforeEach
  void start() throws Exception {
    Path files = Files.createDirectory(folder.resolve("files"));
    Files.writeString(
        files.resolve("places.csv"),
        "code,name,name_en,level,parent,lon,lat,floors\n440605,南海区,Nanhai,district,,113.1,23.0,\n");
    Files.writeString(files.resolve("devices.csv"), "id,kind,place,lon,lat,labels\n");
    Path catalog = Files.writeString(folder.resolve("catalog.yaml"), catalog());
    gateway =
        RunningGateway.in(
            folder.resolve("data"),
            Settings.none(Map.of()),
            Map.of("site.files", files.toString(), "incidents.catalog", catalog.toString()));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private HttpResponse<String> post(String... pairs) throws Exception {
    StringJoiner form = new StringJoiner("&");
    form.add("service_code=ORDER_WASTE&address_id=440605");
    for (int i = 0; i < pairs.length; i += 2) {
      form.add(
          URLEncoder.encode(pairs[i], StandardCharsets.UTF_8)
              + "="
              + URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return client.send(
        HttpRequest.newBuilder(URI.create(gateway.api().base() + "/open311/v2/requests.json"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-HoloGrid", "1")
            .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private void refused(String about, String... pairs) throws Exception {
    HttpResponse<String> answer = post(pairs);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains(about);
  }

  @Test
  void a_service_says_what_it_asks_and_the_answers_go_to_who_handles_it() throws Exception {
    JsonNode services = gateway.api().get("/open311/v2/services.json");
    for (JsonNode each : services) {
      assertThat(each.path("metadata").asBoolean())
          .isEqualTo(each.path("service_code").asText().equals("ORDER_WASTE"));
    }
    String text = gateway.api().text("/open311/v2/services/ORDER_WASTE.json");
    assertThat(new Schemas().problems("open311Service", 200, text)).isEmpty();
    JsonNode asked = Json.MAPPER.readTree(text).path("attributes");
    assertThat(asked.findValuesAsText("code"))
        .containsExactly("NOTE", "KIND", "SMELL", "BAGS", "SINCE");
    assertThat(asked.findValuesAsText("order")).containsExactly("1", "2", "3", "4", "5");
    assertThat(asked.path(1).path("values").path(1).path("name").asText()).isEqualTo("rubble");
    assertThat(gateway.api().text("/open311/v2/services/ORDER_WASTE.xml"))
        .contains("<values><value><key>HOME</key><name>household</name></value>");

    HttpResponse<String> made =
        post(
            "description", "at the corner",
            "attribute[KIND]", "SITE",
            "attribute[SMELL][]", "A",
            "attribute[SMELL][]", "C",
            "attribute[BAGS]", "3",
            "attribute[SINCE]", "2026-11-24");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String id = Json.MAPPER.readTree(made.body()).path(0).path("service_request_id").asText();
    assertThat(gateway.api().get("/api/v1/incidents/" + id).path("description").asText())
        .isEqualTo(
            "at the corner\nWhat is it?: rubble\nHow is it?: old, burnt\nHow many bags?: 3\n"
                + "Since when?: 2026-11-24");
    assertThat(
            gateway
                .api()
                .get("/open311/v2/requests/" + id + ".json")
                .path(0)
                .path("description")
                .asText())
        .as("as it was sent")
        .isEqualTo("at the corner");
  }

  @Test
  void an_answer_that_is_missing_or_wrong_is_named_with_the_question() throws Exception {
    refused("What is it?");
    refused("What is it?", "attribute[KIND]", " ");
    refused("[HOME, SITE]", "attribute[KIND]", "OTHER");
    refused("one value", "attribute[KIND]", "HOME", "attribute[KIND]", "SITE");
    refused("number", "attribute[KIND]", "HOME", "attribute[BAGS]", "some");
    refused("2026-01-01", "attribute[KIND]", "HOME", "attribute[SINCE]", "yesterday");
    refused("asks nothing", "attribute[KIND]", "HOME", "attribute[NOTE]", "x");
    refused("KIND, SMELL", "attribute[KIND]", "HOME", "attribute[COLOUR]", "red");
    assertThat(gateway.api().get("/open311/v2/requests.json")).isEmpty();
  }

  @Test
  void a_closed_request_tells_when_it_was_closed_and_empty_conditions_are_none() throws Exception {
    String id =
        Json.MAPPER
            .readTree(post("attribute[KIND]", "HOME").body())
            .path(0)
            .path("service_request_id")
            .asText();
    String commands = "/api/v1/incidents/" + id + "/commands";
    assertThat(
            gateway.api().post(commands, "{\"command\":\"reject\",\"reason\":\"no\"}").statusCode())
        .isEqualTo(200);
    String one = "/open311/v2/requests/" + id + ".json";
    String closed = gateway.api().get(one).path(0).path("updated_datetime").asText();
    assertThat(
            gateway
                .api()
                .post(commands, "{\"command\":\"comment\",\"note\":\"later\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(gateway.api().get(one).path(0).path("updated_datetime").asText()).isEqualTo(closed);
    String list = "/open311/v2/requests.json";
    assertThat(gateway.api().get(list + "?service_request_id=&status=&start_date=&service_code="))
        .hasSize(1);
    assertThat(gateway.api().get(list + "?status=open,closed")).hasSize(1);
    assertThat(gateway.api().get(list + "?service_code=NONE,ORDER_WASTE")).hasSize(1);
    assertThat(gateway.api().get(list + "?status=open")).isEmpty();
  }

  @Test
  void a_catalog_with_a_wrong_question_names_the_category_and_the_question() throws Exception {
    for (String[] each :
        new String[][] {
          {"datatype: number", "datatype: integer", "integer"},
          {"values: {HOME: household, SITE: rubble}", "required: true", "KIND"},
          {"code: BAGS", "code: KIND", "twice"},
          {"variable: false", "variable: false, required: true", "NOTE"}
        }) {
      Path wrong = folder.resolve("wrong.yaml");
      Files.writeString(wrong, catalog().replace(each[0], each[1]));
      assertThatThrownBy(() -> Catalog.read(wrong, null))
          .hasMessageContaining("ORDER_WASTE")
          .hasMessageContaining(each[2]);
    }
  }
}
