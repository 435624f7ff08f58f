package dev.hologrid.rules.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final String TEXT = "Smoke at {{ device }}, {{ place }}";

  @Test
  void placeholders_are_filled() {
    assertThat(fill(Map.of("device", "sm-1", "place", "b1"))).isEqualTo("Smoke at sm-1, b1");
  }

  @Test
  void no_comma_is_left_before_a_place_that_is_not_known() {
    assertThat(fill(Map.of("device", "sm-1"))).isEqualTo("Smoke at sm-1");
  }

  private static String fill(Map<String, String> values) {
    return Texts.fill(TEXT, name -> values.getOrDefault(name, ""));
  }
}
