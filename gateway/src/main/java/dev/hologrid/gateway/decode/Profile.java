package dev.hologrid.gateway.decode;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A vendor's payload as data: which topic, which JSON Pointers, which names. Its form is described
 * in docs/wire-format/profiles.md. Immutable.
 */
public final class Profile {
  private static final Set<String> KEYS =
      Set.of(
          "name", "topic", "device", "kind", "kinds", "time", "status", "all", "metrics", "bytes");
  private static final Set<String> METRIC_KEYS = Set.of("at", "scale", "map", "value");
  private static final Set<String> BYTES_KEYS = Set.of("at", "by", "codecs");

  final String name;
  final TopicPattern topic;
  final String device;
  final String kind;
  final Map<String, String> kinds = new LinkedHashMap<>();
  final String time;
  final String status;
  final String all;
  final Map<String, Metric> metrics = new LinkedHashMap<>();
  final String bytesAt;
  final String bytesBy;
  final Map<String, ByteCodec> codecs = new LinkedHashMap<>();

  /**
   * Where a metric comes from.
   *
   * @param at pointers; the values of several are joined by a colon
   * @param scale what a number is multiplied with
   * @param map from the payload's words to ours; empty takes the value as it is
   * @param value a constant, used when there is no pointer
   */
  record Metric(List<JsonPointer> at, double scale, Map<String, JsonNode> map, JsonNode value) {}

  private Profile(JsonNode root) {
    only(root, KEYS, "a profile");
    name = required(root, "name");
    topic = TopicPattern.of(required(root, "topic"));
    device = root.path("device").asText("{device}");
    kind = root.path("kind").asText("sensor");
    root.path("kinds").properties().forEach(e -> kinds.put(e.getKey(), e.getValue().asText()));
    time = root.path("time").asText("");
    status = root.path("status").asText("");
    all = root.path("all").asText("");
    root.path("metrics").properties().forEach(e -> metrics.put(e.getKey(), metric(e.getValue())));
    JsonNode bytes = root.path("bytes");
    only(bytes, BYTES_KEYS, "'bytes'");
    bytesAt = bytes.path("at").asText("");
    bytesBy = bytes.path("by").asText("");
    bytes
        .path("codecs")
        .properties()
        .forEach(e -> codecs.put(e.getKey(), ByteCodec.named(e.getValue().asText())));
    if (!Names.validKind(kind)) {
      throw new IllegalArgumentException("'kind' is one word in lower case, but was " + kind);
    }
  }

  /**
   * Reads a profile.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  public static Profile parse(String yaml) {
    try {
      return new Profile(new YAMLMapper().readTree(yaml));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "line " + e.getLocation().getLineNr() + ": not YAML: " + e.getOriginalMessage(), e);
    }
  }

  public String name() {
    return name;
  }

  /** A topic that this profile reads. */
  public String exampleTopic() {
    return topic.example();
  }

  private static Metric metric(JsonNode node) {
    if (node.isTextual() && node.asText().startsWith("/")) {
      return new Metric(
          List.of(JsonPointer.compile(node.asText())), 1, Map.of(), MissingNode.getInstance());
    }
    if (!node.isObject()) {
      return new Metric(List.of(), 1, Map.of(), node);
    }
    only(node, METRIC_KEYS, "a metric");
    List<JsonPointer> at = new ArrayList<>();
    JsonNode from = node.path("at");
    if (from.isArray()) {
      from.forEach(each -> at.add(JsonPointer.compile(each.asText())));
    } else if (from.isTextual()) {
      at.add(JsonPointer.compile(from.asText()));
    }
    Map<String, JsonNode> map = new LinkedHashMap<>();
    node.path("map").properties().forEach(e -> map.put(e.getKey(), e.getValue()));
    return new Metric(at, node.path("scale").asDouble(1), map, node.path("value"));
  }

  private static String required(JsonNode root, String key) {
    String text = root.path(key).asText("");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("'" + key + "' is missing");
    }
    return text;
  }

  private static void only(JsonNode node, Set<String> known, String what) {
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      if (!known.contains(each.getKey())) {
        throw new IllegalArgumentException(
            "'" + each.getKey() + "' is not a key of " + what + "; it has " + known);
      }
    }
  }
}
