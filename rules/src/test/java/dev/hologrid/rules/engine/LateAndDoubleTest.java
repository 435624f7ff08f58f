package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.alert.AlertEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Readings that come again, that come late, and that come long after they happened. */
final class LateAndDoubleTest {
  static List<List<Object[]>> pairs() {
    return List.of(
        List.of(values("a", 1), values("a", 2)),
        List.of(values("a", 1, "b", 2), values("a", 2, "b", 2)),
        List.of(values("a", 1, "b", 2), values("a", 1, "b", 1)),
        List.of(values("a", 1, "b", 2), values("a", 2, "b", 1)),
        List.of(values("a", 1, "b", 2, "c", 3), values("a", 9, "b", 2, "c", 3)),
        List.of(values("a", 1, "b", 2, "c", 3), values("a", 1, "b", 9, "c", 3)),
        List.of(values("a", 1, "b", 2, "c", 3, "d", 4), values("a", 9, "b", 2, "c", 3, "d", 4)),
        List.of(values("a", 1, "b", 2, "c", 3, "d", 4), values("a", 1, "b", 2, "c", 4, "d", 3)),
        List.of(values("a", true), values("a", false)),
        List.of(values("a", "x"), values("a", "y")),
        List.of(values("a", "x", "b", "y"), values("a", "y", "b", "x")),
        List.of(values("a", 1, "b", "x"), values("a", 1, "b", "y")),
        List.of(values("a", 1, "b", "x"), values("a", 2, "b", "x")));
  }

  private static Object[] values(Object... values) {
    return values;
  }

  private static final String ANY =
      """
      - alert: any
        on: any
        absent: 1d
        labels: { severity: info, category: OFFLINE }
      """;

  @ParameterizedTest
  @MethodSource("pairs")
  void two_readings_of_one_moment_are_two_unless_they_say_the_same(List<Object[]> pair) {
    Bench b = Bench.ofRule(ANY);
    b.at(0, "d", "boiler", pair.get(0)).at(0, "d", "boiler", pair.get(1));
    assertThat(b.engine.counts().duplicates()).isZero();
    b.at(0, "d", "boiler", pair.get(1));
    assertThat(b.engine.counts().duplicates()).isEqualTo(1);
    b.at(1, "d", "boiler", pair.get(1));
    assertThat(b.engine.counts().duplicates()).as("another moment").isEqualTo(1);
  }

  @Test
  void the_readings_of_one_message_are_told_apart_by_their_index() {
    Bench b = Bench.ofRule(ANY);
    var first = b.reading("d", "boiler", Bench.START, Bench.START, "a", 1);
    b.send(first);
    b.send(
        new dev.hologrid.rules.Reading(
            "d",
            first.shape(),
            Bench.START + 1,
            Bench.START,
            0,
            1,
            first.numbers(),
            first.texts()));
    assertThat(b.engine.counts().duplicates()).isZero();
    b.send(first);
    assertThat(b.engine.counts().duplicates()).isEqualTo(1);
  }

  private static final String TWO =
      """
      - alert: two
        on: [smoke, camera]
        same: building
        within: 60s
        at_least: 2
        of: [{ when: smoke }]
        overrides: [{ device: off, disable: true }]
        labels: { severity: critical, category: FIRE }
      - alert: in-order
        on: smoke
        same: building
        within: 60s
        sequence: [{ when: smoke, times: 2 }]
        labels: { severity: info, category: FIRE }
      - alert: share
        on: smoke
        same: building
        share: { when: smoke, over: 0.9 }
        labels: { severity: info, category: FIRE }
      """;

  @Test
  void a_late_reading_is_part_of_a_correlation_once_and_of_no_order() {
    Bench b = Bench.ofRule(TWO);
    b.device("a", "smoke", "h").device("b", "smoke", "h").device("off", "smoke", "h");
    b.at(10_000, "a", "smoke", "smoke", true).at(20_000, "b", "smoke", "battery", 7);
    b.at(20_000, "off", "smoke", "battery", 7);
    b.send(b.reading("off", "smoke", Bench.START + 15_000, Bench.START + 20_000, "smoke", true));
    assertThat(b.said()).isEmpty();
    for (int again = 0; again < 3; again++) {
      b.send(b.reading("b", "smoke", Bench.START + 15_000, Bench.START + 21_000, "smoke", true));
    }
    assertThat(b.said()).containsExactly("15s RAISED two h CRITICAL");
    assertThat(b.engine.counts()).isEqualTo(new EngineCounts(4, 2, 0));
    b.send(b.reading("b", "smoke", Bench.START + 14_000, Bench.START + 22_000, "smoke", false));
    b.send(b.reading("b", "smoke", Bench.START + 14_000, Bench.START + 22_000, "smoke", false));
    assertThat(b.engine.counts())
        .as("one that made nothing true is not remembered")
        .isEqualTo(new EngineCounts(6, 2, 0));
  }

  @Test
  void a_late_reading_raises_only_what_needs_no_order() {
    Bench b =
        Bench.ofRule(
            """
            - alert: hot
              on: boiler
              expr: temperature > 90
              labels: { severity: major, category: OVERHEAT }
            - alert: hot-for-long
              on: boiler
              expr: temperature > 90
              for: 1ms
              labels: { severity: major, category: OVERHEAT }
            - alert: hot-on-average
              on: boiler
              expr: avg(temperature, '1m') > 90
              labels: { severity: major, category: OVERHEAT }
            """);
    b.at(10_000, "b1", "boiler", "pressure", 1);
    b.send(b.reading("b1", "boiler", Bench.START + 9_000, Bench.START + 10_000, "temperature", 95));
    assertThat(b.said()).containsExactly("9s RAISED hot b1 MAJOR");
    b.send(b.reading("b1", "boiler", Bench.START + 9_500, Bench.START + 10_000, "temperature", 20));
    assertThat(b.said()).as("and ends nothing").isEmpty();
    b.at(11_000, "b1", "boiler", "temperature", 20);
    assertThat(b.said()).containsExactly("11s CLEARED hot b1 MAJOR");
  }

  /** What a device kept for an hour and sends at once has its own time, and the receipt beside. */
  @Test
  void a_backlog_runs_in_the_devices_own_time() {
    Bench b =
        Bench.ofRule(
            """
            - alert: open
              on: access
              sequence: [event == 'door_opened']
              unless: { when: event == 'door_closed', within: 10s }
              labels: { severity: info, category: DOOR_HELD }
            - alert: hot
              on: access
              expr: temperature > 50
              for: 10s
              keep_firing_for: 5s
              labels: { severity: minor, category: OVERHEAT }
            - alert: cold
              on: access
              expr: temperature < 0
              labels: { severity: minor, category: OVERHEAT }
            """);
    b.at(3_600_000, "other", "access", "battery", 9);
    long received = Bench.START + 3_600_000;
    Object[][] said = {
      {0, "event", "door_opened"},
      {1, "temperature", 60},
      {20, "event", "door_closed"},
      {21, "temperature", 20},
      {30, "event", "door_opened"},
      {35, "event", "door_closed"},
      {36, "temperature", -1},
      {40, "temperature", 10},
      {41, "temperature", 70},
    };
    for (Object[] each : said) {
      long time = Bench.START + (int) each[0] * 1_000L;
      b.send(b.reading("d", "access", time, received, each[1], each[2]));
    }
    List<AlertEvent> events = List.copyOf(b.events);
    assertThat(b.said())
        .containsExactly(
            "10s RAISED open d INFO",
            "20s CLEARED open d INFO",
            "11s RAISED hot d MINOR",
            "26s CLEARED hot d MINOR",
            "36s RAISED cold d MINOR",
            "40s CLEARED cold d MINOR");
    assertThat(events.get(4).receivedAt()).as("a reading raised it").isEqualTo(received);
    assertThat(events.get(5).receivedAt()).as("a reading cleared it").isEqualTo(received);
    assertThat(events.get(0).receivedAt()).as("time raised it").isEqualTo(events.get(0).at());
    assertThat(events.get(3).receivedAt()).as("time cleared it").isEqualTo(events.get(3).at());
    b.advance(3_609_999);
    assertThat(b.said()).isEmpty();
    b.advance(3_610_000);
    assertThat(b.said())
        .as("ten seconds of the device's time after 41 s, by a clock that is an hour ahead")
        .containsExactly("51s RAISED hot d MINOR");
  }

  @Test
  void a_device_moves_with_what_it_counts_for() {
    Bench b =
        Bench.ofRule(
            """
            - alert: many
              on: smoke
              same: building
              share: { when: smoke, over: 0.5, minimum: 2 }
              labels: { severity: minor, category: FIRE }
            - alert: any
              on: smoke
              same: building
              share: { when: battery < 5, over: 0.1 }
              labels: { severity: minor, category: FIRE }
            """);
    for (String id : List.of("a", "b", "c")) {
      b.device(id, "smoke", "h1");
    }
    b.device("x", "smoke", "h2");
    b.at(0, "a", "smoke", "smoke", true).at(0, "x", "smoke", "smoke", true);
    b.device("c", "smoke", "h2").device("b", "smoke", "h2");
    assertThat(b.said()).isEmpty();
    // One of three in h2, one of one in h1, which is too few to be looked at.
    b.at(1_000, "c", "smoke", "smoke", true);
    assertThat(b.said()).containsExactly("1s RAISED many h2 MINOR");
    b.engine = RuleEngine.restore(b.engine.rules(), EngineSettings.DEFAULT, b.engine.snapshot());
    b.at(2_000, "c", "smoke", "battery", 3).at(3_000, "c", "smoke", "smoke", false);
    assertThat(b.said()).containsExactly("2s RAISED any h2 MINOR", "3s CLEARED many h2 MINOR");
    assertThat(b.engine.active()).hasSize(1);
    assertThat(Map.copyOf(b.engine.active().getFirst().labels())).isEmpty();
  }
}
