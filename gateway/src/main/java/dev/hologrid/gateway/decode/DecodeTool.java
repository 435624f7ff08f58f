package dev.hologrid.gateway.decode;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shapes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a payload becomes, as lines of JSON: {@code ./hologrid decode --profile P FILE}. */
public final class DecodeTool {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The decoders that are no profiles, by name, each with a topic that it reads. */
  private static final Map<String, String> BUILT_IN =
      new TreeMap<>(
          Map.of(
              "hologrid", "hologrid/v1/sensor/example",
              "zigbee2mqtt", "zigbee2mqtt/example",
              "frigate", "frigate/events",
              "sparkplug", "spBv1.0/example/NBIRTH/example",
              "thingsboard", "v1/devices/example/telemetry",
              "gb26875", PanelDecoder.PREFIX + "000000000001"));

  private DecodeTool() {}

  /** The decoders that are no profiles, by name, each with a topic that it reads. */
  public static Map<String, String> builtIn() {
    return Collections.unmodifiableMap(BUILT_IN);
  }

  /** Decodes by a profile; an empty topic stands for one that the profile reads. */
  public static List<String> decode(
      Profile profile, String topic, byte[] payload, long receivedAt) {
    String used = topic.isEmpty() ? profile.exampleTopic() : topic;
    return lines(new ProfileDecoder(profile, new Shapes(100)).decode(used, payload, receivedAt));
  }

  /** Decodes by topic, as the gateway does. */
  public static List<String> decode(
      List<Profile> profiles, String topic, byte[] payload, long receivedAt) {
    return lines(
        new Decoders(new Shapes(100), profiles, Rebirths.NONE).decode(topic, payload, receivedAt));
  }

  private static List<String> lines(Decoded decoded) {
    List<String> lines = new ArrayList<>();
    switch (decoded) {
      case Decoded.Accepted accepted -> accepted.readings().forEach(r -> lines.add(line(r)));
      case Decoded.Rejected rejected -> {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("reject", rejected.reason().name());
        node.put("detail", rejected.detail());
        lines.add(node.toString());
      }
    }
    return lines;
  }

  private static String line(Reading reading) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("device", reading.device());
    node.put("kind", reading.shape().kind());
    node.put("ts", Instant.ofEpochMilli(reading.time()).toString());
    ObjectNode values = node.putObject("values");
    for (int i = 0; i < reading.shape().size(); i++) {
      values.putPOJO(reading.shape().metrics().get(i), reading.value(i));
    }
    return node.toString();
  }
}
