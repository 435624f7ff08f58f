package dev.hologrid.simulator.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which column of a table means what:
 *
 * <pre>
 * kind: smoke
 * device: {column: prox-id}      # or {constant: sm-1}
 * time: {column: timestamp, zone: Asia/Shanghai}   # or {start: 2026-01-01T00:00:00Z, everyMs: 1000}
 * metrics: {temperature: "Temperature[C]", humidity: "Humidity[%]"}
 * </pre>
 */
final class Mapping {
  private final JsonNode yaml;
  private final Map<String, Integer> columns = new LinkedHashMap<>();

  private Mapping(JsonNode yaml, List<String> header) {
    this.yaml = yaml;
    for (int i = 0; i < header.size(); i++) {
      columns.put(header.get(i).strip(), i);
    }
  }

  static Mapping read(Path file, List<String> header) throws IOException {
    return new Mapping(new YAMLMapper().readTree(file.toFile()), header);
  }

  /** The reading of one row; {@code number} counts rows from 0. */
  Recorded of(List<String> row, long number) {
    Map<String, Object> values = new LinkedHashMap<>();
    yaml.path("metrics")
        .properties()
        .forEach(
            metric -> {
              String text = cell(row, metric.getValue().asText());
              if (!text.isEmpty()) {
                values.put(metric.getKey(), value(text));
              }
            });
    JsonNode device = yaml.path("device");
    String id =
        device.has("constant")
            ? device.get("constant").asText()
            : cell(row, device.path("column").asText());
    return new Recorded(
        yaml.path("kind").asText("smoke"),
        id.replaceAll("[^A-Za-z0-9._:-]", "-"),
        time(row, number),
        values);
  }

  private String cell(List<String> row, String column) {
    Integer at = columns.get(column);
    if (at == null) {
      throw new IllegalArgumentException(
          "the table has no column '" + column + "'; it has " + columns.keySet());
    }
    return at < row.size() ? row.get(at).strip() : "";
  }

  private static Object value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private long time(List<String> row, long number) {
    JsonNode time = yaml.path("time");
    if (!time.has("column")) {
      long start = Instant.parse(time.path("start").asText("2026-01-01T00:00:00Z")).toEpochMilli();
      return start + number * time.path("everyMs").asLong(1_000);
    }
    String text = cell(row, time.get("column").asText());
    if (text.matches("\\d{13}")) {
      return Long.parseLong(text);
    }
    if (text.matches("\\d{9,10}")) {
      return Long.parseLong(text) * 1_000;
    }
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException e) {
      ZoneId zone = ZoneId.of(time.path("zone").asText("Asia/Shanghai"));
      return LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant().toEpochMilli();
    }
  }
}
