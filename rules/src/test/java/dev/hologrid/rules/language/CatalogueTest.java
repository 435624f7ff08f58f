package dev.hologrid.rules.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CatalogueTest {
  @Test
  void the_printed_catalogue_is_that_of_the_shipped_rules() throws IOException {
    RuleSet pack = RuleSet.load(RulePack.files()).orThrow();
    assertThat(Files.readString(Path.of("../docs/rules/catalogue.md")))
        .as(
            "out of date; renew it with ./hologrid rules docs --title 'The shipped rules' --out"
                + " docs/rules/catalogue.md")
        .isEqualTo(Catalogue.markdown(pack, "The shipped rules"));
  }

  @Test
  void tells_of_every_kind_of_rule_what_makes_it_fire() {
    String page =
        Catalogue.markdown(
            RuleSet.load(
                    List.of(
                        new RuleFile(
                            "site.yaml",
                            """
                            groups:
                              - name: g
                                rules:
                                  # Agreed with the brigade.
                                  - alert: hot
                                    on: { kind: boiler, labels: { live: 'yes' } }
                                    params: { limit: 90 }
                                    expr: temperature > limit
                                    for: 30s
                                    overrides: [{ place: b2, set: { limit: 95 } }]
                                    levels: [{ severity: critical, when: temperature > 120, for: 10s }]
                                    flap: { raises: 3, within: 10m, hold: 5m }
                                    during: [night]
                                    labels: { severity: major, category: OVERHEAT, team: a }
                                  - { alert: quiet, on: boiler, absent: 15m, labels: { severity: info, category: OFFLINE } }
                                  - alert: share
                                    same: building
                                    share: { alert: quiet, over: 0.2, minimum: 5 }
                                    labels: { severity: minor, category: OFFLINE }
                            inhibit: [{ source: share, target: quiet, same: building }]
                            time_intervals: [{ name: night, intervals: [{ times: ['22:00-06:00'] }] }]
                            """)))
                .orThrow(),
            "Ours");
    assertThat(page)
        .contains("Agreed with the brigade.")
        .contains("| major → critical | OVERHEAT | boiler with {live=yes} |")
        .contains("- fires when: `temperature > limit`")
        .contains("- thresholds: `limit` 90")
        .contains("- except: {limit=95.0} for place b2")
        .contains("- critical while: `temperature > 120` for 10s")
        .contains("- damped: 3 raises within 10m: the next clear must last 5m")
        .contains("- fires after silence of: 15m")
        .contains("more than 20 % of a building's devices, of at least 5, have `alert quiet`")
        .contains("| share | quiet | building |")
        .contains("- night: 22:00-24:00 and 00:00-06:00, Asia/Shanghai");
  }

  private static String page(String rules) {
    String yaml = "groups:\n  - name: g\n    rules:\n" + rules.indent(6);
    return Catalogue.markdown(
        RuleSet.load(List.of(new RuleFile("site.yaml", yaml))).orThrow(), "Ours");
  }

  @Test
  void correlations_and_sequences_name_their_members_and_places() {
    String page =
        page(
            """
            - alert: all-of-them
              same: floor
              within: 2m
              all: [{ on: [smoke, camera], when: smoke }, { when: event == 'fire' }]
              labels: { severity: info, category: X }
            - alert: two-of-them
              same: grid
              at_least: 2
              of: [smoke]
              labels: { severity: info, category: X }
            - alert: in-order
              on: access
              within: 2m
              sequence: [{ when: event == 'denied', times: 3 }, { alert: two-of-them }]
              unless: { when: event == 'granted', within: 30s }
              keep_firing_for: 1m
              clear: absent 10m
              group_by: [building]
              labels: { severity: info, category: X, team: a }
            - alert: in-a-place
              same: building
              with: { kind: access, labels: { release: 'yes' } }
              sequence: [smoke]
              labels: { severity: info, category: X }
            """);
    assertThat(page)
        .contains("- fires on: all of these in one floor within 2m\n  - camera or smoke: `smoke`\n")
        .contains("  - `event == 'fire'`\n")
        .contains("- fires on: at least 2 different devices of these in one grid within 1m")
        .contains("- fires on: these in order on one device within 2m\n")
        .contains("  - `event == 'denied'` × 3\n  - `alert two-of-them`\n")
        .contains("- unless: `event == 'granted'` follows within 30s\n")
        .contains("- clears after no recurrence for: 10m\n")
        .contains("- the clear must last: 1m\n")
        .contains("- grouped by: building\n")
        .contains("- labels: {team=a}\n")
        .contains("- fires on: these in order on one building within 1m\n")
        .contains("- only where there is: access with {release=yes}\n")
        .contains("| [in-order](#in-order) | info | X | access, alert two-of-them |  |")
        .doesNotContain("## Inhibition")
        .doesNotContain("## Time intervals");
  }

  @Test
  void conditions_silence_and_exceptions_of_one_device() {
    String page =
        page(
            """
            - alert: thermometer
              on: { kind: boiler, metric: temperature }
              expr: temperature > limit || event in ['a|b']
              clear: temperature < 3
              absent: 15m
              params: { limit: 2.5 }
              overrides:
                - { device: [b2, b1], labels: { side: north }, set: { limit: 3 } }
                - { place: p1, disable: true }
              levels: [{ severity: major, when: temperature > 4 }]
              annotations: { summary: "it's | hot", description: Why it is hot }
              labels: { severity: info, category: X }
            """);
    assertThat(page)
        .contains("| info → major | X | boiler | it's \\| hot |")
        .contains("Why it is hot\n\n- fires when: `(temperature > limit) || event in ['a|b']`\n")
        .contains("- fires after silence of: 15m of `temperature`\n")
        .contains("- clears when: `temperature < 3`\n")
        .contains("- major while: `temperature > 4`\n")
        .contains("- thresholds: `limit` 2.5\n")
        .contains("- except: {limit=3.0} for device b1, device b2, labels {side=north}\n")
        .contains("- except: off for place p1\n");
  }

  @Test
  void inhibition_of_one_device_is_said_so() {
    RuleSet set =
        RuleSet.load(
                List.of(
                    new RuleFile(
                        "r.yaml",
                        """
                        groups:
                          - name: g
                            rules: [{ alert: a, expr: smoke, labels: { severity: info, category: X } }]
                        inhibit: [{ source: a, target: X }]
                        """)))
            .orThrow();
    assertThat(Catalogue.markdown(set, "Ours")).contains("| a | X | device |");
  }
}
