package dev.hologrid.gateway.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shapes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * ThingsBoard's MQTT device and gateway API, so that firmware written for it can stay as it is:
 * {@code v1/devices/me/telemetry} and {@code …/attributes} of a device that logged in, {@code
 * v1/devices/{device}/…} through a broker, and {@code
 * v1/gateway/telemetry|attributes|connect|disconnect}. Requests and answers of its remote calls
 * carry no reading. Values that are objects or lists are left out.
 *
 * <p>Source: ThingsBoard documentation, "MQTT Device API" and "MQTT Gateway API".
 */
final class ThingsBoardDecoder implements Decoder {
  static final String DEVICES = "v1/devices/";
  static final String GATEWAY = "v1/gateway/";
  private static final int MAX_READINGS = 1_000;

  private final Shapes shapes;

  ThingsBoardDecoder(Shapes shapes) {
    this.shapes = shapes;
  }

  static boolean reads(String topic) {
    return topic.startsWith(DEVICES) || topic.startsWith(GATEWAY);
  }

  @Override
  public Decoded decode(String topic, byte[] payload, long receivedAt) {
    try {
      return topic.startsWith(GATEWAY)
          ? gateway(topic.substring(GATEWAY.length()), payload, receivedAt)
          : device(topic, payload, receivedAt);
    } catch (RejectedPayload e) {
      return e.asDecoded();
    } catch (IOException e) {
      return Json.refusal(payload, e);
    }
  }

  private Decoded device(String topic, byte[] payload, long receivedAt)
      throws IOException, RejectedPayload {
    int end = topic.indexOf('/', DEVICES.length());
    String what = end < 0 ? "" : topic.substring(end + 1);
    if (what.startsWith("rpc/") || what.startsWith("attributes/")) {
      return new Decoded.Accepted(List.of());
    }
    if (!what.equals("telemetry") && !what.equals("attributes")) {
      throw new RejectedPayload(
          Reason.UNKNOWN_TOPIC,
          "devices publish to v1/devices/me/telemetry or v1/devices/me/attributes, but the topic"
              + " was '"
              + Excerpt.of(topic)
              + "'");
    }
    String device = topic.substring(DEVICES.length(), end);
    if (device.equals("me")) {
      throw new RejectedPayload(
          Reason.UNKNOWN_DEVICE,
          "'me' is the device that logged in, and this connection did not; log in with the"
              + " device's token, or name the device: v1/devices/{device}/"
              + what);
    }
    List<Reading> out = new ArrayList<>();
    readings(Names.deviceFor(device), Json.tree(payload), receivedAt, out);
    return accepted(out);
  }

  private Decoded gateway(String what, byte[] payload, long receivedAt)
      throws IOException, RejectedPayload {
    JsonNode root = Json.tree(payload);
    return switch (what) {
      case "telemetry", "attributes" -> of(root, receivedAt);
      case "connect" -> online(root, true, receivedAt);
      case "disconnect" -> online(root, false, receivedAt);
      default -> new Decoded.Accepted(List.of());
    };
  }

  private Decoded of(JsonNode root, long receivedAt) throws RejectedPayload {
    List<Reading> out = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : object(root, "the payload").properties()) {
      readings(Names.deviceFor(each.getKey()), each.getValue(), receivedAt, out);
    }
    return accepted(out);
  }

  private Decoded online(JsonNode root, boolean online, long receivedAt) throws RejectedPayload {
    String name = root.path("device").asText("");
    if (name.isEmpty()) {
      throw new RejectedPayload(
          Reason.MISSING_FIELD, "'device' is missing; expected {\"device\":\"NAME\"}");
    }
    ReadingBuilder builder = new ReadingBuilder();
    builder.bool("online", online);
    return new Decoded.Accepted(
        List.of(builder.build(shapes, Names.deviceFor(name), "sensor", receivedAt, receivedAt, 0)));
  }

  private static Decoded accepted(List<Reading> readings) throws RejectedPayload {
    if (readings.isEmpty()) {
      throw new RejectedPayload(
          Reason.MISSING_FIELD, "the payload holds no number, boolean or string");
    }
    return new Decoded.Accepted(readings);
  }

  /** One reading, {@code {"ts", "values"}} or the values alone, or a list of these. */
  private void readings(String device, JsonNode node, long receivedAt, List<Reading> out)
      throws RejectedPayload {
    if (node.isArray()) {
      for (JsonNode each : node) {
        reading(device, each, receivedAt, out);
      }
    } else {
      reading(device, node, receivedAt, out);
    }
  }

  private void reading(String device, JsonNode node, long receivedAt, List<Reading> out)
      throws RejectedPayload {
    if (out.size() == MAX_READINGS) {
      throw new RejectedPayload(
          Reason.TOO_MANY, "a payload holds more than 1000 readings; send smaller ones");
    }
    object(node, "a reading");
    boolean timed = node.has("ts") && node.path("values").isObject();
    long time = receivedAt;
    if (timed) {
      JsonNode ts = node.path("ts");
      if (!ts.canConvertToLong() || ts.asLong() < 0) {
        throw new RejectedPayload(
            Reason.BAD_TIME, "'ts' must be epoch milliseconds, for example 1795473630123");
      }
      time = ts.asLong();
    }
    JsonNode values = timed ? node.path("values") : node;
    ReadingBuilder builder = new ReadingBuilder();
    for (Map.Entry<String, JsonNode> each : values.properties()) {
      builder.take(Names.metricFor(each.getKey()), each.getValue());
    }
    if (!builder.isEmpty()) {
      out.add(
          builder.build(
              shapes, device, Kinds.of(builder.names(), "sensor"), time, receivedAt, out.size()));
    }
  }

  private static JsonNode object(JsonNode node, String what) throws RejectedPayload {
    if (!node.isObject()) {
      throw new RejectedPayload(
          Reason.WRONG_TYPE,
          what + " must be a JSON object of values, or {\"ts\":…,\"values\":{…}}");
    }
    return node;
  }
}
