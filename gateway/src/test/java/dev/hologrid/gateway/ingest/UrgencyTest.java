package dev.hologrid.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UrgencyTest {
  private static Reading reading(
      Shape.Type type, String metric, double number, @Nullable String text) {
    Shape shape = new Shape("smoke", List.of("battery", metric), List.of(Shape.Type.NUMBER, type));
    @Nullable String[] texts = {null, text};
    return new Reading("d1", shape, 0, 0, -1, 0, new double[] {80, number}, texts);
  }

  @Test
  void what_is_the_case_is_urgent_and_how_much_of_it_is_not() {
    Reading smoke = reading(Shape.Type.BOOLEAN, "smoke", 1, null);
    Reading none = reading(Shape.Type.BOOLEAN, "smoke", 0, null);
    Reading level = reading(Shape.Type.NUMBER, "obscuration", 0.4, null);
    Reading event = reading(Shape.Type.TEXT, "event", Double.NaN, "door_forced");
    Reading note = reading(Shape.Type.TEXT, "firmware", Double.NaN, "1.2");
    assertThat(Urgency.of(List.of(smoke))).isTrue();
    assertThat(Urgency.of(List.of(event))).isTrue();
    assertThat(Urgency.of(List.of(none, level, note))).isFalse();
    assertThat(Urgency.of(List.of(level, smoke))).as("any of a message").isTrue();
    assertThat(Urgency.of(List.of())).isFalse();
  }
}
