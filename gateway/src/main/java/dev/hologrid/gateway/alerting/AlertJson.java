package dev.hologrid.gateway.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.alert.AlertId;
import dev.hologrid.rules.alert.Evidence;
import dev.hologrid.rules.alert.Term;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The one JSON form of an alert, for the journal, the REST API and the stream. */
public final class AlertJson {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private AlertJson() {}

  /** An alert as an item of {@code /api/v1/alerts}; the API adds place path and incident. */
  public static ObjectNode item(Alert alert) {
    ObjectNode item = JSON.createObjectNode();
    item.put("id", alert.id().key());
    item.put("rule", alert.id().rule()).put("subject", alert.id().subject());
    item.put("severity", alert.severity().name().toLowerCase(Locale.ROOT));
    item.put("category", alert.category()).put("place", alert.place());
    item.put("state", alert.firing() ? "firing" : "resolved");
    item.put("startedAt", time(alert.startedAt()));
    Long endedAt = alert.endedAt();
    item.put("endedAt", endedAt == null ? null : time(endedAt));
    item.put("value", Double.isFinite(alert.value()) ? alert.value() : null);
    item.put("summary", alert.annotations().getOrDefault("summary", ""));
    item.put("description", alert.annotations().getOrDefault("description", ""));
    texts(item.putObject("labels"), alert.labels());
    texts(item.putObject("annotations"), alert.annotations());
    item.put("ruleVersion", alert.ruleVersion());
    ArrayNode because = item.putArray("because");
    alert.because().forEach(each -> evidence(because.addObject(), each));
    return item;
  }

  /** What every part of the condition came to when it fired, outermost first. */
  public static ArrayNode terms(Alert alert) {
    ArrayNode terms = JSON.createArrayNode();
    for (Term term : alert.terms()) {
      ObjectNode node = terms.addObject().put("depth", term.depth()).put("text", term.text());
      put(node, "value", term.value());
    }
    return terms;
  }

  private static void put(ObjectNode node, String key, Object value) {
    switch (value) {
      case Boolean flag -> node.put(key, flag);
      case Double number when Double.isFinite(number) -> node.put(key, number);
      default -> node.put(key, value.toString());
    }
  }

  /** A time in JSON: ISO-8601 UTC with milliseconds. */
  public static String time(long epochMs) {
    return TIME.format(Instant.ofEpochMilli(epochMs));
  }

  private static void texts(ObjectNode node, Map<String, String> texts) {
    new TreeMap<>(texts).forEach(node::put);
  }

  private static void evidence(ObjectNode node, Evidence evidence) {
    node.put("offset", evidence.offset()).put("device", evidence.device());
    node.put("time", time(evidence.time()));
    ObjectNode values = node.putObject("values");
    new TreeMap<>(evidence.values()).forEach((metric, value) -> put(values, metric, value));
  }

  /** An event as a record of the journal. */
  static byte[] write(AlertRecord record) {
    ObjectNode node = JSON.createObjectNode().put("v", VERSION);
    node.put("kind", record.event().kind().name());
    node.put("at", record.event().at()).put("receivedAt", record.event().receivedAt());
    node.put("position", record.position()).put("clock", record.clock());
    ObjectNode alert = item(record.event().alert());
    alert.set("terms", terms(record.event().alert()));
    node.set("alert", alert);
    try {
      return JSON.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a record of the journal "alerts".
   *
   * @throws IllegalArgumentException when it is not one, or a newer version wrote it
   */
  public static AlertRecord read(long offset, byte[] bytes) {
    JsonNode node;
    try {
      node = JSON.readTree(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException("alert record " + offset + " is not JSON", e);
    }
    if (node.path("v").asInt() != VERSION) {
      throw new IllegalArgumentException(
          "alert record " + offset + " has version " + node.path("v") + ", this program reads 1");
    }
    AlertEvent event =
        new AlertEvent(
            AlertEvent.Kind.valueOf(node.path("kind").asText()),
            alert(node.path("alert")),
            node.path("at").asLong(),
            node.path("receivedAt").asLong());
    return new AlertRecord(
        offset, event, node.path("position").asLong(), node.path("clock").asLong());
  }

  static Alert alert(JsonNode item) {
    List<Evidence> because = new ArrayList<>();
    item.path("because").forEach(each -> because.add(evidence(each)));
    return new Alert(
        AlertId.parse(item.path("id").asText()),
        Severity.valueOf(item.path("severity").asText().toUpperCase(Locale.ROOT)),
        item.path("category").asText(),
        item.path("place").asText(),
        ms(item.path("startedAt").asText()),
        endedAt(item.path("endedAt")),
        item.path("value").asDouble(Double.NaN),
        texts(item.path("labels")),
        texts(item.path("annotations")),
        because,
        item.path("ruleVersion").asText(),
        terms(item.path("terms")));
  }

  private static List<Term> terms(JsonNode terms) {
    List<Term> all = new ArrayList<>();
    for (JsonNode term : terms) {
      all.add(
          new Term(
              term.path("depth").asInt(), term.path("text").asText(), value(term.path("value"))));
    }
    return all;
  }

  private static Object value(JsonNode value) {
    return value.isBoolean()
        ? (Object) value.asBoolean()
        : value.isNumber() ? (Object) value.asDouble() : value.asText();
  }

  private static @Nullable Long endedAt(JsonNode node) {
    return node.isTextual() ? (Long) ms(node.asText()) : null;
  }

  private static long ms(String time) {
    return TIME.parse(time, Instant::from).toEpochMilli();
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
    return texts;
  }

  private static Evidence evidence(JsonNode node) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : node.path("values").properties()) {
      values.put(each.getKey(), value(each.getValue()));
    }
    return new Evidence(
        node.path("offset").asLong(),
        node.path("device").asText(),
        ms(node.path("time").asText()),
        values);
  }
}
