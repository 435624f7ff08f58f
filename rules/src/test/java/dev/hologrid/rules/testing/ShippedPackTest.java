package dev.hologrid.rules.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RulePack;
import dev.hologrid.rules.language.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The shipped rules pass their own tests, and none is without. */
final class ShippedPackTest {
  private static final RuleSet PACK = RuleSet.load(RulePack.files()).orThrow();

  private static List<TestCase> cases(RuleFile file) {
    RuleTests.Read read = new RuleTests(file).read(PACK);
    assertThat(read.issues()).isEmpty();
    return read.tests();
  }

  @TestFactory
  Stream<DynamicTest> every_test_of_the_pack() {
    return RulePack.tests().stream()
        .flatMap(file -> cases(file).stream())
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.name(), () -> assertThat(each.run(PACK).failures()).isEmpty()));
  }

  @Test
  void every_rule_is_shown_to_fire_and_to_be_quiet() {
    Set<String> fires = new TreeSet<>();
    Set<String> quiet = new TreeSet<>();
    List<TestCase.Expectation> all = new ArrayList<>();
    RulePack.tests().forEach(f -> cases(f).forEach(c -> all.addAll(c.expectations())));
    for (TestCase.Expectation each : all) {
      (each.alerts().isEmpty() ? quiet : fires).add(each.rule());
      each.alerts().forEach(alert -> fires.add(alert.labels().getOrDefault("rule", each.rule())));
      if (each.rule().isEmpty() && each.alerts().isEmpty()) {
        PACK.rules().forEach(rule -> quiet.add(rule.name()));
      }
    }
    assertThat(fires).containsAll(PACK.rules().stream().map(Rule::name).toList());
    assertThat(quiet).containsAll(PACK.rules().stream().map(Rule::name).toList());
  }
}
