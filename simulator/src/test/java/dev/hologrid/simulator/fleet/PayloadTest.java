package dev.hologrid.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.simulator.testing.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path EXAMPLES = Examples.folder().resolve("hologrid");

  /** What we write for the readings of an example is what the example's payload says. */
  @ParameterizedTest
  @ValueSource(strings = {"smoke", "camera"})
  void a_reading_is_written_as_the_golden_example_has_it(String name) throws IOException {
    JsonNode reading = JSON.readTree(EXAMPLES.resolve(name + ".readings.json").toFile()).get(0);
    Map<String, Object> values = new LinkedHashMap<>();
    reading
        .get("values")
        .properties()
        .forEach(e -> values.put(e.getKey(), JSON.convertValue(e.getValue(), Object.class)));

    ObjectNode written =
        (ObjectNode) JSON.readTree(Payload.of(reading.get("ts").asLong(), 1, values));

    ObjectNode golden = (ObjectNode) JSON.readTree(EXAMPLES.resolve(name + ".payload").toFile());
    assertThat(written.remove("seq").asLong()).isEqualTo(1);
    assertThat(millis(written.remove("ts"))).isEqualTo(millis(golden.remove("ts")));
    assertThat(written).isEqualTo(golden);
    assertThat(Files.readString(EXAMPLES.resolve(name + ".topic")).strip())
        .isEqualTo(
            "hologrid/v1/" + reading.get("kind").asText() + "/" + reading.get("device").asText());
  }

  private static long millis(JsonNode ts) {
    return ts.isNumber() ? ts.asLong() : Instant.parse(ts.asText()).toEpochMilli();
  }

  @Test
  void status_words_are_those_of_the_golden_examples() throws IOException {
    assertThat(Files.readString(EXAMPLES.resolve("status-online.payload")).strip())
        .isEqualTo("online");
    assertThat(Files.readString(EXAMPLES.resolve("status-offline.topic")).strip())
        .endsWith("/status");
  }

  @Test
  void clean_air_stays_far_below_the_threshold_and_a_fire_passes_it_within_two_seconds() {
    SplittableRandom random = new SplittableRandom(1);
    SmokeDetector detector = new SmokeDetector(random);
    for (int i = 0; i < 1000; i++) {
      assertThat((Double) detector.routine(i * 1000L, random).get("obscuration"))
          .isBetween(0.0, 0.02);
    }
    detector.burn(1_000_000, 1_030_000);
    assertThat((Double) detector.routine(1_002_000, random).get("obscuration")).isGreaterThan(0.3);
    assertThat(detector.routine(1_002_000, random)).containsEntry("smoke", true);
    assertThat((Double) detector.routine(1_060_000, random).get("obscuration"))
        .isBetween(0.0, 0.02);
  }

  @Test
  void numbers_have_three_digits_and_no_exponent() {
    assertThat(
            new String(
                Payload.of(5, 2, Map.of("v", 1e-9)), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"ts\":5,\"seq\":2,\"values\":{\"v\":0}}");
  }
}
