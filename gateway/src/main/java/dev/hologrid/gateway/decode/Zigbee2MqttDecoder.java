package dev.hologrid.gateway.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.rules.Shapes;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Zigbee2MQTT: {@code zigbee2mqtt/{friendly name}} with one JSON object, and {@code
 * …/availability}. What the bridge says of itself carries no reading.
 */
final class Zigbee2MqttDecoder implements Decoder {
  static final String PREFIX = "zigbee2mqtt/";

  private final Shapes shapes;

  Zigbee2MqttDecoder(Shapes shapes) {
    this.shapes = shapes;
  }

  @Override
  public Decoded decode(String topic, byte[] payload, long receivedAt) {
    String rest = topic.substring(PREFIX.length());
    if (rest.startsWith("bridge/") || rest.endsWith("/set") || rest.endsWith("/get")) {
      return new Decoded.Accepted(List.of());
    }
    try {
      if (rest.endsWith("/availability")) {
        return availability(
            rest.substring(0, rest.length() - "/availability".length()), payload, receivedAt);
      }
      JsonNode root = Json.tree(payload);
      if (!root.isObject()) {
        throw new RejectedPayload(
            Reason.WRONG_TYPE,
            "a Zigbee2MQTT state is a JSON object; set 'output: json' in its configuration");
      }
      return state(rest, root, receivedAt);
    } catch (RejectedPayload e) {
      return e.asDecoded();
    } catch (IOException e) {
      return Json.refusal(payload, e);
    }
  }

  private Decoded availability(String name, byte[] payload, long receivedAt)
      throws IOException, RejectedPayload {
    String text = Json.text(payload).trim();
    String word = text.startsWith("{") ? Json.tree(payload).path("state").asText() : text;
    if (!word.equals("online") && !word.equals("offline")) {
      throw new RejectedPayload(
          Reason.WRONG_TYPE,
          "availability is online or offline, but was '" + Excerpt.of(word) + "'");
    }
    ReadingBuilder builder = new ReadingBuilder();
    builder.bool("online", word.equals("online"));
    return new Decoded.Accepted(
        List.of(builder.build(shapes, Names.deviceFor(name), "zigbee", receivedAt, receivedAt, 0)));
  }

  private Decoded state(String name, JsonNode root, long receivedAt) throws RejectedPayload {
    ReadingBuilder builder = new ReadingBuilder();
    for (Map.Entry<String, JsonNode> each : root.properties()) {
      JsonNode value = each.getValue();
      String metric = each.getKey();
      boolean decibels =
          metric.equals("smoke_level") && root.path("smoke_unit").asText().equals("dB/m");
      builder.take(decibels ? "obscuration" : metric, value);
    }
    if (root.path("contact").isBoolean() && !root.has("event")) {
      builder.text("event", root.path("contact").asBoolean() ? "door_closed" : "door_opened");
    }
    if (root.path("smoke_state").isTextual() && !root.has("smoke")) {
      builder.bool("smoke", root.path("smoke_state").asText().equals("alarm"));
    }
    if (builder.isEmpty()) {
      throw new RejectedPayload(
          Reason.MISSING_FIELD, "the state holds no number, boolean or string");
    }
    return new Decoded.Accepted(
        List.of(
            builder.build(
                shapes,
                Names.deviceFor(name),
                Kinds.of(root::fieldNames, "zigbee"),
                receivedAt,
                receivedAt,
                0)));
  }
}
