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
}
