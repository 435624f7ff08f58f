package dev.hologrid.rules.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RuleSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a test that fails says: what is missing, too much or different, and what happened. */
final class FailingTestsTest {
  private static final RuleSet RULES =
      RuleSet.load(
              List.of(
                  new RuleFile(
                      "r.yaml",
                      """
                      groups:
                        - name: g
                          rules:
                            - alert: hot
                              on: boiler
                              expr: temperature > 90
                              labels: { severity: minor, category: OVERHEAT, team: a }
                              annotations: { summary: '{{ device }} is hot' }
                            - alert: both
                              same: building
                              at_least: 2
                              of: [{ when: temperature > 90 }]
                              labels: { severity: major, category: OVERHEAT }
                      """)))
          .orThrow();

  private static String failure(String expectations) {
    RuleTests.Read read =
        new RuleTests(
                new RuleFile(
                    "t.yaml",
                    """
                    rule_files: [r.yaml]
                    tests:
                      - name: t
                        devices: [{ device: 'b[1-2]', kind: boiler, floor: f1, building: h1 }, { device: b3, kind: boiler }]
                        events:
                          - { at: 10s, device: b1, temperature: 95 }
                          - { at: 20s, device: b2, temperature: 97 }
                          - { at: 30s, device: b1, temperature: 20 }
                        alert_rule_test:
                    """
                        + expectations.indent(6)))
            .read(RULES);
    assertThat(read.issues()).isEmpty();
    TestResult result = read.tests().getFirst().run(RULES);
    return String.join("\n", result.failures().stream().map(Object::toString).toList());
  }

  @Test
  void what_is_as_expected_fails_nothing() {
    assertThat(
            failure(
                """
                - { eval_time: 9s }
                - { eval_time: 10s, alertname: hot, exp_alerts: [{ device: b1, value: 95, since: 10s, place: f1 }] }
                - { eval_time: 20s, alertname: hot, exp_alerts: [{ device: b2 }, { exp_labels: { building: h1, floor: f1, team: a, kind: boiler } }] }
                - { eval_time: 20s, alertname: both, exp_alerts: [{ labels: { building: h1, subject: h1 }, annotations: {}, severity: major }] }
                - { eval_time: 30s, alertname: hot, exp_alerts: [{ category: OVERHEAT }] }
                """))
        .isEmpty();
  }

  @Test
  void one_that_is_missing() {
    assertThat(failure("- { eval_time: 5s, alertname: hot, exp_alerts: [{ device: b1 }] }"))
        .isEqualTo(
            """
            t.yaml:10:9: hot at 5s: expected 1 alert, found 0
              - {device=b1}
              until then: nothing""");
    assertThat(failure("- { eval_time: 10s, alertname: hot, exp_alerts: [{ device: b3 }, {}] }"))
        .isEqualTo(
            """
            t.yaml:10:9: hot at 10s: expected 2 alerts, found 1
              - {device=b3}
              until then:
                10s raised hot b1 minor""");
    assertThat(failure("- { eval_time: 5s, alertname: both, exp_alerts: [{}] }"))
        .contains("  - any alert\n");
  }

  @Test
  void one_too_many() {
    assertThat(failure("- { eval_time: 35s }"))
        .isEqualTo(
            """
            t.yaml:10:9: all rules at 35s: expected 0 alerts, found 2
              + hot b2 minor, since 20s: b2 is hot
              + both h1 major, since 20s:\s
              until then:
                10s raised hot b1 minor
                20s raised hot b2 minor
                20s raised both h1 major
                30s cleared hot b1 minor""");
  }

  @Test
  void one_that_is_different_in_everything() {
    assertThat(
            failure(
                """
                - eval_time: 20s
                  alertname: hot
                  exp_alerts:
                    - { device: b1 }
                    - { device: b2, severity: critical, labels: { team: b }, annotations: { summary: cold }, value: 96, since: 19s }
                """))
        .startsWith(
            """
            t.yaml:10:9: hot at 20s: expected 2 alerts, found 2
              ~ b2
                  severity: expected 'critical', found 'minor'
                  team: expected 'b', found 'a'
                  summary: expected 'cold', found 'b2 is hot'
                  value: expected 96.0, found 97.0
                  since: expected 19s, found 20s
              until then:
            """);
  }

  @Test
  void the_nearest_of_several_is_compared() {
    assertThat(
            failure(
                "- { eval_time: 20s, alertname: hot, exp_alerts: [{ severity: major, value: 97 }, {"
                    + " severity: minor, value: 95 }] }"))
        .contains("  ~ b2\n      severity: expected 'major', found 'minor'\n");
  }
}
