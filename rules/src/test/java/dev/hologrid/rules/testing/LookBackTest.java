package dev.hologrid.rules.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.language.Durations;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RulePack;
import dev.hologrid.rules.language.RuleSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LookBackTest {
  private static String of(String rules) {
    String yaml =
        "groups:\n  - name: g\n    rules:\n"
            + rules.replace("@", "labels: { severity: info, category: X }").indent(6);
    RuleSet set = RuleSet.load(List.of(new RuleFile("r.yaml", yaml))).orThrow();
    return Durations.format(LookBack.of(set));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          expr: smoke                                                                | 0s
          expr: smoke, for: 5m, keep_firing_for: 2m                                  | 7m
          expr: smoke, clear: absent 10m                                             | 10m
          expr: "avg(temperature, '20m') > max(temperature, '1h')", for: 5m          | 1h5m
          expr: smoke, clear: "count(smoke, '90m') == 0"                             | 1h30m
          expr: "current > baseline(current, '1d')"                                  | 5d
          absent: 15m                                                                | 15m
          expr: smoke, flap: { raises: 3, within: 10m, hold: 5m }                    | 15m
          expr: smoke, levels: [{ severity: major, when: "avg(temperature, '2m') > 1", for: 30s }] | 2m30s
          same: floor, within: 2m, of: [smoke]                                       | 2m
          within: 2m, sequence: [smoke], unless: { when: test, within: 3m, before: 4m } | 9m
          same: floor, share: { when: smoke, over: 0.1 }                             | 0s
          """)
  void a_rule_looks_back_as_far_as_its_parts_together(String rule, String expected) {
    assertThat(of("- { alert: a, " + rule + ", @ }")).isEqualTo(expected);
  }

  @Test
  void a_rule_over_alerts_looks_as_far_as_they_do_and_further() {
    assertThat(
            of(
                """
                - { alert: c, same: floor, share: { alert: b, over: 0.1 }, for: 1m, @ }
                - { alert: b, same: floor, within: 10m, of: [{ alert: a }], @ }
                - { alert: d, sequence: [smoke], within: 1s, unless: { alert: a, within: 1s }, @ }
                - { alert: a, expr: smoke, for: 2m, @ }
                """))
        .isEqualTo("13m");
  }

  @Test
  void the_shipped_rules_look_back_a_week_for_elderly_people() {
    RuleSet pack = RuleSet.load(RulePack.files()).orThrow();
    assertThat(Durations.format(LookBack.of(pack))).isEqualTo("7d");
  }
}
