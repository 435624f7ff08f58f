package dev.hologrid.gateway.decode;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shapes;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link Profile} describes. Safe for use by many threads. */
final class ProfileDecoder implements Decoder {
  private static final int MAX_READINGS = 1_000;

  private final Profile profile;
  private final Shapes shapes;

  ProfileDecoder(Profile profile, Shapes shapes) {
    this.profile = profile;
    this.shapes = shapes;
  }

  boolean reads(String topic) {
    return profile.topic.match(topic) != null;
  }

  @Override
  public Decoded decode(String topic, byte[] payload, long receivedAt) {
    try {
      Map<String, String> names = profile.topic.match(topic);
      if (names == null) {
        throw new RejectedPayload(
            Reason.UNKNOWN_TOPIC,
            "the profile " + profile.name + " reads " + String.join("/", profile.topic.levels()));
      }
      return profile.status.isEmpty()
          ? states(names, tree(payload), receivedAt)
          : status(names, payload, receivedAt);
    } catch (RejectedPayload e) {
      return e.asDecoded();
    } catch (IOException e) {
      return Json.refusal(payload, e);
    }
  }

  private Decoded status(Map<String, String> names, byte[] payload, long receivedAt)
      throws RejectedPayload {
    ReadingBuilder builder = new ReadingBuilder();
    builder.bool("online", Json.text(payload).strip().equals(profile.status));
    String device = Names.deviceFor(names.getOrDefault("device", profile.device));
    return new Decoded.Accepted(List.of(reading(builder, device, receivedAt, receivedAt, 0)));
  }

  private static JsonNode tree(byte[] payload) throws IOException, RejectedPayload {
    return XmlTree.looksLike(payload) ? XmlTree.of(payload) : Json.tree(payload);
  }

  private Decoded states(Map<String, String> names, JsonNode root, long receivedAt)
      throws RejectedPayload {
    if (profile.each.isEmpty()) {
      return new Decoded.Accepted(state(names, root, receivedAt, 0));
    }
    JsonNode list = root.at(profile.each);
    if (list.isObject()) {
      return new Decoded.Accepted(state(names, list, receivedAt, 0)); // an XML list of one
    }
    if (!list.isArray()) {
      throw new RejectedPayload(Reason.MISSING_FIELD, "there is no list at " + profile.each);
    }
    if (list.size() > MAX_READINGS) {
      throw new RejectedPayload(
          Reason.TOO_MANY, "the list at " + profile.each + " has more than 1000 members");
    }
    List<Reading> out = new ArrayList<>();
    for (JsonNode each : list) {
      out.addAll(state(names, each, receivedAt, out.size()));
    }
    return new Decoded.Accepted(out);
  }

  private List<Reading> state(Map<String, String> names, JsonNode root, long receivedAt, int index)
      throws RejectedPayload {
    if (!root.isObject()) {
      throw new RejectedPayload(Reason.WRONG_TYPE, "the payload must be a JSON object");
    }
    named(root);
    ReadingBuilder builder = new ReadingBuilder();
    for (Map.Entry<String, Profile.Metric> each : profile.metrics.entrySet()) {
      metric(each.getKey(), each.getValue(), root, builder);
    }
    bytes(root, builder);
    if (!profile.all.isEmpty()) {
      for (Map.Entry<String, JsonNode> each : root.at(profile.all).properties()) {
        if (builder.takes(each.getKey())) {
          add(each.getKey(), each.getValue(), Double.NaN, builder);
        }
      }
    }
    if (builder.isEmpty()) {
      return List.of();
    }
    return List.of(
        reading(builder, device(names, root), time(root, receivedAt), receivedAt, index));
  }

  /** Makes an object of the list of pairs, for the pointers of the metrics. */
  private void named(JsonNode root) {
    Profile.Pairs pairs = profile.pairs;
    if (pairs.at().isEmpty()) {
      return;
    }
    ObjectNode object = ((ObjectNode) root).putObject("pairs");
    for (JsonNode each : root.at(pairs.at())) {
      object.set(each.path(pairs.name()).asText(), each.path(pairs.value()));
    }
  }

  private Reading reading(
      ReadingBuilder builder, String device, long time, long receivedAt, int index)
      throws RejectedPayload {
    String kind = profile.kind;
    for (Map.Entry<String, String> each : profile.kinds.entrySet()) {
      if (builder.has(each.getKey())) {
        kind = each.getValue();
        break;
      }
    }
    Names.check(kind, device);
    return builder.build(shapes, device, kind, time, receivedAt, index);
  }

  private String device(Map<String, String> names, JsonNode root) throws RejectedPayload {
    String name =
        profile.device.startsWith("/")
            ? root.at(profile.device).asText("")
            : names.getOrDefault(
                profile.device.substring(1, Math.max(1, profile.device.length() - 1)), "");
    if (name.isEmpty()) {
      throw new RejectedPayload(
          Reason.MISSING_FIELD, "the device's name is missing at " + profile.device);
    }
    return Names.deviceFor(name);
  }

  private void metric(String name, Profile.Metric metric, JsonNode root, ReadingBuilder builder)
      throws RejectedPayload {
    if (metric.at().isEmpty()) {
      add(name, metric.value(), Double.NaN, builder);
      return;
    }
    JsonNode value = root.at(metric.at().getFirst());
    if (value.isMissingNode() || value.isNull()) {
      return;
    }
    if (metric.map().isEmpty()) {
      add(name, value, metric.scale(), builder);
      return;
    }
    StringBuilder key = new StringBuilder(value.asText());
    for (JsonPointer each : metric.at().subList(1, metric.at().size())) {
      key.append(':').append(root.at(each).asText());
    }
    JsonNode mapped = metric.map().get(key.toString());
    if (mapped != null) {
      add(name, mapped, Double.NaN, builder);
    }
  }

  private static void add(String name, JsonNode value, double scale, ReadingBuilder builder)
      throws RejectedPayload {
    boolean scaled = !Double.isNaN(scale);
    if (value.isNumber()) {
      builder.number(name, scaled ? value.asDouble() * scale : value.asDouble());
    } else if (value.isTextual() && scaled) {
      builder.number(name, number(name, value.asText()) * scale);
    } else if (value.isBoolean()) {
      builder.bool(name, value.asBoolean());
    } else if (value.isTextual()) {
      builder.text(name, value.asText());
    }
  }

  /** A metric with a scale is a number, also where the payload, as XML does, sends text. */
  private static double number(String name, String text) throws RejectedPayload {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new RejectedPayload(
          Reason.WRONG_TYPE, "'" + name + "' must be a number, but was '" + Excerpt.of(text) + "'");
    }
  }

  private void bytes(JsonNode root, ReadingBuilder builder) throws RejectedPayload {
    ByteCodec codec = codec(root);
    JsonNode data = profile.bytesAt.isEmpty() ? null : root.at(profile.bytesAt);
    if (codec == null || data == null || !data.isTextual()) {
      return;
    }
    try {
      codec.read(Base64.getDecoder().decode(data.asText()), builder);
    } catch (IllegalArgumentException e) {
      throw new RejectedPayload(Reason.WRONG_TYPE, profile.bytesAt + " is not base64");
    }
  }

  private @Nullable ByteCodec codec(JsonNode root) {
    return profile.bytesBy.isEmpty()
        ? null
        : profile.codecs.get(root.at(profile.bytesBy).asText(""));
  }

  private long time(JsonNode root, long receivedAt) throws RejectedPayload {
    JsonNode value = profile.time.isEmpty() ? null : root.at(profile.time);
    if (value == null || value.isMissingNode() || value.isNull()) {
      return receivedAt;
    }
    if (value.isNumber()) {
      double number = value.asDouble();
      return Math.round(number < 100_000_000_000.0 ? number * 1000 : number);
    }
    try {
      return OffsetDateTime.parse(value.asText()).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      if (value.asText().startsWith("0000-")) {
        return 0; // cameras that were never told the time; marked as a suspect clock
      }
      throw new RejectedPayload(
          Reason.BAD_TIME, "the time at " + profile.time + " must be ISO-8601 with a zone");
    }
  }
}
