package dev.hologrid.gateway.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.rules.Shapes;
import java.io.IOException;
import java.util.List;

/**
 * Frigate: {@code frigate/events}, {@code frigate/reviews} and {@code frigate/available}. {@code
 * new}, {@code update} and {@code end} of one object carry its id as {@code tracked}, so that rules
 * can count it once. Counts, snapshots and statistics carry no reading.
 */
final class FrigateDecoder implements Decoder {
  static final String PREFIX = "frigate/";
  private static final String CAMERA_STATUS = "/status/detect";

  private final Shapes shapes;

  FrigateDecoder(Shapes shapes) {
    this.shapes = shapes;
  }

  @Override
  public Decoded decode(String topic, byte[] payload, long receivedAt) {
    try {
      return switch (topic.substring(PREFIX.length())) {
        case "events" -> event(object(payload), receivedAt);
        case "reviews" -> review(object(payload), receivedAt);
        case "available" -> online("frigate", "nvr", payload, receivedAt);
        default -> other(topic, payload, receivedAt);
      };
    } catch (RejectedPayload e) {
      return e.asDecoded();
    } catch (IOException e) {
      return Json.refusal(payload, e);
    }
  }

  private JsonNode object(byte[] payload) throws IOException, RejectedPayload {
    JsonNode root = Json.tree(payload);
    if (root == null || !root.path("after").isObject()) {
      throw new RejectedPayload(
          Reason.MISSING_FIELD,
          "a Frigate event is {\"type\",\"before\",\"after\"}; 'after' is missing");
    }
    return root;
  }

  private Decoded event(JsonNode root, long receivedAt) throws RejectedPayload {
    JsonNode after = root.path("after");
    ReadingBuilder builder = new ReadingBuilder();
    builder.text("event", text(after, "label"));
    builder.text("phase", text(root, "type"));
    builder.text("tracked", text(after, "id"));
    double score = Math.max(after.path("score").asDouble(0), after.path("top_score").asDouble(0));
    builder.number("confidence", score);
    builder.bool("false_positive", after.path("false_positive").asBoolean(false));
    JsonNode zones = after.path("entered_zones");
    if (zones.isArray() && !zones.isEmpty()) {
      builder.text("zone", zones.get(zones.size() - 1).asText());
    }
    JsonNode subLabel = after.path("sub_label");
    if (subLabel.isArray() && !subLabel.isEmpty()) {
      builder.text("sub_label", subLabel.get(0).asText());
    }
    long time =
        seconds(after, root.path("type").asText().equals("end") ? "end_time" : "frame_time");
    return accepted(builder, text(after, "camera"), time, receivedAt);
  }

  private Decoded review(JsonNode root, long receivedAt) throws RejectedPayload {
    JsonNode after = root.path("after");
    ReadingBuilder builder = new ReadingBuilder();
    JsonNode objects = after.path("data").path("objects");
    builder.text(
        "event", objects.isArray() && !objects.isEmpty() ? objects.get(0).asText() : "review");
    builder.text("phase", text(root, "type"));
    builder.text("tracked", text(after, "id"));
    builder.text("review_severity", text(after, "severity"));
    JsonNode zones = after.path("data").path("zones");
    if (zones.isArray() && !zones.isEmpty()) {
      builder.text("zone", zones.get(0).asText());
    }
    long time =
        seconds(after, root.path("type").asText().equals("end") ? "end_time" : "start_time");
    return accepted(builder, text(after, "camera"), time, receivedAt);
  }

  /** {@code frigate/{camera}/status/detect} tells whether the camera's picture comes in. */
  private Decoded other(String topic, byte[] payload, long receivedAt) throws RejectedPayload {
    if (!topic.endsWith(CAMERA_STATUS)) {
      return new Decoded.Accepted(List.of());
    }
    String camera = topic.substring(PREFIX.length(), topic.length() - CAMERA_STATUS.length());
    return online(Names.deviceFor(camera), "camera", payload, receivedAt);
  }

  private Decoded online(String device, String kind, byte[] payload, long receivedAt)
      throws RejectedPayload {
    ReadingBuilder builder = new ReadingBuilder();
    builder.bool("online", Json.text(payload).trim().equals("online"));
    return new Decoded.Accepted(
        List.of(builder.build(shapes, device, kind, receivedAt, receivedAt, 0)));
  }

  private Decoded accepted(ReadingBuilder builder, String camera, long time, long receivedAt)
      throws RejectedPayload {
    long at = time == 0 ? receivedAt : time;
    return new Decoded.Accepted(
        List.of(builder.build(shapes, Names.deviceFor(camera), "camera", at, receivedAt, 0)));
  }

  private static String text(JsonNode node, String field) throws RejectedPayload {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new RejectedPayload(Reason.MISSING_FIELD, "'" + field + "' is missing or no string");
    }
    return value.asText();
  }

  private static long seconds(JsonNode node, String field) {
    return Math.round(node.path(field).asDouble(0) * 1000);
  }
}
