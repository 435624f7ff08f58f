package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Device;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules over places whose members are alerts of other rules, and devices that are nowhere. */
final class PlaceRulesTest {
  private static final String MEMBERS =
      """
      - alert: hot
        on: boiler
        expr: temperature > 70
        labels: { severity: major, category: OVERHEAT }
      - alert: smoke
        on: boiler
        expr: smoke
        labels: { severity: major, category: SMOKE }
      """;

  private static Bench bench(String rule) {
    Bench b = Bench.ofRule(MEMBERS + rule);
    b.device("a", "boiler", "h1").device("b", "boiler", "h1").device("c", "boiler", "h2");
    b.engine.place(new Device("high", "boiler", List.of("d", "t"), Map.of()));
    b.advance(0);
    return b;
  }

  private static List<String> of(Bench b, String rule) {
    return b.said().stream().filter(line -> line.contains(" " + rule + " ")).toList();
  }

  @Test
  void a_sequence_of_alerts_in_a_place() {
    Bench b =
        bench(
            """
            - alert: spread
              same: building
              within: 30s
              sequence: [{ alert: smoke }, { alert: hot }]
              unless: { when: temperature < 0, within: 5s }
              labels: { severity: critical, category: FIRE }
            """);
    b.at(1_000, "a", "boiler", "smoke", true).at(2_000, "c", "boiler", "temperature", 80);
    b.at(3_000, "high", "boiler", "smoke", true).at(4_000, "b", "boiler", "temperature", 80);
    b.advance(8_999);
    assertThat(of(b, "spread")).isEmpty();
    b.advance(9_000);
    assertThat(of(b, "spread")).containsExactly("9s RAISED spread h1 CRITICAL");
    b.at(10_000, "c", "boiler", "temperature", -1).at(11_000, "b", "boiler", "temperature", -1);
    assertThat(of(b, "spread")).containsExactly("11s CLEARED spread h1 CRITICAL");
    b.at(12_000, "a", "boiler", "smoke", false).at(13_000, "a", "boiler", "smoke", true);
    b.at(50_000, "b", "boiler", "temperature", 80).advance(100_000);
    assertThat(of(b, "spread")).as("too long after").isEmpty();
  }

  @Test
  void an_unwanted_alert_ends_a_sequence() {
    Bench b =
        bench(
            """
            - alert: unanswered
              same: building
              sequence: [{ alert: smoke }]
              unless: { alert: hot, within: 10s }
              labels: { severity: critical, category: FIRE }
            """);
    b.at(1_000, "a", "boiler", "smoke", true).at(2_000, "b", "boiler", "temperature", 80);
    b.advance(60_000);
    assertThat(of(b, "unanswered")).isEmpty();
    b.at(61_000, "c", "boiler", "smoke", true).advance(71_000);
    assertThat(of(b, "unanswered")).containsExactly("1m11s RAISED unanswered h2 CRITICAL");
    b.at(72_000, "c", "boiler", "temperature", 80);
    assertThat(of(b, "unanswered")).containsExactly("1m12s CLEARED unanswered h2 CRITICAL");
  }

  @Test
  void an_alert_counts_while_it_fires_and_a_while_after() {
    Bench b =
        bench(
            """
            - alert: fire
              same: building
              within: 20s
              of: [{ alert: smoke }, { alert: hot }, { when: humidity > 90 }]
              labels: { severity: critical, category: FIRE }
            """);
    b.at(1_000, "a", "boiler", "smoke", true).at(60_000, "b", "boiler", "temperature", 80);
    assertThat(of(b, "fire")).isEmpty();
    b.at(61_000, "b", "boiler", "humidity", 95);
    assertThat(of(b, "fire")).containsExactly("1m1s RAISED fire h1 CRITICAL");
    b.at(62_000, "b", "boiler", "humidity", 99).at(70_000, "a", "boiler", "smoke", false);
    b.advance(81_999);
    assertThat(of(b, "fire")).isEmpty();
    b.advance(82_000);
    assertThat(of(b, "fire")).containsExactly("1m22s CLEARED fire h1 CRITICAL");
    b.at(90_000, "high", "boiler", "humidity", 99);
    assertThat(of(b, "fire")).as("above every building").isEmpty();
  }

  @Test
  void a_share_follows_alerts_and_devices_that_come_move_and_change() {
    Bench b =
        bench(
            """
            - alert: many
              on: boiler
              same: building
              share: { alert: hot, over: 0.5, minimum: 2 }
              labels: { severity: minor, category: OVERHEAT }
            """);
    b.at(1_000, "a", "boiler", "temperature", 80).at(2_000, "c", "boiler", "temperature", 80);
    assertThat(of(b, "many")).as("half, and a building of one").isEmpty();
    b.at(3_000, "b", "boiler", "temperature", 80);
    assertThat(of(b, "many")).containsExactly("3s RAISED many h1 MINOR");
    b.device("d", "boiler", "h1").device("e", "camera", "h1");
    b.at(4_000, "d", "boiler", "temperature", 10).at(5_000, "a", "boiler", "temperature", 10);
    assertThat(of(b, "many")).containsExactly("5s CLEARED many h1 MINOR");
    b.at(6_000, "high", "boiler", "temperature", 80);
    b.device("c", "boiler", "h1").at(7_000, "a", "boiler", "temperature", 80);
    assertThat(of(b, "many")).containsExactly("7s RAISED many h1 MINOR");
  }

  @Test
  void a_share_is_one_of_the_devices_with_the_labels_of_its_rule() {
    Bench b =
        Bench.ofRule(
            """
            - alert: wing-hot
              on: { kind: boiler, labels: { wing: east } }
              same: building
              share: { when: temperature > 60, over: 0.5 }
              labels: { severity: minor, category: OVERHEAT }
            """);
    b.device("e1", "boiler", "h1", Map.of("wing", "east"));
    b.device("e2", "boiler", "h1", Map.of("wing", "east"));
    b.device("w1", "boiler", "h1").device("w2", "boiler", "h1").device("w3", "boiler", "h1");
    for (String west : List.of("w1", "w2", "w3", "e1")) {
      b.at(1_000, west, "boiler", "temperature", 80);
    }
    assertThat(b.said()).as("one of two in the east").isEmpty();
    b.at(2_000, "e2", "boiler", "temperature", 80);
    assertThat(b.said()).containsExactly("2s RAISED wing-hot h1 MINOR");
  }

  @Test
  void texts_and_groups_are_filled_from_places_and_readings() {
    Bench b =
        Bench.ofRule(
            """
            - alert: fire
              on: boiler
              same: building
              within: 20s
              of: [{ when: temperature > 70 && zone != 'x' }]
              group_by: [category, building, labels.none]
              labels: { severity: critical, category: FIRE, team: red }
              annotations:
                summary: '{{ rule }} {{ building }} {{ floor }} {{ town }} {{ subject }} {{ place }} {{ zone }} {{ temperature }} {{ humidity }} {{ severity }} {{ count }} {{ kind }} {{ labels.team }}'
            - alert: quiet
              on: boiler
              absent: 1m
              group_by: [device]
              labels: { severity: info, category: OFFLINE }
              annotations: { summary: '{{ device }} {{ value }} {{ building }} {{ floor }} {{ kind }}' }
            """);
    b.device("a", "boiler", "h1");
    b.engine.place(new Device("high", "boiler", List.of("d"), Map.of("k", "v")));
    b.advance(0);
    b.at(1_000, "a", "boiler", "temperature", 71.23456, "zone", "Z1");
    var alert = b.events.getFirst().alert();
    assertThat(alert.annotations())
        .containsEntry("summary", "fire h1  t h1 h1 Z1 71.235  critical 1  red");
    assertThat(alert.labels()).containsEntry("group", "FIRE/h1/").containsEntry("team", "red");
    b.events.clear();
    b.advance(120_000);
    assertThat(b.events.stream().map(e -> e.alert().annotations().get("summary")).toList())
        .contains("a - h1 h1-F1 boiler", "high -   boiler");
    assertThat(b.engine.devices()).isEqualTo(2);
    assertThat(b.engine.handle("a")).isNotNegative();
    assertThat(b.engine.handle("nobody")).isEqualTo(-1);
  }

  @Test
  void a_device_that_becomes_of_another_kind_is_watched_anew() {
    Bench b =
        Bench.ofRule(
            """
            - alert: quiet
              on: boiler
              absent: 1m
              labels: { severity: info, category: OFFLINE }
            """);
    b.device("a", "camera", "h1");
    b.advance(0).advance(100_000);
    assertThat(b.said()).isEmpty();
    b.device("a", "boiler", "h1").advance(200_000);
    assertThat(b.said()).singleElement().asString().contains("RAISED quiet a");
    b.device("a", "boiler", "h1").device("a", "camera", "h2").advance(300_000);
    assertThat(b.said()).isEmpty();
  }

  @Test
  void many_devices_and_places_are_kept_apart() {
    Bench b = Bench.ofRule(MEMBERS);
    for (int i = 0; i < 3_000; i++) {
      b.device("device-" + i, "boiler", "house-" + i / 3);
    }
    for (int i = 0; i < 3_000; i += 7) {
      b.at(i, "device-" + i, "boiler", "temperature", 80);
    }
    assertThat(b.events).hasSize(429);
    assertThat(b.engine.devices()).isEqualTo(3_000);
    for (int i = 0; i < 3_000; i++) {
      assertThat(b.engine.handle("device-" + i)).isNotNegative();
    }
    assertThat(b.engine.active()).hasSize(429);
  }

  @Test
  void a_sequence_may_take_its_whole_time_and_no_more() {
    for (int last : new int[] {30_000, 30_001}) {
      Bench b =
          Bench.ofRule(
              """
              - alert: pair
                on: boiler
                within: 30s
                sequence: [humidity > 1, temperature > 1]
                labels: { severity: info, category: FAULT }
              """);
      b.at(0, "a", "boiler", "humidity", 2).at(last, "a", "boiler", "temperature", 2);
      assertThat(b.said()).hasSize(last == 30_000 ? 1 : 0);
      b.advance(59_999);
      assertThat(b.said()).isEmpty();
      b.advance(60_000);
      assertThat(b.said()).as("ends as long after").hasSize(last == 30_000 ? 1 : 0);
    }
  }

  @Test
  void what_ends_a_sequence_must_last_as_long_as_any_clear() {
    Bench b =
        Bench.ofRule(
            """
            - alert: open
              on: boiler
              sequence: [humidity > 1]
              unless: { when: temperature > 1, within: 10s }
              keep_firing_for: 20s
              labels: { severity: info, category: FAULT }
            """);
    b.at(0, "a", "boiler", "humidity", 2).at(15_000, "a", "boiler", "temperature", 2);
    assertThat(b.said()).containsExactly("10s RAISED open a INFO");
    b.at(30_000, "a", "boiler", "humidity", 2).advance(60_000);
    assertThat(b.said()).as("it came again in between").isEmpty();
    b.at(61_000, "a", "boiler", "temperature", 2).advance(80_999);
    assertThat(b.said()).isEmpty();
    b.advance(81_000);
    assertThat(b.said()).containsExactly("1m21s CLEARED open a INFO");
  }

  @Test
  void a_sequence_is_looked_for_only_where_there_is_such_a_device() {
    Bench b =
        bench(
            """
            - alert: with-camera
              same: building
              with: { kind: camera, labels: { roof: 'yes' } }
              sequence: [{ alert: hot }]
              labels: { severity: info, category: FAULT }
            """);
    b.device("cam", "camera", "h1", Map.of("roof", "no")).device("cam2", "camera", "h2");
    b.at(1_000, "a", "boiler", "temperature", 80);
    assertThat(of(b, "with-camera")).isEmpty();
    b.device("cam", "camera", "h1", Map.of("roof", "yes"));
    b.at(2_000, "b", "boiler", "temperature", 80).at(2_000, "c", "boiler", "temperature", 80);
    b.at(2_000, "high", "boiler", "temperature", 80);
    assertThat(of(b, "with-camera")).containsExactly("2s RAISED with-camera h1 INFO");
    b.device("cam", "camera", "h2", Map.of("roof", "yes")).advance(100_000);
    b.said();
    b.at(101_000, "a", "boiler", "temperature", 10).at(102_000, "a", "boiler", "temperature", 80);
    assertThat(of(b, "with-camera")).as("the camera was moved").isEmpty();
  }

  @Test
  void a_metric_that_is_not_said_is_waited_for_while_the_device_speaks() {
    Bench b =
        Bench.ofRule(
            """
            - alert: no-heat
              on: { kind: boiler, metric: temperature }
              absent: 1m
              labels: { severity: info, category: FAULT }
            """);
    b.device("a", "boiler", "h1").device("cam", "camera", "h1");
    b.advance(0);
    for (int second = 5; second <= 55; second += 5) {
      b.at(second * 1_000L, "a", "boiler", "pressure", second);
      b.at(second * 1_000L, "cam", "camera", "pressure", second);
    }
    b.advance(59_999);
    assertThat(b.said()).isEmpty();
    b.advance(60_000);
    assertThat(b.events.getFirst().alert().terms().getFirst().text())
        .isEqualTo("temperature absent: 1m");
    assertThat(b.events.getFirst().alert().id().activation()).as("never said").isEqualTo(-1);
    assertThat(b.said()).containsExactly("1m RAISED no-heat a INFO");
    b.at(61_000, "a", "boiler", "pressure", 1);
    assertThat(b.said()).as("that is not it").isEmpty();
    b.at(62_000, "a", "boiler", "temperature", 1, "pressure", 2);
    assertThat(b.said()).containsExactly("1m2s CLEARED no-heat a INFO");
    b.engine = RuleEngine.restore(b.engine.rules(), EngineSettings.DEFAULT, b.engine.snapshot());
    b.at(100_000, "a", "boiler", "pressure", 1).advance(121_999);
    assertThat(b.said()).isEmpty();
    b.advance(122_000);
    long heard = b.events.getFirst().alert().id().activation();
    assertThat(heard).as("the reading that last said it").isEqualTo(23);
    assertThat(b.said()).containsExactly("2m2s RAISED no-heat a INFO");
  }
}
