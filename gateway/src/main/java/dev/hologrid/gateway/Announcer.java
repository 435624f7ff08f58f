package dev.hologrid.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.gateway.identity.Following;
import dev.hologrid.gateway.source.endpoint.MqttEndpointSource;
import dev.hologrid.gateway.stream.LiveStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Publishes what goes to the live stream to MQTT subscribers, too: alerts to {@code
 * hologrid/v1/alerts/{severity}/{rule}}, incidents to {@code hologrid/v1/incidents/{number}}, with
 * the stream's JSON.
 */
record Announcer(MqttEndpointSource endpoint) implements LiveStream.Listener {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public void published(String event, List<String> path, byte[] json) {
    if (event.equals("alert")) {
      JsonNode alert = read(json);
      String topic = Following.ALERTS + "/" + level(alert, "severity") + "/" + level(alert, "rule");
      endpoint.deliver(topic, json, who -> Following.sees(who, path));
    } else if (event.equals("incident")) {
      String topic = Following.INCIDENTS + "/" + level(read(json), "number");
      endpoint.deliver(topic, json, who -> Following.sees(who, path));
    }
  }

  private static JsonNode read(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("what we have written ourselves can be read", e);
    }
  }

  /** A value as one level of a topic. */
  private static String level(JsonNode node, String field) {
    String text = node.path(field).asText("").replaceAll("[/+#\\x00]", "-");
    return text.isEmpty() ? "-" : text;
  }
}
