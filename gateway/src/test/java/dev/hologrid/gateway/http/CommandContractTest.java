package dev.hologrid.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.hologrid.gateway.incident.IncidentCommand;
import dev.hologrid.gateway.incident.IncidentJson;
import dev.hologrid.gateway.incident.Move;
import dev.hologrid.gateway.incident.Resolution;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The contract names every command with its fields, and the headers that go with them. */
class CommandContractTest {
  private static final Contract CONTRACT = Contract.load();
  private static final JsonNode SCHEMAS = CONTRACT.document().at("/components/schemas");

  private static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(each -> words.add(each.asText()));
    return words;
  }

  /** The variants of a command by their word. */
  private static Map<String, JsonNode> variants() {
    Map<String, JsonNode> variants = new LinkedHashMap<>();
    SCHEMAS
        .at("/Move/oneOf")
        .forEach(each -> variants.put(each.at("/properties/command/const").asText(), each));
    return variants;
  }

  private static JsonSchema schema(String name) {
    ObjectNode whole = Json.MAPPER.createObjectNode();
    whole.set("components", CONTRACT.document().path("components"));
    whole.put("$ref", "#/components/schemas/" + name);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
  }

  @Test
  void the_words_are_those_of_the_workflow() {
    List<String> moves = Arrays.stream(Move.values()).map(Move::word).toList();
    assertThat(words(SCHEMAS.at("/CommandWord/enum"))).containsExactlyElementsOf(moves);
    assertThat(variants().keySet()).containsExactlyElementsOf(moves);
    assertThat(words(SCHEMAS.at("/Resolution/enum")))
        .containsExactly(
            Arrays.stream(Resolution.values()).map(Resolution::name).toArray(String[]::new));
  }

  @Test
  void each_command_has_the_fields_that_the_server_reads() {
    for (Class<?> each : IncidentCommand.class.getPermittedSubclasses()) {
      Set<String> read = new TreeSet<>(Set.of("command"));
      for (RecordComponent field : each.getRecordComponents()) {
        read.add(field.getName());
      }
      JsonNode variant = variants().get(IncidentJson.snake(each));
      Set<String> written = new TreeSet<>();
      variant.path("properties").fieldNames().forEachRemaining(written::add);
      assertThat(written).as(each.getSimpleName()).isEqualTo(read);
      assertThat(written).containsAll(words(variant.path("required")));
    }
  }

  private static ObjectNode example(String word, JsonNode variant) {
    ObjectNode example = Json.MAPPER.createObjectNode().put("command", word);
    for (String field : words(variant.path("required"))) {
      switch (field) {
        case "command" -> {}
        case "approved" -> example.put(field, true);
        case "until" -> example.put(field, "2026-11-24T02:00:00.000Z");
        default -> example.put(field, "a text");
      }
    }
    if (word.equals("dispatch")) {
      example.put("department", "water");
    }
    return example;
  }

  @Test
  void a_command_is_valid_with_what_it_needs_and_not_without() {
    JsonSchema one = schema("Command");
    JsonSchema bulk = schema("BulkCommand");
    variants()
        .forEach(
            (word, variant) -> {
              ObjectNode example = example(word, variant);
              assertThat(one.validate(example)).as(word).isEmpty();
              assertThat(IncidentJson.command(word, example.deepCopy().without("command")))
                  .isInstanceOf(IncidentJson.Parsed.Ok.class);
              assertThat(bulk.validate(example)).as(word + " without ids").isNotEmpty();
              ObjectNode many = example.deepCopy();
              many.putArray("ids").add("x");
              assertThat(bulk.validate(many)).as(word).isEmpty();
              for (String field : words(variant.path("required"))) {
                assertThat(one.validate(example.deepCopy().without(field)))
                    .as(word + " without " + field)
                    .isNotEmpty();
              }
            });
    assertThat(one.validate(Json.MAPPER.createObjectNode().put("command", "dispatch")))
        .as("to nobody")
        .isNotEmpty();
    assertThat(one.validate(Json.MAPPER.createObjectNode().put("command", "explode"))).isNotEmpty();
  }

  private static JsonNode operation(String id) {
    Operation known = CONTRACT.operations().get(id);
    return CONTRACT
        .document()
        .path("paths")
        .path(known.path())
        .path(known.method().toLowerCase(java.util.Locale.ROOT));
  }

  @Test
  void preconditions_and_tags_are_headers_of_the_contract() {
    assertThat(operation("commandIncident").path("parameters").findValuesAsText("$ref"))
        .contains("#/components/parameters/ifMatch", "#/components/parameters/idempotencyKey");
    assertThat(operation("reportIncident").path("parameters").findValuesAsText("$ref"))
        .contains("#/components/parameters/idempotencyKey");
    assertThat(operation("getIncident").path("parameters").findValuesAsText("$ref"))
        .contains("#/components/parameters/ifNoneMatch");
    assertThat(operation("commandIncident").path("responses").has("412")).isTrue();
    for (Operation each : CONTRACT.operations().values()) {
      JsonNode answer = operation(each.id()).path("responses").path("200");
      if (each.method().equals("GET")
          && answer.has("content")
          && !each.id().equals("streamEvents")) {
        assertThat(answer.at("/headers/ETag/$ref").asText())
            .as(each.id())
            .isEqualTo("#/components/headers/ETag");
      }
    }
  }
}
