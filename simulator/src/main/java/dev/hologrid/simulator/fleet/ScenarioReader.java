package dev.hologrid.simulator.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads scenario files; docs/simulator.md describes them. */
final class ScenarioReader {
  private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");
  private static final List<String> KEYS =
      List.of(
          "seed", "share", "connectsPerSecond", "every", "ordinaryEvery", "repeatEvery", "events");
  private static final List<String> EVENT_KEYS = List.of("at", "what", "place", "devices", "lasts");

  private ScenarioReader() {}

  /** The scenario of {@code file}, or the demo's own. */
  static Scenario read(@Nullable Path file) throws IOException {
    try (InputStream in =
        file == null
            ? ScenarioReader.class.getResourceAsStream("demo.yml")
            : Files.newInputStream(file)) {
      return scenario(new YAMLMapper().readTree(in), file == null ? "demo.yml" : file.toString());
    }
  }

  private static Scenario scenario(JsonNode yaml, String file) {
    known(yaml, KEYS, file);
    Map<String, Duration> every = new HashMap<>();
    yaml.path("every")
        .fields()
        .forEachRemaining(e -> every.put(e.getKey(), duration(e.getValue())));
    List<Scenario.Happening> happenings = new ArrayList<>();
    for (JsonNode event : yaml.path("events")) {
      known(event, EVENT_KEYS, file);
      happenings.add(happening(event, file));
    }
    return new Scenario(
        yaml.path("seed").asLong(1),
        yaml.path("share").asDouble(1),
        yaml.path("connectsPerSecond").asInt(1500),
        Map.copyOf(every),
        yaml.has("ordinaryEvery") ? duration(yaml.get("ordinaryEvery")) : Duration.ofSeconds(1),
        yaml.has("repeatEvery") ? duration(yaml.get("repeatEvery")) : null,
        List.copyOf(happenings));
  }

  private static Scenario.Happening happening(JsonNode event, String file) {
    String what = event.path("what").asText().toUpperCase(Locale.ROOT).replace('-', '_');
    try {
      return new Scenario.Happening(
          duration(event.path("at")),
          Scenario.What.valueOf(what),
          event.hasNonNull("place") ? event.get("place").asText() : null,
          event.path("devices").asInt(1),
          event.has("lasts") ? duration(event.get("lasts")) : Duration.ofSeconds(30));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + event + ": " + e.getMessage(), e);
    }
  }

  private static void known(JsonNode node, List<String> keys, String file) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!keys.contains(name)) {
                throw new IllegalArgumentException(
                    file
                        + ": '"
                        + name
                        + "' is not a key; the keys are "
                        + String.join(", ", keys));
              }
            });
  }

  private static Duration duration(JsonNode node) {
    return duration(node.asText());
  }

  /** Reads {@code 250ms}, {@code 8s}, {@code 1.5m} or {@code 2h}. */
  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration; write for example 250ms, 8s, 1.5m or 2h");
    }
    double unit =
        switch (matcher.group(2)) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m" -> 60_000;
          default -> 3_600_000;
        };
    return Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * unit));
  }
}
