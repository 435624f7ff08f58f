package dev.hologrid.gateway.incident;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grades of fires and accidents: "以上" includes the number, "以下" does not. */
class OutcomeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, ''",
    "1, 0, 0, IV",
    "0, 9, 9999999, IV",
    "3, 0, 0, III",
    "2, 10, 0, III",
    "0, 0, 10000000, III",
    "10, 0, 0, II",
    "0, 50, 0, II",
    "0, 0, 50000000, II",
    "30, 0, 0, I",
    "0, 100, 0, I",
    "0, 0, 100000000, I"
  })
  void the_worst_of_the_three_counts(int deaths, int injured, long loss, String grade) {
    assertThat(new Outcome(Resolution.REAL, deaths, injured, loss).grade()).isEqualTo(grade);
  }
}
