package dev.hologrid.rules.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which alerts of two runs are the same. */
final class ComparisonTest {
  private static AlertSpan span(String rule, String subject, long start, @Nullable Long end) {
    return new AlertSpan(rule, subject, Severity.MAJOR, start, end, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 5000, true", // the same span
    "5000, 9000, true", // begins when the other ends
    "0, 1000, true", // ends when the other begins
    "2000, 3000, true", // within the other
    "0, , true", // fires still
    "5001, 9000, false", // begins a moment after the other's end
    "0, 999, true", // begins within a second of the other
    "-1, 999, false", // does not, and is over before
  })
  void two_that_fire_at_a_common_moment_or_start_together_are_one(
      long start, Long end, boolean same) {
    Comparison c =
        Comparison.of(
            List.of(span("hot", "b1", start, end)), List.of(span("hot", "b1", 1_000, 5_000L)));
    assertThat(c.matched()).hasSize(same ? 1 : 0);
    assertThat(c.onlyNow()).hasSize(same ? 0 : 1);
    assertThat(c.onlyThen()).hasSize(same ? 0 : 1);
  }

  @Test
  void of_another_rule_or_another_subject_is_another() {
    Comparison c =
        Comparison.of(
            List.of(span("hot", "b1", 0, 9L), span("cold", "b2", 0, 9L)),
            List.of(span("hot", "b2", 0, 9L)));
    assertThat(c.matched()).isEmpty();
    assertThat(c.onlyNow()).hasSize(2);
    assertThat(c.onlyThen()).hasSize(1);
  }

  @Test
  void each_is_used_once_and_the_earliest_first() {
    AlertSpan early = span("hot", "b1", 0, 100_000L);
    AlertSpan late = span("hot", "b1", 50_000, 60_000L);
    AlertSpan then = span("hot", "b1", 55_000, null);
    Comparison c = Comparison.of(List.of(late, early), List.of(then));
    assertThat(c.matched()).containsExactly(new Comparison.Pair(early, then));
    assertThat(c.onlyNow()).containsExactly(late);
  }

  @Test
  void a_tally_counts_each_rule_and_what_still_fires_up_to_the_end() {
    Comparison c =
        Comparison.of(
            List.of(span("hot", "b1", 0, 10_000L), span("new", "b1", 5_000, null)),
            List.of(
                span("hot", "b1", 2_000, 8_000L),
                span("hot", "b9", 70_000, null),
                span("gone", "b1", 0, 1_000L)));
    assertThat(c.tallies(60_000))
        .containsExactly(
            new Comparison.Tally("gone", 0, 1, 0, 0, 1_000),
            new Comparison.Tally("hot", 1, 2, 1, 10_000, 6_000),
            new Comparison.Tally("new", 1, 0, 0, 55_000, 0));
  }
}
