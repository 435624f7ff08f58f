package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.language.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What users of other systems miss, one test each. */
final class PromisesTest {
  private static final String HELD =
      """
      - alert: hot
        on: boiler
        expr: temperature > 90
        for: 5m
        keep_firing_for: 2m
        labels: { severity: major, category: OVERHEAT }
      """;

  private static void restart(Bench b) {
    b.engine = RuleEngine.restore(b.engine.rules(), EngineSettings.DEFAULT, b.engine.snapshot());
  }

  @Test
  void a_restart_in_the_middle_of_for_and_of_keep_firing_for_changes_nothing() {
    Bench b = Bench.ofRule(HELD);
    b.at(0, "b1", "boiler", "temperature", 95);
    restart(b);
    b.advance(299_999);
    assertThat(b.said()).isEmpty();
    b.advance(300_000);
    assertThat(b.said()).containsExactly("5m RAISED hot b1 MAJOR");
    b.at(310_000, "b1", "boiler", "temperature", 20);
    restart(b);
    b.advance(429_999);
    assertThat(b.said()).isEmpty();
    b.advance(430_000);
    assertThat(b.said()).containsExactly("7m10s CLEARED hot b1 MAJOR");
  }

  @Test
  void a_reload_in_the_middle_of_for_keeps_what_was_waited() {
    Bench b = Bench.ofRule(HELD);
    b.at(0, "b1", "boiler", "temperature", 95).advance(200_000);
    String other =
        """
        - alert: cold
          on: boiler
          expr: temperature < 5
          labels: { severity: info, category: FAULT }
        """;
    b.engine.replace(Bench.rules(Bench.group(HELD + other)), b.events::add);
    b.advance(300_000);
    assertThat(b.said()).containsExactly("5m RAISED hot b1 MAJOR");
  }

  @Test
  void start_up_and_replay_raise_nothing_new() {
    Bench b = Bench.ofRule(HELD.replace("  for: 5m\n", ""));
    List<Reading> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(
          b.reading(
              "b1",
              "boiler",
              Bench.START + i * 1_000L,
              Bench.START + i * 1_000L,
              "temperature",
              95));
    }
    all.forEach(b::send);
    assertThat(b.said()).hasSize(1);
    restart(b);
    all.forEach(b::send);
    b.advance(10_000);
    assertThat(b.said()).isEmpty();
    assertThat(b.engine.active()).hasSize(1);
  }

  @Test
  void downtime_of_ours_is_no_silence_of_the_device_once_its_backlog_is_read() {
    Bench b =
        Bench.ofRule(
            """
            - alert: silent
              on: boiler
              absent: 15m
              labels: { severity: info, category: OFFLINE }
            """);
    b.at(0, "b1", "boiler", "temperature", 20);
    restart(b);
    for (int minute = 10; minute <= 120; minute += 10) {
      b.at(minute * 60_000L, "b1", "boiler", "temperature", 20);
    }
    assertThat(b.said()).isEmpty();
  }

  @Test
  void an_alerts_value_is_that_of_a_reading_and_its_times_are_event_time() {
    Bench b = Bench.ofRule(HELD);
    b.at(0, "b1", "boiler", "temperature", 95).at(120_000, "b1", "boiler", "temperature", 97);
    b.advance(600_000).at(660_000, "b1", "boiler", "temperature", 20).advance(900_000);
    Alert raised = b.events.getFirst().alert();
    AlertEvent cleared = b.events.getLast();
    assertThat(raised.value()).isEqualTo(97);
    assertThat(raised.because()).anyMatch(e -> e.values().containsValue(97.0));
    assertThat(raised.startedAt()).isEqualTo(Bench.START + 300_000);
    assertThat(cleared.alert().endedAt()).isEqualTo(Bench.START + 780_000);
    assertThat(cleared.alert().startedAt()).isEqualTo(raised.startedAt());
  }

  @Test
  void a_batch_two_hours_old_is_judged_in_the_order_of_its_event_times() {
    Bench b = Bench.ofRule(HELD.replace("for: 5m", "for: 10m"));
    long received = Bench.START + 7_200_000;
    List<Reading> batch = new ArrayList<>();
    for (int minute : new int[] {10, 0, 20, 5, 15}) {
      batch.add(
          b.reading(
              "b1",
              "boiler",
              Bench.START + minute * 60_000L,
              received,
              "temperature",
              minute < 15 ? 95 : 20));
    }
    for (Reading each : Reading.inOrder(batch)) {
      b.engine.accept(each.at(-1), b.events::add);
    }
    b.advance(7_300_000);
    assertThat(b.said()).containsExactly("10m RAISED hot b1 MAJOR", "17m CLEARED hot b1 MAJOR");
  }

  @Test
  void silence_and_a_missing_end_are_noticed_with_one_device_and_no_traffic() {
    Bench b =
        Bench.ofRule(
            """
            - alert: silent
              on: access
              absent: 10m
              labels: { severity: info, category: OFFLINE }
            - alert: open
              on: access
              sequence: [event == 'door_opened']
              unless: { when: event == 'door_closed', within: 60s }
              labels: { severity: info, category: DOOR_HELD }
            """);
    b.at(0, "d", "access", "event", "door_opened");
    for (int second = 1; second <= 600; second++) {
      b.advance(second * 1_000L);
    }
    assertThat(b.said()).containsExactly("1m RAISED open d INFO", "10m RAISED silent d INFO");
  }

  @Test
  void a_long_stop_of_the_process_ends_in_the_right_state() {
    Bench b =
        Bench.ofRule(
            """
            - alert: silent
              on: boiler
              absent: 10m
              labels: { severity: info, category: OFFLINE }
            """);
    b.at(0, "b1", "boiler", "temperature", 20).advance(3_600_000);
    assertThat(b.said()).containsExactly("10m RAISED silent b1 INFO");
    b.at(3_600_001, "b1", "boiler", "temperature", 20).advance(3_700_000);
    assertThat(b.said()).containsExactly("1h0.001s CLEARED silent b1 INFO");
  }

  @Test
  void severity_goes_down_in_steps_as_it_went_up() {
    Bench b =
        Bench.ofRule(
            """
            - alert: hot
              on: boiler
              expr: temperature > 60
              levels:
                - { severity: major, when: temperature > 80 }
                - { severity: critical, when: temperature > 100, for: 10s }
              labels: { severity: minor, category: OVERHEAT }
            """);
    b.at(0, "b1", "boiler", "temperature", 110)
        .at(20_000, "b1", "boiler", "temperature", 90)
        .at(30_000, "b1", "boiler", "temperature", 70)
        .at(40_000, "b1", "boiler", "temperature", 50);
    assertThat(b.said())
        .containsExactly(
            "0s RAISED hot b1 MAJOR",
            "10s CHANGED hot b1 CRITICAL",
            "20s CHANGED hot b1 MAJOR",
            "30s CHANGED hot b1 MINOR",
            "40s CLEARED hot b1 MINOR");
  }

  @Test
  void what_operators_silenced_stays_so_over_a_reload_and_beside_maintenance() {
    String hot = HELD.replace("  for: 5m\n", "");
    String maintenance =
        """
        maintenance:
          - { device: b2, from: 2020-01-01T00:00:00+08:00, until: 2030-01-01T00:00:00+08:00 }
        """;
    Bench b = Bench.of(Bench.group(hot) + maintenance);
    Rule.Where where = new Rule.Where(Set.of("b1"), "", Map.of());
    b.engine.silences(
        List.of(new RuleSet.Silence("works", List.of(), where, Bench.START, Bench.START + 60_000)),
        b.events::add);
    b.engine.replace(Bench.rules(Bench.group(hot) + maintenance), b.events::add);
    b.at(0, "b1", "boiler", "temperature", 95).at(0, "b2", "boiler", "temperature", 95);
    b.at(0, "b3", "boiler", "temperature", 95).advance(59_999);
    assertThat(b.said()).containsExactly("0s RAISED hot b3 MAJOR");
    b.advance(60_000);
    assertThat(b.said()).containsExactly("1m RAISED hot b1 MAJOR");
  }

  @Test
  void counts_sequences_and_damping_go_on_after_a_restart_and_a_reload() {
    String rules =
        """
        - alert: burst
          on: access
          expr: count(event == 'denied', '60s') >= 4
          labels: { severity: minor, category: DENIED_BURST }
        - alert: break-in
          on: access
          within: 2m
          sequence: [{ when: event == 'denied', times: 3 }, event == 'door_forced']
          labels: { severity: major, category: DOOR_FORCED }
        - alert: flapping
          on: access
          expr: battery < 5
          flap: { raises: 3, within: 10m, hold: 5m }
          labels: { severity: info, category: FAULT }
        """;
    String more = rules + rules.replaceAll("alert: ", "alert: other-");
    Bench b = Bench.ofRule(rules);
    Runnable interrupted =
        () -> {
          restart(b);
          b.engine.replace(Bench.rules(Bench.group(more)), b.events::add);
          b.engine.replace(Bench.rules(Bench.group(rules)), b.events::add);
        };
    for (int i = 0; i < 4; i++) {
      b.at(i * 10_000L, "d", "access", "event", "denied");
      interrupted.run();
    }
    b.at(40_000, "d", "access", "event", "door_forced");
    assertThat(b.said()).containsExactly("30s RAISED burst d MINOR", "40s RAISED break-in d MAJOR");
    for (int i = 0; i < 3; i++) {
      b.at(50_000 + i * 2_000L, "d", "access", "battery", 3);
      interrupted.run();
      b.at(51_000 + i * 2_000L, "d", "access", "battery", 9);
      interrupted.run();
    }
    assertThat(b.events.getLast().alert().labels()).containsEntry("raises", "3");
    assertThat(b.said())
        .containsExactly(
            "50s RAISED flapping d INFO",
            "51s CLEARED flapping d INFO",
            "52s RAISED flapping d INFO",
            "53s CLEARED flapping d INFO",
            "54s RAISED flapping d INFO");
    b.advance(354_999);
    assertThat(b.said()).noneMatch(line -> line.contains("flapping"));
    b.advance(355_000);
    assertThat(b.said()).containsExactly("5m55s CLEARED flapping d INFO");
  }

  @Test
  void what_is_known_of_devices_survives_a_restart() {
    Bench b =
        Bench.ofRule(
            """
            - alert: north
              on: boiler
              expr: temperature > limit && label('side') == 'north'
              params: { limit: 90 }
              overrides: [{ place: h1, set: { limit: 50 } }]
              labels: { severity: major, category: OVERHEAT }
              annotations: { summary: '{{ device }} {{ building }} {{ labels.side }}' }
            - alert: silent
              on: boiler
              absent: 10m
              labels: { severity: info, category: OFFLINE }
            """);
    b.device("x", "boiler", "h0").device("a", "boiler", "h1", java.util.Map.of("side", "north"));
    b.at(1_000, "x", "boiler", "temperature", 1).at(2_000, "a", "boiler", "temperature", 1);
    restart(b);
    b.at(2_000, "a", "boiler", "temperature", 1);
    assertThat(b.engine.counts().duplicates()).as("sent again").isEqualTo(1);
    b.at(3_000, "a", "boiler", "temperature", 60);
    assertThat(b.events.getFirst().alert().annotations()).containsEntry("summary", "a h1 north");
    assertThat(b.events.getFirst().alert().labels()).containsEntry("side", "north");
    assertThat(b.said()).containsExactly("3s RAISED north a MAJOR");
    restart(b);
    b.advance(700_000);
    assertThat(b.events)
        .extracting(e -> e.alert().id().key())
        .containsExactly("silent/x/0", "silent/a/3");
  }

  @Test
  void status_from_the_gateway_is_a_sign_of_life_and_makes_nothing_late() {
    Bench b =
        Bench.ofRule(
            """
            - alert: silent
              on: boiler
              absent: 1m
              labels: { severity: info, category: OFFLINE }
            """);
    b.at(0, "a", "boiler", "temperature", 1).at(30_000, "a", "boiler", "online", true);
    b.advance(89_999);
    assertThat(b.said()).isEmpty();
    b.at(20_000, "a", "boiler", "temperature", 2);
    assertThat(b.engine.counts().late()).isZero();
    b.advance(200_000);
    assertThat(b.said()).hasSize(1);
  }

  @Test
  void either_condition_raises_and_ten_quiet_minutes_clear() {
    Bench b =
        Bench.ofRule(
            """
            - alert: seen
              on: camera
              expr: event == 'fire' || confidence > 0.9
              clear: absent 10m
              labels: { severity: major, category: FIRE }
            """);
    b.at(0, "c", "camera", "event", "fire").at(60_000, "c", "camera", "event", "nobody");
    b.at(300_000, "c", "camera", "confidence", 0.95).advance(899_999);
    assertThat(b.said()).containsExactly("0s RAISED seen c MAJOR");
    b.advance(900_000);
    assertThat(b.said()).containsExactly("15m CLEARED seen c MAJOR");
  }
}
