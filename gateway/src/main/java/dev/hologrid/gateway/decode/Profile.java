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
import java.util.TreeSet;

/**
 * A vendor's payload as data: which topic, which JSON Pointers, which names. Its form is described
 * in docs/wire-format/profiles.md. Immutable.
 */
public final class Profile {
  private static final Set<String> KEYS =
      Set.of(
          "name", "topic", "device", "kind", "kinds", "time", "status", "all", "metrics", "bytes",
          "each", "pairs");
  private static final Set<String> PAIR_KEYS = Set.of("at", "name", "value");
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
  final String each;
  final Pairs pairs;

  /**
   * A list of named values, such as {@code [{"code": "smoke", "value": "alarm"}]}, which stands as
   * an object at {@code /pairs} for the metrics.
   *
   * @param at where the list is; empty: there is none
   */
  record Pairs(String at, String name, String value) {}

  /**
   * Where a metric comes from.
   *
   * @param at pointers; the values of several are joined by a colon
   * @param scale what a number, or a number as text, is multiplied with; NaN takes it as it is
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
    each = root.path("each").asText("");
    JsonNode list = root.path("pairs");
    only(list, PAIR_KEYS, "'pairs'");
    pairs =
        new Pairs(
            list.path("at").asText(""),
            list.path("name").asText("name"),
            list.path("value").asText("value"));
    check();
  }

  private void check() {
    if (!Names.validKind(kind)) {
      throw new IllegalArgumentException("'kind' is one word in lower case, but was " + kind);
    }
    if (!device.startsWith("/") && !topic.levels().contains(device)) {
      throw new IllegalArgumentException(
          "'device' is a named level of 'topic', such as {device}, or a JSON Pointer, but was "
              + device);
    }
    if (metrics.isEmpty() && all.isEmpty() && status.isEmpty() && codecs.isEmpty()) {
      throw new IllegalArgumentException(
          "the profile reads nothing: give 'metrics', 'all', 'status' or 'bytes'");
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

  /** The topics it reads, as an MQTT topic filter. */
  public String filter() {
    return topic.filter();
  }

  /** A topic that this profile reads. */
  public String exampleTopic() {
    return topic.example();
  }

  private static Metric metric(JsonNode node) {
    if (node.isTextual() && node.asText().startsWith("/")) {
      return new Metric(
          List.of(JsonPointer.compile(node.asText())),
          Double.NaN,
          Map.of(),
          MissingNode.getInstance());
    }
    if (!node.isObject()) {
      return new Metric(List.of(), Double.NaN, Map.of(), node);
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
    return new Metric(at, node.path("scale").asDouble(Double.NaN), map, node.path("value"));
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
            "'"
                + each.getKey()
                + "' is not a key of "
                + what
                + "; it has "
                + String.join(", ", new TreeSet<>(known)));
      }
    }
  }
}
