package dev.hologrid.rules.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.language.Issue;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RuleSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules that could not have been true of anything that was heard. */
final class SeenTest {
  private static final String LABELS = "    labels: { severity: info, category: X }\n";

  private final Seen seen = new Seen();

  private void heard(String device, String kind, String... metrics) {
    List<Shape.Type> types = Collections.nCopies(metrics.length, Shape.Type.NUMBER);
    Shape shape = new Shape(kind, List.of(metrics), types);
    seen.reading(new Reading(device, shape, 0, 0, 0, 0, new double[metrics.length], null));
  }

  private List<String> warnings(String rule) {
    return issues(rule).stream().map(each -> each.headline() + "; " + each.hint()).toList();
  }

  private List<Issue> issues(String rule) {
    String yaml = "groups:\n  - name: g\n    rules:\n" + rule.indent(4) + LABELS.indent(2);
    RuleSet rules = RuleSet.load(List.of(new RuleFile("r.yaml", yaml))).orThrow();
    return seen.warnings(rules, "in the last day");
  }

  @Test
  void a_rule_that_something_could_fire_is_not_spoken_of() {
    heard("b1", "boiler", "temperature", "pressure");
    assertThat(warnings("- alert: a\n  on: boiler\n  expr: temperature > 1 || humidity > 2"))
        .isEmpty();
    assertThat(warnings("- alert: a\n  expr: pressure > 1")).isEmpty();
    assertThat(warnings("- alert: a\n  on: boiler\n  absent: 5m")).isEmpty();
    assertThat(warnings("- alert: a\n  on: boiler\n  expr: label('side') == 'north'")).isEmpty();
  }

  @Test
  void a_kind_of_which_none_spoke_is_named_at_its_place() {
    heard("b1", "boiler", "temperature");
    assertThat(warnings("- alert: a\n  on: [boilr]\n  expr: temperature > 1"))
        .containsExactly(
            "r.yaml:5:12: warning: no device of kind 'boilr' spoke in the last day;"
                + " did you mean 'boiler'?");
  }

  @Test
  void a_metric_that_none_has_is_named_at_its_place() {
    heard("b1", "boiler", "temperature");
    heard("s1", "smoke", "humidity");
    assertThat(warnings("- alert: a\n  on: boiler\n  expr: humidity > 1 && gas > 2"))
        .containsExactly(
            "r.yaml:6:13: warning: no device has metric 'humidity' in the last day; ",
            "r.yaml:6:29: warning: no device has metric 'gas' in the last day; ");
  }

  @Test
  void nothing_was_heard_of_at_all() {
    assertThat(warnings("- alert: a\n  expr: gas > 2"))
        .containsExactly("r.yaml:5:13: warning: no device has metric 'gas' in the last day; ");
  }

  @Test
  void labels_that_no_device_has() {
    seen.device(new Device("b1", "boiler", List.of(), Map.of("side", "north")));
    heard("b1", "boiler", "temperature");
    heard("s1", "smoke", "temperature");
    String rule =
        "- alert: a\n  on: { kind: KIND, labels: { side: SIDE } }\n  expr: temperature > 1";
    assertThat(warnings(rule.replace("KIND", "boiler").replace("SIDE", "north"))).isEmpty();
    for (String other : List.of("boiler/south", "smoke/north")) {
      String[] parts = other.split("/");
      assertThat(warnings(rule.replace("KIND", parts[0]).replace("SIDE", parts[1])))
          .containsExactly("r.yaml:5:7: warning: no device has the labels of 'on'; ");
    }
  }

  @Test
  void members_of_rules_over_places_are_looked_at_too() {
    heard("b1", "boiler", "temperature");
    String correlation =
        """
        - alert: a
          same: building
          of: [{ on: smoke, when: smoke }, { on: boiler, when: temperature > 1 }]""";
    assertThat(warnings(correlation))
        .containsExactly("r.yaml:6:18: warning: no device of kind 'smoke' spoke in the last day; ");
    assertThat(
            warnings(
                "- alert: a\n  on: boiler\n  sequence: [temperature > 1, { when: pressure > 3 }]"))
        .containsExactly("r.yaml:6:43: warning: no device has metric 'pressure' in the last day; ");
    assertThat(warnings("- alert: a\n  same: building\n  share: { when: humidity > 1, over: 0.5 }"))
        .containsExactly("r.yaml:6:22: warning: no device has metric 'humidity' in the last day; ");
  }

  @Test
  void a_word_that_stands_elsewhere_is_told_at_the_rule() {
    heard("b1", "boiler", "temperature");
    String yaml =
        """
        groups:
          - name: &kind humid
            rules:
              - alert: a
                on: *kind
                expr: temperature > 1
                labels: { severity: info, category: X }
        """;
    RuleSet rules = RuleSet.load(List.of(new RuleFile("r.yaml", yaml))).orThrow();
    assertThat(seen.warnings(rules, "today"))
        .singleElement()
        .hasToString(
            "r.yaml:4:1: warning: no device of kind 'humid' spoke today\n"
                + "        - alert: a\n"
                + "  ^");
  }
}
