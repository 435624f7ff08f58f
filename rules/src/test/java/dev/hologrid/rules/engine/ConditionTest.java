package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each form of a condition comes to for one reading. */
final class ConditionTest {
  private static boolean holds(String expr, Object... reading) {
    Bench b =
        Bench.ofRule(
            """
            - alert: it
              on: any
              params: { limit: 40, other: 2 }
              expr: "EXPR"
              labels: { severity: minor, category: FAULT }
            """
                .replace("EXPR", expr));
    b.device("d", "boiler", "house", Map.of("side", "north"));
    b.at(0, "d", "boiler", reading);
    return !b.said().isEmpty();
  }

  private static final Object[] READING = {
    "temperature",
    42.5,
    "humidity",
    50,
    "smoke",
    true,
    "test",
    false,
    "event",
    "denied",
    "zone",
    "Z12",
    "credential",
    "card-7"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "temperature > 42",
        "temperature >= 42.5",
        "temperature < 43",
        "temperature <= 42.5",
        "temperature == 42.5",
        "temperature != 42.0",
        "!(temperature > 43)",
        "!(temperature >= 43)",
        "!(temperature < 42)",
        "!(temperature <= 42)",
        "!(temperature == 42.0)",
        "!(temperature != 42.5)",
        "temperature > limit",
        "limit >= other * 20",
        "other * 20 <= limit",
        "limit % 7 == 5",
        "temperature % other == 0.5",
        "9 % temperature == 9",
        "limit == 40 && !(limit != 40)",
        "quantile(temperature, '10s', 1) == 42.5",
        "temperature < humidity",
        "temperature <= humidity",
        "humidity >= temperature",
        "humidity > temperature",
        "humidity == humidity",
        "humidity != temperature",
        "temperature + 10.0 > humidity",
        "temperature - 2.5 == limit",
        "temperature * other == 85.0",
        "humidity / other == 25.0",
        "temperature - limit == 2.5",
        "-temperature < 0",
        "abs(limit - temperature) == 2.5",
        "(smoke ? temperature : humidity) == 42.5",
        "(test ? temperature : humidity) == 50.0",
        "temperature in [1.0, 42.5]",
        "!(temperature in [1.0, 2.0])",
        "smoke",
        "!test",
        "smoke && !test",
        "test || smoke",
        "!(test && smoke)",
        "!(test || event == 'granted')",
        "smoke == true",
        "smoke != test",
        "smoke ? event == 'denied' : test",
        "!(smoke ? test : smoke)",
        "event == 'denied'",
        "event != 'granted'",
        "event <= 'denied' && event >= 'denied'",
        "event < 'deniee' && event > 'denie'",
        "count(event == 'granted', '10s') == 0",
        "sum(rssi, '10s') == 0 && smoke",
        "!(event == 'granted')",
        "!(event != 'denied')",
        "event < 'e'",
        "event <= 'denied'",
        "event > 'd'",
        "event >= 'denied'",
        "event == (smoke ? 'denied' : zone)",
        "zone != event",
        "(smoke ? event : zone) == 'denied'",
        "(test ? event : zone) == 'Z12'",
        "event in ['granted', 'denied']",
        "!(event in ['granted', 'forced'])",
        "credential.startsWith('card')",
        "credential.endsWith('-7')",
        "credential.contains('rd-')",
        "credential.matches('^c.*[0-9]$')",
        "!credential.startsWith('pin')",
        "label('side') == 'north'",
        "label('none') == ''",
        "label('side').startsWith('n')",
        "true || temperature > 1000",
        "true && smoke",
        "false || smoke",
        "count(temperature, '10s') == 1.0",
        "count(event == 'denied', '10s') >= 1",
        "changes(event, '10s') < 1",
        "changes(smoke, '10s') < 1",
        "sum(humidity - limit, '10s') == 10.0",
        "avg(smoke, '10s') == 1.0",
        "last(temperature, '10s') > limit && smoke",
      })
  void is_true(String expr) {
    assertThat(holds(expr, READING)).as(expr).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "temperature > 42.5",
        "temperature < 42.5",
        "temperature == 42.0",
        "temperature != 42.5",
        "test",
        "!smoke",
        "false && smoke",
        "event == 'granted'",
        "event != 'denied'",
        "event in ['granted']",
        "credential.matches('^d')",
        "credential.endsWith('-8')",
        "credential.contains('xyz')",
        "temperature in [1.0]",
        "label('side') == 'south'",
        "limit > other * 20",
        "limit < other * 20",
        "!(limit >= other * 20)",
        "limit != other * 20",
        "humidity < temperature",
        "humidity <= temperature",
        "event > 'x'",
        "event < 'denied'",
        "event > 'denied'",
        "event <= 'a'",
        "event >= zone && event <= 'a'",
        "smoke ? test : smoke",
        "test ? smoke : test",
        "!(smoke ? smoke : test)",
        "avg(temperature, '10s') > 43",
        "stddev(temperature, '10s') >= 0",
        "rate(temperature, '10s') >= 0",
      })
  void is_false(String expr) {
    assertThat(holds(expr, READING)).as(expr).isFalse();
  }

  /** Nothing follows from what was not said, neither a condition nor its opposite. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "temperature > 10",
        "!(temperature > 10)",
        "temperature + 1.0 > 10",
        "1.0 + temperature > 10",
        "-temperature < 10",
        "abs(temperature) > 1",
        "(smoke ? temperature : humidity) > 1",
        "(smoke ? humidity : temperature) > 1",
        "temperature in [1.0]",
        "!(temperature in [1.0])",
        "event == 'denied'",
        "event != 'denied'",
        "event < zone",
        "!(avg(temperature, '10s') > 0)",
        "!(last(temperature, '10s') == 7.0)",
        "!(stddev(temperature, '10s') < 1)",
        "zone < event",
        "event in ['denied']",
        "!(event in ['denied'])",
        "event.startsWith('d')",
        "!event.startsWith('d')",
        "(smoke ? event : zone) == 'x'",
        "(smoke ? zone : event) == 'x'",
        "count(event == 'denied', '10s') >= 1",
        "changes(event, '10s') >= 1",
        "avg(temperature, '10s') > 0",
      })
  void says_nothing(String expr) {
    // The humidity alone, so that a condition that names it is looked at.
    assertThat(holds("humidity > 1000 || (" + expr + ")", "humidity", 50)).as(expr).isFalse();
  }

  @Test
  void a_flag_that_is_not_said_is_not_set() {
    assertThat(holds("humidity > 0 && !smoke", "humidity", 50)).isTrue();
    assertThat(holds("humidity > 0 && smoke", "humidity", 50)).isFalse();
  }

  @Test
  void a_metric_of_another_type_is_not_the_metric() {
    assertThat(holds("temperature > 10 || humidity > 0", "temperature", "hot")).isFalse();
    assertThat(holds("event == 'x' || humidity > 0", "event", 7)).isFalse();
  }

  @Test
  void presence_is_of_the_reading() {
    assertThat(holds("present(temperature) || humidity > 200", READING)).isTrue();
    assertThat(holds("!present(temperature) || humidity > 200", READING)).isFalse();
    assertThat(holds("present(temperature) || humidity > 200", "humidity", 50)).isFalse();
    assertThat(holds("!present(temperature) || humidity > 200", "humidity", 50)).isTrue();
  }

  @Test
  void an_override_of_a_label_or_a_place_is_taken_and_a_disabled_one_left_alone() {
    Bench b =
        Bench.ofRule(
            """
            - alert: it
              on: any
              params: { limit: 40 }
              expr: temperature > limit
              overrides:
                - { labels: { side: north }, set: { limit: 90 } }
                - { place: house, set: { limit: 60 } }
                - { device: off, disable: true }
              labels: { severity: minor, category: FAULT }
            - alert: both
              on: any
              params: { limit: 40 }
              same: building
              within: 60s
              at_least: 2
              of: [{ when: temperature > limit }]
              overrides:
                - { device: off, disable: true }
              labels: { severity: minor, category: FAULT }
            """);
    b.device("n", "boiler", "barn", Map.of("side", "north"));
    b.device("h", "boiler", "house").device("off", "boiler", "barn").device("p", "boiler", "barn");
    for (String device : List.of("n", "h", "off", "p")) {
      b.at(0, device, "boiler", "temperature", 50);
    }
    assertThat(b.said()).containsExactly("0s RAISED it p MINOR", "0s RAISED both barn MINOR");
    b.at(1_000, "n", "boiler", "temperature", 95).at(1_000, "h", "boiler", "temperature", 65);
    assertThat(b.said()).containsExactly("1s RAISED it n MINOR", "1s RAISED it h MINOR");
    // A device that moves takes the thresholds of where it is.
    b.device("h", "boiler", "barn").at(2_000, "h", "boiler", "temperature", 45);
    assertThat(b.said()).isEmpty();
  }
}
