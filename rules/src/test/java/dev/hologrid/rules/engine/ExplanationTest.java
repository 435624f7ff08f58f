package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.alert.Evidence;
import dev.hologrid.rules.alert.Term;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An alert tells what every part of its condition came to, and of which readings. */
final class ExplanationTest {
  private static final String BURST =
      """
      - alert: burst
        on: access
        params: { attempts: 3 }
        expr: count(event == 'denied', '60s') >= attempts && credential == 'card'
        labels: { severity: minor, category: DENIED_BURST }
      """;

  private static List<String> terms(Alert alert) {
    return alert.terms().stream()
        .map(term -> " ".repeat(2 * term.depth()) + term.text() + " = " + term.value())
        .toList();
  }

  private static Bench denied(String rule) {
    Bench b = Bench.ofRule(rule);
    for (int i = 0; i < 3; i++) {
      b.at(i * 10_000L, "d", "access", "event", "denied", "credential", "card");
    }
    return b;
  }

  @Test
  void the_value_of_every_part_and_the_readings_in_the_window() {
    Alert alert = denied(BURST).events.getFirst().alert();
    assertThat(terms(alert))
        .containsExactly(
            "(count(event == 'denied', '1m') >= attempts) && (credential == 'card') = true",
            "  count(event == 'denied', '1m') >= attempts = true",
            "    count(event == 'denied', '1m') = 3.0",
            "    attempts = 3.0",
            "  credential == 'card' = true",
            "    credential = card");
    assertThat(alert.because()).extracting(Evidence::offset).containsExactly(0L, 1L, 2L);
  }

  @Test
  void a_restart_forgets_nothing_of_it() {
    Bench b = denied(BURST);
    Alert before = b.events.getFirst().alert();
    b.engine = RuleEngine.restore(b.engine.rules(), EngineSettings.DEFAULT, b.engine.snapshot());
    b.events.clear();
    b.advance(120_000);
    assertThat(b.events.getFirst().alert().terms()).isEqualTo(before.terms());
  }

  @Test
  void what_the_reading_does_not_carry_is_not_said() {
    Bench b =
        Bench.ofRule(
            """
            - alert: hot
              on: boiler
              expr: temperature > 90 || humidity > 90
              labels: { severity: major, category: OVERHEAT }
            """);
    b.at(0, "b1", "boiler", "temperature", 91);
    assertThat(b.events.getFirst().alert().terms())
        .contains(new Term(2, "humidity", Term.NOT_SAID), new Term(2, "temperature", 91.0));
  }

  @Test
  void a_level_tells_its_own_parts() {
    Bench b =
        Bench.ofRule(
            """
            - alert: hot
              on: boiler
              expr: temperature > 90
              levels: [{ severity: critical, when: temperature > 120 }]
              labels: { severity: major, category: OVERHEAT }
            """);
    b.at(0, "b1", "boiler", "temperature", 91).at(1_000, "b1", "boiler", "temperature", 130);
    assertThat(b.events.getLast().alert().terms())
        .contains(new Term(1, "temperature", 91.0), new Term(0, "level critical", true))
        .contains(new Term(2, "temperature", 130.0));
  }

  @Test
  void silence_tells_since_when() {
    Bench b =
        Bench.ofRule(
            """
            - alert: silent
              on: smoke
              absent: 15m
              labels: { severity: info, category: OFFLINE }
            """);
    b.at(0, "s", "smoke", "obscuration", 0).advance(900_000);
    assertThat(terms(b.events.getFirst().alert()))
        .containsExactly("absent: 15m = true", "  silent since = 2026-11-23T22:40:30Z");
  }

  @Test
  void correlation_and_share_tell_their_counts() {
    Bench b =
        Bench.ofRule(
            """
            - alert: two
              same: building
              within: 1m
              at_least: 2
              of: [{ on: smoke, when: smoke }, { on: camera, when: event == 'fire' }]
              labels: { severity: critical, category: FIRE_SMOKE }
            - alert: many
              on: smoke
              same: building
              share: { when: smoke, over: 0.2 }
              labels: { severity: critical, category: FIRE_SMOKE }
            """);
    b.device("s", "smoke", "b1").device("s2", "smoke", "b1").device("c", "camera", "b1");
    b.at(0, "s", "smoke", "smoke", true).at(1_000, "c", "camera", "event", "fire");
    assertThat(terms(b.events.getLast().alert()))
        .containsExactly(
            "devices in one building within 1m, at least 2 = 2.0",
            "  smoke = 1.0",
            "  event == 'fire' = 1.0");
    assertThat(terms(b.events.getFirst().alert()))
        .containsExactly(
            "share of the building's devices > 0.2 = true", "  smoke = 1.0", "  devices = 2.0");
  }

  /** The judge looks at an older reading while a newer one is under way; they must not mix. */
  @Test
  void a_reading_at_the_very_moment_when_another_leaves_the_window_is_taken_for_itself() {
    Bench b =
        Bench.ofRule(
            """
            - alert: burst
              on: access
              expr: count(event == 'denied', '60s') >= 3
              labels: { severity: minor, category: DENIED_BURST }
            """);
    for (int i = 0; i < 3; i++) {
      b.at(i * 10_000L, "d", "access", "event", "denied");
    }
    b.at(60_000, "d", "access", "event", "granted");
    assertThat(b.said()).containsExactly("20s RAISED burst d MINOR", "1m CLEARED burst d MINOR");
    b.at(61_000, "d", "access", "event", "denied").advance(65_000);
    assertThat(b.said()).containsExactly("1m1s RAISED burst d MINOR");
  }

  private static List<Long> offsets(Alert alert) {
    return alert.because().stream().map(Evidence::offset).toList();
  }

  @Test
  void a_sequence_tells_its_steps_and_the_readings_that_were_them() {
    Bench b =
        Bench.ofRule(
            """
            - alert: break-in
              on: access
              within: 2m
              sequence: [{ when: event == 'denied', times: 2 }, event == 'door_forced']
              unless: { when: event == 'granted', within: 5s }
              labels: { severity: major, category: DOOR_FORCED }
            """);
    b.at(0, "d", "access", "event", "denied", "battery", 9)
        .at(1_000, "d", "access", "event", "tamper")
        .at(2_000, "d", "access", "event", "denied")
        .at(3_000, "d", "access", "event", "door_forced")
        .advance(8_000);
    Alert alert = b.events.getFirst().alert();
    assertThat(offsets(alert)).containsExactly(0L, 2L, 3L);
    assertThat(alert.because().getFirst().values())
        .as("what the rule looks at, and no more")
        .isEqualTo(Map.of("event", "denied"));
    assertThat(alert.id().activation()).isEqualTo(3);
    assertThat(terms(alert))
        .containsExactly(
            "in this order within 2m = true",
            "  event == 'denied', times = 2.0",
            "  event == 'door_forced', times = 1.0",
            "  then within 5s: event == 'granted' = false");
  }

  @Test
  void a_correlation_tells_each_reading_once_and_the_oldest_first() {
    Bench b =
        Bench.ofRule(
            """
            - alert: both
              same: building
              within: 1m
              all: [{ on: smoke, when: smoke }, { on: camera, when: event == 'fire' }]
              labels: { severity: critical, category: FIRE_SMOKE }
            """);
    b.device("s", "smoke", "b1").device("c", "camera", "b1");
    b.at(9_000, "c", "camera", "event", "fire");
    b.send(b.reading("s", "smoke", Bench.START + 5_000, Bench.START + 9_500, "smoke", true));
    Alert alert = b.events.getFirst().alert();
    assertThat(offsets(alert)).containsExactly(1L, 0L);
    assertThat(alert.because()).extracting(Evidence::device).containsExactly("s", "c");
    assertThat(terms(alert))
        .containsExactly(
            "all in one building within 1m = true", "  smoke = 1.0", "  event == 'fire' = 1.0");
  }

  private static final String SILENT =
      """
      - alert: silent
        on: smoke
        absent: 1m
        labels: { severity: info, category: OFFLINE }
      """;

  @Test
  void alerts_of_silence_are_evidence_by_the_time_they_began() {
    Bench b =
        Bench.ofRule(
            SILENT
                + """
                - alert: two-silent
                  same: building
                  within: 1m
                  at_least: 2
                  of: [{ alert: silent }]
                  labels: { severity: minor, category: OFFLINE }
                - alert: one-then-one
                  same: building
                  within: 1m
                  sequence: [{ alert: silent, times: 2 }]
                  labels: { severity: minor, category: OFFLINE }
                """);
    b.device("s", "smoke", "b1").device("t", "smoke", "b1");
    b.at(0, "s", "smoke", "obscuration", 0).at(5_000, "t", "smoke", "obscuration", 0);
    b.advance(70_000);
    for (String rule : List.of("two-silent", "one-then-one")) {
      Alert alert =
          b.events.stream()
              .map(AlertEvent::alert)
              .filter(a -> a.id().rule().equals(rule))
              .findFirst()
              .orElseThrow();
      assertThat(alert.because())
          .as(rule)
          .containsExactly(
              new Evidence(0, "s", Bench.START + 60_000, Map.of()),
              new Evidence(1, "t", Bench.START + 65_000, Map.of()));
      assertThat(alert.value()).isNaN();
    }
  }

  @Test
  void the_readings_of_several_windows_are_told_in_the_order_of_time() {
    Bench b =
        Bench.ofRule(
            """
            - alert: warm-and-wet
              on: boiler
              expr: avg(temperature, '1m') > 50 && avg(humidity, '1m') > 50
              labels: { severity: minor, category: FAULT }
            """);
    b.at(0, "b1", "boiler", "humidity", 60, "rssi", 1)
        .at(1_000, "b1", "boiler", "temperature", 40)
        .at(2_000, "b1", "boiler", "humidity", 70)
        .at(3_000, "b1", "boiler", "temperature", 80);
    Alert alert = b.events.getFirst().alert();
    assertThat(offsets(alert)).containsExactly(0L, 1L, 2L, 3L);
    assertThat(alert.because().get(1).values()).isEqualTo(Map.of("temperature", 40.0));
  }

  @Test
  void of_very_many_readings_the_latest_are_told() {
    Bench b =
        Bench.ofRule(
            """
            - alert: burst
              on: access
              expr: count(event == 'denied', '5m') >= 50
              labels: { severity: minor, category: DENIED_BURST }
            - alert: held
              on: access
              expr: event == 'denied'
              for: 40s
              labels: { severity: minor, category: DENIED_BURST }
            """);
    for (int i = 0; i < 50; i++) {
      b.at(i * 1_000L, "d", "access", "event", "denied");
    }
    Map<String, Alert> byRule = new HashMap<>();
    b.events.forEach(e -> byRule.put(e.alert().id().rule(), e.alert()));
    assertThat(offsets(byRule.get("burst"))).hasSize(32).startsWith(18L).endsWith(49L);
    assertThat(offsets(byRule.get("held")))
        .as("the first, and the latest")
        .hasSize(32)
        .startsWith(0L, 9L)
        .endsWith(39L);
  }

  @Test
  void a_condition_of_metrics_that_were_not_said_tells_so() {
    Bench b =
        Bench.ofRule(
            SILENT.replace("absent: 1m", "absent: 1m\n  expr: obscuration > 0.5 && zone == 'x'"));
    b.at(0, "s", "smoke", "obscuration", 0.1).advance(60_000);
    assertThat(terms(b.events.getFirst().alert()))
        .containsExactly("absent: 1m = true", "  silent since = 2026-11-23T22:40:30Z");
    b.events.clear();
    b.at(61_000, "s", "smoke", "obscuration", 0.6, "zone", "x");
    b.at(62_000, "s", "smoke", "obscuration", 0.1, "zone", "x");
    assertThat(b.said())
        .as("the silence is over, but what it is about goes on")
        .containsExactly("1m2s CLEARED silent s INFO");
  }
}
