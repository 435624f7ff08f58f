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
}
