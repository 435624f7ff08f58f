package dev.hologrid.simulator.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.simulator.fleet.Payload;
import java.util.LinkedHashMap;
import java.util.Map;

/** A line of the readings journal's export. */
record StoredReading(
    long offset,
    String device,
    String kind,
    long time,
    long receivedAt,
    Map<String, Object> values) {

  static StoredReading of(JsonNode line) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : line.path("values").properties()) {
      JsonNode value = each.getValue();
      values.put(
          each.getKey(),
          value.isBoolean()
              ? (Object) value.asBoolean()
              : value.isNumber() ? (Object) value.asDouble() : value.asText());
    }
    return new StoredReading(
        line.path("offset").asLong(),
        line.path("device").asText(),
        line.path("kind").asText(),
        line.path("time").asLong(),
        line.path("receivedAt").asLong(),
        values);
  }

  /** Made by the gateway of a status message; no device has sent it so. */
  boolean status() {
    return values.containsKey("online");
  }

  /** The payload from which this must have come. */
  byte[] payload(long seq) {
    return Payload.of(time, seq, values);
  }
}
