package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.language.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RuleEngineTest {
  private static final String HOT =
      """
      - alert: hot
        on: boiler
        expr: temperature > 90
        labels: { severity: major, category: OVERHEAT }
      """;

  @Test
  void a_threshold_raises_once_and_clears() {
    Bench b = Bench.ofRule(HOT);
    b.at(0, "b1", "boiler", "temperature", 91)
        .at(1_000, "b1", "boiler", "temperature", 95)
        .at(2_000, "b1", "boiler", "temperature", 90);
    assertThat(b.events).extracting(e -> e.alert().firing()).containsExactly(true, false);
    assertThat(b.said()).containsExactly("0s RAISED hot b1 MAJOR", "2s CLEARED hot b1 MAJOR");
  }

  @Test
  void an_alert_says_what_caused_it() {
    Bench b = Bench.ofRule(HOT + "  annotations: { summary: '{{ device }} at {{ value }} °C' }\n");
    b.at(0, "b1", "boiler", "temperature", 91.25);
    Alert alert = b.events.getFirst().alert();
    assertThat(alert.value()).isEqualTo(91.25);
    assertThat(alert.annotations()).containsEntry("summary", "b1 at 91.25 °C");
    assertThat(alert.because()).singleElement().satisfies(e -> assertThat(e.offset()).isZero());
    assertThat(alert.ruleVersion()).hasSize(8);
  }

  @Test
  void between_raise_and_clear_nothing_changes() {
    Bench b = Bench.ofRule(HOT + "  clear: temperature < 80\n");
    b.at(0, "b1", "boiler", "temperature", 91).at(1_000, "b1", "boiler", "temperature", 85);
    b.at(2_000, "b1", "boiler", "temperature", 79);
    assertThat(b.said()).containsExactly("0s RAISED hot b1 MAJOR", "2s CLEARED hot b1 MAJOR");
  }

  @Test
  void for_fires_by_a_timer_and_starts_anew_after_a_gap() {
    Bench b = Bench.ofRule(HOT + "  for: 10s\n");
    b.at(0, "b1", "boiler", "temperature", 91)
        .at(5_000, "b1", "boiler", "temperature", 20)
        .at(6_000, "b1", "boiler", "temperature", 92)
        .advance(15_999);
    assertThat(b.said()).isEmpty();
    b.advance(16_000);
    assertThat(b.said()).containsExactly("16s RAISED hot b1 MAJOR");
  }

  @Test
  void keep_firing_for_debounces_the_clear_only() {
    Bench b = Bench.ofRule(HOT + "  keep_firing_for: 10s\n");
    b.at(0, "b1", "boiler", "temperature", 91)
        .at(1_000, "b1", "boiler", "temperature", 20)
        .at(5_000, "b1", "boiler", "temperature", 91)
        .at(6_000, "b1", "boiler", "temperature", 20)
        .advance(60_000);
    assertThat(b.said()).containsExactly("0s RAISED hot b1 MAJOR", "16s CLEARED hot b1 MAJOR");
  }

  @Test
  void a_window_empties_by_itself() {
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
    assertThat(b.events.getFirst().alert().because()).hasSize(3);
    b.advance(120_000);
    assertThat(b.said()).containsExactly("20s RAISED burst d MINOR", "1m CLEARED burst d MINOR");
  }

  @Test
  void severity_goes_up_and_down_by_its_own_conditions() {
    Bench b =
        Bench.ofRule(
            HOT
                + """
                  levels:
                    - { severity: critical, when: temperature > 120, for: 10s }
                """);
    b.at(0, "b1", "boiler", "temperature", 121)
        .at(20_000, "b1", "boiler", "temperature", 110)
        .at(30_000, "b1", "boiler", "temperature", 20);
    assertThat(b.said())
        .containsExactly(
            "0s RAISED hot b1 MAJOR",
            "10s CHANGED hot b1 CRITICAL",
            "20s CHANGED hot b1 MAJOR",
            "30s CLEARED hot b1 MAJOR");
  }

  @Test
  void a_sequence_needs_its_order_and_its_time() {
    Bench b =
        Bench.ofRule(
            """
            - alert: break-in
              on: access
              within: 2m
              sequence:
                - { when: event == 'denied', times: 3 }
                - { when: event == 'door_forced' }
              labels: { severity: major, category: DOOR_FORCED }
            """);
    b.at(0, "d", "access", "event", "denied")
        .at(90_000, "d", "access", "event", "denied")
        .at(100_000, "d", "access", "event", "door_forced")
        .at(110_000, "d", "access", "event", "denied")
        .at(150_000, "d", "access", "event", "denied")
        .at(160_000, "d", "access", "event", "door_forced");
    assertThat(b.said()).containsExactly("2m40s RAISED break-in d MAJOR");
  }

  @Test
  void opened_and_not_closed_within() {
    Bench b =
        Bench.ofRule(
            """
            - alert: open
              on: access
              sequence:
                - { when: event == 'door_opened' }
              unless: { when: event == 'door_closed', within: 60s }
              labels: { severity: info, category: DOOR_HELD }
            """);
    b.at(0, "d", "access", "event", "door_opened")
        .at(10_000, "d", "access", "event", "door_closed")
        .at(20_000, "d", "access", "event", "door_opened")
        .advance(80_000)
        .at(90_000, "d", "access", "event", "door_closed");
    assertThat(b.said()).containsExactly("1m20s RAISED open d INFO", "1m30s CLEARED open d INFO");
  }

  private static final String OFFLINE =
      """
      - alert: offline
        on: any
        expr: online == false
        clear: online
        labels: { severity: info, category: OFFLINE }
      - alert: many-offline
        same: building
        share: { alert: offline, over: 0.2, minimum: 5 }
        labels: { severity: minor, category: OFFLINE }
      """;

  @Test
  void a_share_of_a_places_devices() {
    Bench b = Bench.ofRule(OFFLINE);
    for (int i = 0; i < 10; i++) {
      b.device("s" + i, "smoke", "b1");
    }
    b.at(0, "s0", "smoke", "online", false)
        .at(1_000, "s1", "smoke", "online", false)
        .at(2_000, "s2", "smoke", "online", false)
        .at(3_000, "s0", "smoke", "online", true);
    assertThat(b.said())
        .containsExactly(
            "0s RAISED offline s0 INFO",
            "1s RAISED offline s1 INFO",
            "2s RAISED offline s2 INFO",
            "2s RAISED many-offline b1 MINOR",
            "3s CLEARED offline s0 INFO",
            "3s CLEARED many-offline b1 MINOR");
  }

  @Test
  void an_inhibited_alert_is_held_back_and_let_out() {
    Bench b =
        Bench.of(
            Bench.group(OFFLINE)
                + "inhibit:\n  - { source: many-offline, target: offline, same: building }\n");
    for (int i = 0; i < 5; i++) {
      b.device("s" + i, "smoke", "b1");
    }
    b.at(0, "s0", "smoke", "online", false).at(1_000, "s1", "smoke", "online", false);
    b.at(2_000, "s2", "smoke", "online", false);
    assertThat(b.said())
        .containsExactly(
            "0s RAISED offline s0 INFO",
            "1s RAISED offline s1 INFO",
            "1s RAISED many-offline b1 MINOR");
    b.at(3_000, "s0", "smoke", "online", true).at(4_000, "s1", "smoke", "online", true);
    assertThat(b.said()).anyMatch(line -> line.contains("RAISED offline s2"));
  }

  @Test
  void an_interval_opens_and_closes_by_timers() {
    Bench b =
        Bench.of(
            Bench.group(HOT + "  during: [seven]\n")
                + "time_intervals:\n  - { name: seven, intervals: [{ times: ['07:00-08:00'] }] }\n");
    // The bench starts at 06:40:30 in Shanghai.
    b.at(0, "b1", "boiler", "temperature", 95).advance(3 * 3_600_000);
    assertThat(b.said())
        .containsExactly("19m30s RAISED hot b1 MAJOR", "1h19m30s CLEARED hot b1 MAJOR");
  }

  @Test
  void overrides_and_labels_choose() {
    Bench b =
        Bench.ofRule(
            """
            - alert: hot
              on: { kind: boiler, labels: { live: 'yes' } }
              params: { limit: 90 }
              expr: temperature > limit
              overrides:
                - { place: b2, set: { limit: 100 } }
                - { device: x, disable: true }
              labels: { severity: major, category: OVERHEAT }
            """);
    Map<String, String> live = Map.of("live", "yes");
    b.device("a", "boiler", "b1", live).device("c", "boiler", "b2", live);
    b.device("x", "boiler", "b1", live).device("y", "boiler", "b1");
    for (String device : List.of("a", "c", "x", "y")) {
      b.at(0, device, "boiler", "temperature", 95);
    }
    assertThat(b.said()).containsExactly("0s RAISED hot a MAJOR");
  }

  @Test
  void a_flapping_alert_stays_up() {
    Bench b = Bench.ofRule(HOT + "  flap: { raises: 3, within: 10m, hold: 5m }\n");
    for (int i = 0; i < 6; i++) {
      b.at(i * 10_000L, "b1", "boiler", "temperature", i % 2 == 0 ? 95 : 20);
    }
    b.advance(3_600_000);
    assertThat(b.said())
        .containsExactly(
            "0s RAISED hot b1 MAJOR",
            "10s CLEARED hot b1 MAJOR",
            "20s RAISED hot b1 MAJOR",
            "30s CLEARED hot b1 MAJOR",
            "40s RAISED hot b1 MAJOR",
            "5m50s CLEARED hot b1 MAJOR");
  }

  @Test
  void a_silence_holds_alerts_until_it_ends() {
    Bench b = Bench.ofRule(HOT);
    Rule.Where where = new Rule.Where(Set.of("b1"), "", Map.of());
    b.engine.silences(
        List.of(new RuleSet.Silence("works", List.of(), where, Bench.START, Bench.START + 60_000)),
        b.events::add);
    b.at(0, "b1", "boiler", "temperature", 95).at(0, "b2", "boiler", "temperature", 95);
    assertThat(b.said()).containsExactly("0s RAISED hot b2 MAJOR");
    assertThat(b.engine.active()).hasSize(2);
    b.advance(60_000);
    assertThat(b.said()).containsExactly("1m RAISED hot b1 MAJOR");
  }

  @Test
  void a_reload_keeps_what_is_the_same() {
    Bench b = Bench.ofRule(HOT + "  for: 10s\n" + OFFLINE);
    b.at(0, "b1", "boiler", "temperature", 95).at(1_000, "b1", "boiler", "online", false);
    b.engine.replace(Bench.rules(Bench.group(HOT + "  for: 10s\n")), b.events::add);
    b.advance(10_000);
    assertThat(b.said())
        .containsExactly(
            "1s RAISED offline b1 INFO", "1s CLEARED offline b1 INFO", "10s RAISED hot b1 MAJOR");
  }

  @Test
  void doubles_are_left_out_and_late_readings_still_raise() {
    Bench b = Bench.ofRule(HOT);
    var first =
        b.reading("b1", "boiler", Bench.START + 5_000, Bench.START + 5_000, "temperature", 9);
    var again =
        b.reading("b1", "boiler", Bench.START + 5_000, Bench.START + 5_000, "temperature", 9);
    b.send(first).send(first).send(again);
    assertThat(b.engine.counts()).isEqualTo(new EngineCounts(0, 2, 0));
    b.send(b.reading("b1", "boiler", Bench.START + 4_000, Bench.START + 6_000, "temperature", 99));
    assertThat(b.said()).containsExactly("4s RAISED hot b1 MAJOR");
    assertThat(b.engine.counts().late()).isEqualTo(1);
  }

  @Test
  void a_clock_far_ahead_counts_at_its_receipt() {
    Bench b = Bench.ofRule(HOT);
    b.send(b.reading("b1", "boiler", Bench.START + 900_000, Bench.START, "temperature", 99));
    assertThat(b.said()).containsExactly("0s RAISED hot b1 MAJOR");
    assertThat(b.engine.counts().future()).isEqualTo(1);
  }

  @Test
  void with_windows_a_clear_of_its_own_is_judged_again_by_time() {
    Bench b =
        Bench.ofRule(
            """
            - alert: burst
              on: access
              expr: count(event == 'denied', '60s') >= 3
              clear: count(event == 'denied', '60s') == 0
              labels: { severity: minor, category: DENIED_BURST }
            """);
    for (int i = 0; i < 3; i++) {
      b.at(i * 10_000L, "d", "access", "event", "denied");
    }
    b.advance(79_999);
    assertThat(b.said()).containsExactly("20s RAISED burst d MINOR");
    b.advance(80_000);
    assertThat(b.said()).containsExactly("1m20s CLEARED burst d MINOR");
  }

  @Test
  void a_count_that_silence_cleared_raises_again_by_any_reading_while_it_holds() {
    Bench b =
        Bench.ofRule(
            """
            - alert: burst
              on: access
              expr: count(event == 'denied', '60s') >= 3
              clear: absent 15s
              labels: { severity: minor, category: DENIED_BURST }
            """);
    for (int i = 0; i < 3; i++) {
      b.at(i * 10_000L, "d", "access", "event", "denied");
    }
    b.at(40_000, "d", "access", "event", "granted");
    assertThat(b.said())
        .containsExactly(
            "20s RAISED burst d MINOR", "35s CLEARED burst d MINOR", "40s RAISED burst d MINOR");
  }

  @Test
  void a_count_goes_on_over_readings_that_do_not_count() {
    Bench b =
        Bench.ofRule(
            """
            - alert: burst
              on: access
              expr: count(event == 'denied', '60s') >= 3
              labels: { severity: minor, category: DENIED_BURST }
            """);
    b.at(0, "d", "access", "event", "denied").at(10_000, "d", "access", "event", "granted");
    b.at(20_000, "d", "access", "event", "denied").at(30_000, "d", "access", "event", "granted");
    b.at(59_999, "d", "access", "event", "denied");
    assertThat(b.said()).containsExactly("59.999s RAISED burst d MINOR");
  }
}
