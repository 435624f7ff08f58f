package dev.hologrid.rules.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations, suggestions, placeholders: the small words of rule files. */
final class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "250ms, 250",
    "30s, 30000",
    "15m, 900000",
    "1h30m, 5400000",
    "7d, 604800000",
    "2w, 1209600000",
    "0s, 0",
  })
  void a_duration_is_read(String text, long millis) {
    assertThat(Durations.parse(text)).isEqualTo(OptionalLong.of(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "5 s", "1h 30m", "-5s", "5s.", "1.5h", "xs5s"})
  void what_is_none_is_not(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"250ms", "30s", "15m", "1h30m", "7d", "1d1h1m1s1ms", "0s"})
  void the_shortest_form_is_written(String text) {
    assertThat(Durations.format(Durations.parse(text).orElseThrow())).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "temprature, temperature", // one letter missing
    "tempreature, temperature", // two letters changed places
    "tamperature, temperature", // one letter is another
    "smoek, smoke",
    "hum, ''", // nothing is near
    "xyz, ''",
  })
  void what_was_probably_meant_is_the_nearest_word(String wrong, String meant) {
    assertThat(Nearest.hint(wrong, List.of("humidity", "smoke", "temperature")))
        .isEqualTo(meant.isEmpty() ? "" : "did you mean '" + meant + "'?");
  }

  @Test
  void of_two_that_are_equally_near_it_is_the_first_by_letters() {
    assertThat(Nearest.hint("cat", List.of("rat", "bat"))).contains("'bat'");
    assertThat(Nearest.hint("cat", List.of("bat", "rat"))).contains("'bat'");
  }

  @Test
  void an_issue_without_a_line_tells_its_hint_behind_its_message() {
    Issue issue = new Issue("f.yaml", 3, 1, "is wrong", "be right", "", Issue.Level.WARNING);
    assertThat(issue).hasToString("f.yaml:3:1: warning: is wrong; be right");
    assertThat(new Issue("f.yaml", 3, 1, "is wrong", "", " ", Issue.Level.ERROR))
        .hasToString("f.yaml:3:1: error: is wrong");
  }

  @Test
  void a_set_with_errors_cannot_be_taken_for_one_without() {
    Loaded broken = RuleSet.load(List.of(new RuleFile("f.yaml", "gruops: []")));
    assertThatThrownBy(broken::orThrow).hasMessageContaining("f.yaml:1:1");
    assertThat(RuleSet.load(List.of(new RuleFile("f.yaml", "# no more\n"))).issueList())
        .extracting(Issue::message)
        .containsExactly("there are no groups of rules in this file");
    Loaded ok = RuleSet.load(List.of(new RuleFile("f.yaml", "groups: []")));
    assertThat(ok.issueList()).isEmpty();
    assertThat(ok.orThrow().rules()).isEmpty();
    assertThat(ok.orThrow().rule("none")).isEmpty();
  }
}
