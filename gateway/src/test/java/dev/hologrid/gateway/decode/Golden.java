package dev.hologrid.gateway.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.rules.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One example of docs/wire-format: a topic, a payload and what must come out. */
record Golden(Path folder, String name) {
  /** 2026-11-23T22:41:40Z: after every time in the examples. */
  static final long RECEIVED_AT = 1_795_473_700_000L;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static List<Golden> all() {
    Path root = Path.of(System.getProperty("hologrid.root", "..")).resolve("docs/wire-format");
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(each -> each.toString().endsWith(".topic"))
          .sorted()
          .map(each -> new Golden(each.getParent(), base(each)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String base(Path topic) {
    String file = topic.getFileName().toString();
    return file.substring(0, file.length() - ".topic".length());
  }

  String topic() {
    return new String(bytes(folder.resolve(name + ".topic")), UTF_8).strip();
  }

  /** The payload as it stands, or, for binary payloads, from hexadecimal text. */
  byte[] payload() {
    Path hex = folder.resolve(name + ".hex");
    return Files.exists(hex)
        ? HexFormat.of().parseHex(new String(bytes(hex), UTF_8).replaceAll("\\s", ""))
        : bytes(folder.resolve(name + ".payload"));
  }

  /** What must come out, as {@link #simple} writes it. */
  Object expected() {
    JsonNode json = json(bytes(folder.resolve(name + ".readings.json")));
    if (json.isObject()) {
      return "reject " + json.path("reject").asText();
    }
    List<Object> readings = new ArrayList<>();
    for (JsonNode each : json) {
      Map<String, Object> values = new TreeMap<>();
      each.path("values").properties().forEach(v -> values.put(v.getKey(), plain(v.getValue())));
      Map<String, Object> reading = new LinkedHashMap<>();
      reading.put("device", each.path("device").asText());
      reading.put("kind", each.path("kind").asText());
      reading.put("ts", each.path("ts").isNull() ? RECEIVED_AT : each.path("ts").asLong());
      reading.put("values", values);
      readings.add(reading);
    }
    return readings;
  }

  /** A decoder's answer in a form that prints and compares well. */
  static Object simple(Decoded decoded) {
    return switch (decoded) {
      case Decoded.Rejected rejected -> "reject " + rejected.reason();
      case Decoded.Accepted accepted -> accepted.readings().stream().map(Golden::simple).toList();
    };
  }

  private static Map<String, Object> simple(Reading reading) {
    Map<String, Object> values = new TreeMap<>();
    for (int i = 0; i < reading.shape().size(); i++) {
      values.put(reading.shape().metrics().get(i), reading.value(i));
    }
    Map<String, Object> simple = new LinkedHashMap<>();
    simple.put("device", reading.device());
    simple.put("kind", reading.shape().kind());
    simple.put("ts", reading.time());
    simple.put("values", values);
    return simple;
  }

  private static Object plain(JsonNode value) {
    if (value.isNumber()) {
      return value.asDouble();
    }
    return value.isBoolean() ? (Object) value.asBoolean() : value.asText();
  }

  private static JsonNode json(byte[] text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
