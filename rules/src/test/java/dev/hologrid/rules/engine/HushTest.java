package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.language.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who hears of an alert, and when: silences by rule, device, place and label; inhibition. */
final class HushTest {
  private static final String RULES =
      Bench.group(
          """
          - alert: hot
            on: boiler
            expr: temperature > 70
            levels: [{ severity: critical, when: temperature > 90 }]
            labels: { severity: major, category: OVERHEAT }
          - alert: two-hot
            same: building
            within: 60s
            at_least: 2
            of: [{ alert: hot }]
            labels: { severity: critical, category: FIRE }
          """);

  private static Bench bench(String more) {
    Bench b = Bench.of(RULES + more);
    b.device("a", "boiler", "h1", Map.of("side", "north")).device("b", "boiler", "h1");
    b.device("c", "boiler", "h2");
    b.advance(0);
    return b;
  }

  private static void silence(Bench b, List<String> rules, Rule.Where where, long from, long to) {
    b.engine.silences(
        List.of(new RuleSet.Silence("works", rules, where, Bench.START + from, Bench.START + to)),
        b.events::add);
  }

  private static Rule.Where where(String device, String place, Map<String, String> labels) {
    return new Rule.Where(device.isEmpty() ? Set.of() : Set.of(device), place, labels);
  }

  private static void allHot(Bench b) {
    for (String device : List.of("a", "b", "c")) {
      b.at(1_000, device, "boiler", "temperature", 80);
    }
  }

  @Test
  void of_a_rule_or_a_category_everywhere() {
    Bench b = bench("");
    silence(b, List.of("FIRE", "other"), where("", "", Map.of()), 0, 60_000);
    allHot(b);
    assertThat(b.said())
        .containsExactly("1s RAISED hot a MAJOR", "1s RAISED hot b MAJOR", "1s RAISED hot c MAJOR");
    b.advance(60_000);
    assertThat(b.said()).containsExactly("1m RAISED two-hot h1 CRITICAL");
  }

  @Test
  void of_a_place_with_its_devices_and_its_own_alerts() {
    Bench b = bench("");
    silence(b, List.of(), where("", "h1", Map.of()), 0, 60_000);
    allHot(b);
    assertThat(b.said()).containsExactly("1s RAISED hot c MAJOR");
    silence(b, List.of(), where("", "t", Map.of()), 0, 60_000);
    assertThat(b.said()).isEmpty();
    b.engine.silences(List.of(), b.events::add);
    assertThat(b.said()).hasSize(3);
  }

  @Test
  void of_a_device_or_a_label_leaves_places_alone() {
    for (Rule.Where where :
        List.of(where("a", "", Map.of()), where("", "", Map.of("side", "north")))) {
      Bench b = bench("");
      silence(b, List.of(), where, 0, 60_000);
      allHot(b);
      assertThat(b.said())
          .containsExactly(
              "1s RAISED hot b MAJOR", "1s RAISED two-hot h1 CRITICAL", "1s RAISED hot c MAJOR");
    }
  }

  @Test
  void not_before_it_begins_and_not_after_it_ends() {
    Bench b = bench("");
    silence(b, List.of(), where("a", "", Map.of()), 10_000, 20_000);
    b.at(1_000, "a", "boiler", "temperature", 80).at(9_000, "a", "boiler", "temperature", 10);
    assertThat(b.said()).hasSize(2);
    b.at(12_000, "a", "boiler", "temperature", 80).at(13_000, "a", "boiler", "temperature", 95);
    b.at(15_000, "a", "boiler", "temperature", 10);
    assertThat(b.said()).as("raised, worse and over while nobody was to hear").isEmpty();
    b.at(20_000, "a", "boiler", "temperature", 80);
    assertThat(b.said()).hasSize(1);
  }

  @Test
  void an_inhibition_of_the_same_device_or_place() {
    Bench b =
        bench(
            """
            inhibit:
              - { source: FIRE, target: OVERHEAT, same: building }
              - { source: two-hot, target: hot }
            """);
    allHot(b);
    b.at(2_000, "b", "boiler", "temperature", 95);
    assertThat(b.said())
        .containsExactly(
            "1s RAISED hot a MAJOR",
            "1s RAISED hot b MAJOR",
            "1s RAISED two-hot h1 CRITICAL",
            "1s RAISED hot c MAJOR",
            "2s CHANGED hot b CRITICAL");
    b.at(3_000, "a", "boiler", "temperature", 10).at(4_000, "a", "boiler", "temperature", 80);
    assertThat(b.said()).as("the new one is inhibited").containsExactly("3s CLEARED hot a MAJOR");
    b.engine = RuleEngine.restore(b.engine.rules(), EngineSettings.DEFAULT, b.engine.snapshot());
    b.at(5_000, "b", "boiler", "temperature", 10).advance(70_000);
    assertThat(b.said())
        .contains("5s CLEARED hot b CRITICAL")
        .anyMatch(line -> line.contains("CLEARED two-hot h1"))
        .anyMatch(line -> line.contains("RAISED hot a"));
  }

  @Test
  void a_device_of_no_place_is_inhibited_by_none() {
    Bench b = bench("inhibit: [{ source: FIRE, target: OVERHEAT, same: building }]\n");
    allHot(b);
    b.said();
    b.at(2_000, "nowhere", "boiler", "temperature", 80);
    assertThat(b.said()).containsExactly("2s RAISED hot nowhere MAJOR");
  }

  @Test
  void maintenance_of_the_files_ends_by_itself() {
    Bench b =
        bench(
            """
            maintenance:
              - { rules: [hot], device: a, from: 2026-11-24T06:40:30+08:00, until: 2026-11-24T06:41:30+08:00 }
            """);
    allHot(b);
    assertThat(b.said())
        .containsExactly(
            "1s RAISED hot b MAJOR", "1s RAISED two-hot h1 CRITICAL", "1s RAISED hot c MAJOR");
    b.advance(59_999);
    assertThat(b.said()).isEmpty();
    b.advance(60_000);
    assertThat(b.said()).containsExactly("1m RAISED hot a MAJOR");
  }

  @Test
  void what_is_held_back_by_two_comes_out_when_the_last_lets_go() {
    Bench b = bench("inhibit: [{ source: two-hot, target: hot, same: building }]\n");
    silence(b, List.of(), where("d2", "", Map.of()), 0, 60_000);
    allHot(b);
    b.device("d2", "boiler", "h1").said();
    b.at(2_000, "d2", "boiler", "temperature", 80);
    assertThat(b.said()).isEmpty();
    b.at(3_000, "a", "boiler", "temperature", 1).at(4_000, "b", "boiler", "temperature", 1);
    b.advance(59_999);
    assertThat(b.said()).doesNotContain("RAISED");
    b.advance(63_999);
    assertThat(b.said()).as("the silence is over, the inhibition is not").isEmpty();
    b.advance(64_000);
    assertThat(b.said())
        .containsExactly("1m4s CLEARED two-hot h1 CRITICAL", "1m4s RAISED hot d2 MAJOR");
  }

  @Test
  void of_another_place_hushes_no_place() {
    Bench b = bench("");
    silence(b, List.of(), where("", "h2", Map.of()), 0, 60_000);
    allHot(b);
    assertThat(b.said())
        .containsExactly(
            "1s RAISED hot a MAJOR", "1s RAISED hot b MAJOR", "1s RAISED two-hot h1 CRITICAL");
  }

  @Test
  void an_alert_of_a_place_is_inhibited_by_one_of_a_device_in_it() {
    Bench b = bench("inhibit: [{ source: hot, target: two-hot, same: building }]\n");
    allHot(b);
    assertThat(b.said()).noneMatch(line -> line.contains("two-hot"));
    b.at(2_000, "a", "boiler", "temperature", 1).at(3_000, "b", "boiler", "temperature", 1);
    assertThat(b.said())
        .containsExactly(
            "2s CLEARED hot a MAJOR", "3s CLEARED hot b MAJOR", "3s RAISED two-hot h1 CRITICAL");
  }
}
