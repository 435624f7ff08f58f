package dev.hologrid.rules.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RuleIssuesTest {
  private static List<String> issues(String yaml) {
    return RuleSet.load(List.of(new RuleFile("boilers.yaml", yaml))).issueList().stream()
        .map(Issue::headline)
        .toList();
  }

  @Test
  void a_misspelt_metric_is_found_where_it_stands_with_a_suggestion() {
    Loaded loaded =
        RuleSet.load(
            List.of(
                new RuleFile(
                    "boilers.yaml",
                    """
                    groups:
                      - name: g
                        rules:
                          - alert: hot
                            expr: temprature > 90
                            labels: { severity: major, category: OVERHEAT }
                    """)));
    assertThat(loaded.issueList())
        .singleElement()
        .hasToString(
            """
            boilers.yaml:5:15: error: no metric or param is named 'temprature'
                      expr: temprature > 90
                            ^ did you mean 'temperature'?\
            """);
  }

  @Test
  void every_issue_at_once() {
    assertThat(
            issues(
                """
                groups:
                  - name: g
                    rules:
                      - alert: hot
                        exrp: temperature > 90
                        for: 10x
                        labels: { severity: mayor, category: OVERHEAT }
                      - alert: cold
                        expr: temperature > 'x'
                        labels: { severity: major }
                      - alert: sum
                        expr: summ(temperature, '10s') > 1
                        labels: { severity: major, category: X }
                      - alert: sum
                        expr: avg(temperature, '10 s') > 1
                        during: [nihgt]
                        labels: { severity: major, category: X }
                      - alert: place
                        same: bilding
                        of: [{ alert: nobody }]
                        labels: { severity: major, category: X }
                time_intervals:
                  - { name: night, intervals: [{ times: ['22:00-06:00'] }] }
                """))
        .containsExactly(
            "boilers.yaml:4:9: error: a rule needs one of expr, absent, of, all, any,"
                + " sequence, share",
            "boilers.yaml:5:9: error: 'exrp' is not a key that belongs here",
            "boilers.yaml:6:14: error: 'for' takes a duration",
            "boilers.yaml:7:29: error: severity is critical, major, minor or info",
            "boilers.yaml:8:9: error: labels need a category, such as FIRE_SMOKE",
            "boilers.yaml:9:27: error: '>' does not take a number and a text",
            "boilers.yaml:12:15: error: no function is named 'summ'",
            "boilers.yaml:14:9: error: a rule 'sum' is already at boilers.yaml:11",
            "boilers.yaml:15:32: error: '10 s' is not a duration such as 500ms, 60s, 15m, 1h30m or"
                + " 7d",
            "boilers.yaml:16:18: error: no time interval is named 'nihgt'",
            "boilers.yaml:19:15: error: 'bilding' is not a level of the grid",
            "boilers.yaml:20:23: error: no rule is named 'nobody'");
  }

  @Test
  void what_is_no_yaml_is_an_issue_too() {
    assertThat(issues("groups: [")).singleElement().asString().contains("not YAML");
  }

  @Test
  void a_circle_of_alerts_is_refused() {
    assertThat(
            issues(
                """
                groups:
                  - name: g
                    rules:
                      - alert: a
                        same: building
                        of: [{ alert: b }]
                        labels: { severity: info, category: X }
                      - alert: b
                        same: building
                        of: [{ alert: a }]
                        labels: { severity: info, category: X }
                """))
        .singleElement()
        .asString()
        .contains("in a circle");
  }
}
