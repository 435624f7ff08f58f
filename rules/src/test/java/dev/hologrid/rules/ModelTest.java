package dev.hologrid.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hologrid.rules.alert.AlertId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words that readings and alerts are told in. */
final class ModelTest {
  private static final Shape SHAPE =
      new Shape(
          "door",
          List.of("count", "open", "event"),
          List.of(Shape.Type.NUMBER, Shape.Type.BOOLEAN, Shape.Type.TEXT));

  @Test
  void a_reading_gives_each_value_in_its_type() {
    Reading reading =
        new Reading(
            "d",
            SHAPE,
            1,
            2,
            3,
            0,
            new double[] {4.5, 1, Double.NaN},
            new String[] {null, null, "denied"});
    assertThat(reading.value(0)).isEqualTo(4.5);
    assertThat(reading.value(1)).isEqualTo(true);
    assertThat(reading.value(2)).isEqualTo("denied");
    Reading bare = new Reading("d", SHAPE, 1, 2, 3, 0, new double[] {4.5, 0, Double.NaN}, null);
    assertThat(bare.value(1)).isEqualTo(false);
    assertThat(bare.value(2)).isEqualTo("");
    Reading none =
        new Reading("d", SHAPE, 1, 2, 3, 0, new double[] {0, 0, Double.NaN}, new String[3]);
    assertThat(none.value(2)).isEqualTo("");
  }

  @Test
  void a_message_is_put_in_the_order_of_its_times_and_numbered_anew() {
    List<Reading> message = List.of(at(30, 0), at(10, 1), at(20, 2));
    List<Reading> sorted = Reading.inOrder(message);
    assertThat(sorted).extracting(Reading::time).containsExactly(10L, 20L, 30L);
    assertThat(sorted).extracting(Reading::index).containsExactly(0, 1, 2);
    assertThat(sorted).extracting(Reading::offset).containsOnly(7L);
    List<Reading> inOrder = List.of(at(10, 0), at(10, 1), at(20, 2));
    assertThat(Reading.inOrder(inOrder)).isSameAs(inOrder);
  }

  private static Reading at(long time, int index) {
    return new Reading("d", SHAPE, time, 50, 7, index, new double[3], null);
  }

  @Test
  void a_shape_needs_a_type_for_each_metric() {
    assertThatThrownBy(() -> new Shape("door", List.of("a", "b"), List.of(Shape.Type.TEXT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 metrics and 1 types");
    assertThat(SHAPE.indexOf("event")).isEqualTo(2);
    assertThat(SHAPE.indexOf("other")).isNegative();
  }

  @Test
  void shapes_that_are_alike_are_one_until_there_are_too_many() {
    Shapes shapes = new Shapes(1);
    Shape first = shapes.intern(new Shape("a", List.of(), List.of()));
    assertThat(shapes.intern(new Shape("a", List.of(), List.of()))).isSameAs(first);
    Shape second = new Shape("b", List.of(), List.of());
    assertThat(shapes.intern(second)).isSameAs(second);
    Shape again = new Shape("b", List.of(), List.of());
    assertThat(shapes.intern(again)).as("not kept").isSameAs(again);
  }

  @Test
  void severities_are_ordered_worst_first() {
    assertThat(Severity.CRITICAL.worseThan(Severity.MAJOR)).isTrue();
    assertThat(Severity.MAJOR.worseThan(Severity.MAJOR)).isFalse();
    assertThat(Severity.INFO.worseThan(Severity.MINOR)).isFalse();
  }

  @Test
  void an_alert_id_is_read_back_from_its_key() {
    for (AlertId id : List.of(new AlertId("hot", "b1", 4711), new AlertId("hot", "a/b", -1))) {
      assertThat(AlertId.parse(id.key())).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hot", "hot/b1", "/b1/4", "hot/b1/x", "hot/b1/"})
  void what_is_no_alert_id_is_refused(String key) {
    assertThatThrownBy(() -> AlertId.parse(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readings_are_equal_when_all_their_parts_are() {
    String[] texts = {null, null, "denied"};
    Reading one = reading("d", SHAPE, 1, 2, 3, 4, new double[] {5, 1, Double.NaN}, texts);
    Reading same =
        reading(
            "d",
            new Shape("door", SHAPE.metrics(), SHAPE.types()),
            1,
            2,
            3,
            4,
            new double[] {5, 1, Double.NaN},
            texts.clone());
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo("d");
    Shape other = new Shape("gate", SHAPE.metrics(), SHAPE.types());
    double[] numbers = {5, 1, Double.NaN};
    assertThat(
            List.of(
                reading("e", SHAPE, 1, 2, 3, 4, numbers, texts),
                reading("d", other, 1, 2, 3, 4, numbers, texts),
                reading("d", SHAPE, 9, 2, 3, 4, numbers, texts),
                reading("d", SHAPE, 1, 9, 3, 4, numbers, texts),
                reading("d", SHAPE, 1, 2, 9, 4, numbers, texts),
                reading("d", SHAPE, 1, 2, 3, 9, numbers, texts),
                reading("d", SHAPE, 1, 2, 3, 4, new double[] {5, 0, Double.NaN}, texts),
                reading("d", SHAPE, 1, 2, 3, 4, numbers, new String[] {null, null, "granted"}),
                reading("d", SHAPE, 1, 2, 3, 4, numbers, null)))
        .doesNotContain(one);
    assertThat(one.at(7)).isEqualTo(reading("d", SHAPE, 1, 2, 7, 4, numbers, texts));
  }

  private static Reading reading(
      String device,
      Shape shape,
      long time,
      long receivedAt,
      long offset,
      int index,
      double[] numbers,
      String[] texts) {
    return new Reading(device, shape, time, receivedAt, offset, index, numbers, texts);
  }

  @Test
  void a_reading_tells_all_its_parts() {
    double[] numbers = {5, 1, Double.NaN};
    assertThat(reading("d", SHAPE, 1, 2, 3, 4, numbers, new String[] {null, null, "denied"}))
        .asString()
        .contains("d at 1, received 2, offset 3/4", "5.0", "denied");
    assertThat(reading("d", SHAPE, 1, 2, 3, 4, numbers, null)).asString().endsWith("NaN]]");
  }
}
