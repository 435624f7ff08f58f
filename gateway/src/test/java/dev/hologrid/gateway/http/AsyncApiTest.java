package dev.hologrid.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** asyncapi.yaml against the routes that there are: every stream, with every parameter. */
class AsyncApiTest {
  private static JsonNode document() throws Exception {
    try (InputStream in =
        AsyncApiTest.class.getClassLoader().getResourceAsStream("asyncapi.yaml")) {
      return new YAMLMapper().readTree(in);
    }
  }

  /** A reference within the document, followed. */
  private static JsonNode followed(JsonNode document, JsonNode node) {
    String ref = node.path("$ref").asText("");
    return ref.isEmpty() ? node : document.at(ref.substring(1));
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The parameters by address; over server-sent events they belong to the operation. */
  private static Map<String, Set<String>> described(JsonNode document) {
    Map<String, Set<String>> found = new HashMap<>();
    document
        .path("operations")
        .forEach(
            operation -> {
              JsonNode channel = followed(document, operation.path("channel"));
              JsonNode query = operation.at("/bindings/http/query");
              if (query.isMissingNode()) {
                query = channel.at("/bindings/ws/query");
              }
              found.put(
                  channel.path("address").asText(),
                  names(followed(document, query).path("properties")));
            });
    return found;
  }

  @Test
  void every_stream_and_each_of_its_parameters_is_described() throws Exception {
    Map<String, Set<String>> routed = new HashMap<>();
    for (Operation each : Contract.load().operations().values()) {
      if (each.path().startsWith("/api/v1/stream")) {
        Set<String> query = new TreeSet<>();
        each.query().forEach(parameter -> query.add(parameter.name()));
        routed.put(each.path(), query);
      }
    }
    assertThat(routed).hasSizeGreaterThan(1);
    assertThat(described(document())).isEqualTo(routed);
  }

  @Test
  void every_channel_has_the_events_that_the_stream_has() throws Exception {
    Set<String> events = new TreeSet<>(StreamResource.EVENTS);
    events.addAll(Set.of("hello", "resync"));
    JsonNode document = document();
    assertThat(document.path("channels")).isNotEmpty();
    for (JsonNode channel : document.path("channels")) {
      assertThat(names(channel.path("messages"))).isEqualTo(events);
      for (JsonNode message : channel.path("messages")) {
        assertThat(followed(document, message).path("payload").isMissingNode()).isFalse();
      }
    }
  }
}
