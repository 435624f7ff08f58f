package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.Evidence;
import dev.hologrid.rules.alert.Term;
import java.util.List;
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
}
