package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Time intervals and damping, to the moment. The bench starts at 06:40:30 in Shanghai. */
final class IntervalsTest {
  private static final String SEVEN =
      """
      time_intervals:
        - { name: seven, intervals: [{ times: ['07:00-08:00'] }] }
        - { name: half, intervals: [{ times: ['07:30-09:00'] }] }
      """;
  private static final int MINUTE = 60_000;

  private static Bench bench(String rules) {
    Bench b = Bench.of(Bench.group(rules) + SEVEN);
    b.device("b1", "boiler", "h");
    return b.advance(0);
  }

  private static final String HOT =
      """
      - alert: hot
        on: boiler
        expr: temperature > 90
        during: [seven]
        labels: { severity: major, category: OVERHEAT }
      """;

  @Test
  void an_alert_of_the_next_opening_is_another_one_and_what_looks_at_it_is_told() {
    Bench b =
        bench(
            HOT
                + """
                - alert: many
                  same: building
                  share: { alert: hot, over: 0.5 }
                  labels: { severity: minor, category: OVERHEAT }
                """);
    b.at(1_000, "b1", "boiler", "temperature", 95).at(2_000, "b1", "boiler", "temperature", 99);
    b.advance(25 * 60 * MINUTE);
    assertThat(b.events)
        .filteredOn(e -> e.alert().id().rule().equals("hot"))
        .extracting(e -> e.kind() + " " + e.alert().id().activation())
        .containsExactly("RAISED 0", "CLEARED 0", "RAISED 1");
    assertThat(b.said())
        .containsExactly(
            "19m30s RAISED hot b1 MAJOR",
            "19m30s RAISED many h MINOR",
            "1h19m30s CLEARED hot b1 MAJOR",
            "1h19m30s CLEARED many h MINOR",
            "24h19m30s RAISED hot b1 MAJOR",
            "24h19m30s RAISED many h MINOR");
  }

  @Test
  void intervals_that_overlap_are_one() {
    Bench b = bench(HOT.replace("[seven]", "[seven, half]"));
    b.at(1_000, "b1", "boiler", "temperature", 95).advance(5 * 60 * MINUTE);
    assertThat(b.said())
        .containsExactly("19m30s RAISED hot b1 MAJOR", "2h19m30s CLEARED hot b1 MAJOR");
  }

  @Test
  void what_ended_before_the_opening_is_not_told_of() {
    Bench b = bench(HOT);
    b.at(1_000, "b1", "boiler", "temperature", 95).at(2_000, "b1", "boiler", "temperature", 20);
    b.advance(5 * 60 * MINUTE);
    assertThat(b.said()).isEmpty();
  }

  @Test
  void silence_is_followed_at_all_times_and_told_in_the_interval() {
    Bench b =
        bench(
            """
            - alert: silent
              on: boiler
              absent: 10m
              during: [seven]
              labels: { severity: info, category: OFFLINE }
            """);
    b.advance(5 * 60 * MINUTE);
    assertThat(b.said())
        .containsExactly("19m30s RAISED silent b1 INFO", "1h19m30s CLEARED silent b1 INFO");
  }

  @Test
  void a_wait_that_ends_while_closed_fires_at_the_opening_and_one_within_at_its_end() {
    Bench b = bench(HOT.replace("expr:", "for: 5m\n  expr:"));
    b.at(18 * MINUTE, "b1", "boiler", "temperature", 95).advance(22 * MINUTE);
    assertThat(b.said()).isEmpty();
    b.advance(23 * MINUTE);
    assertThat(b.said()).containsExactly("23m RAISED hot b1 MAJOR");
  }

  @ParameterizedTest
  @CsvSource({"9999, 20s", "10000, 10.001s"})
  void raises_count_for_so_long(long second, String cleared) {
    Bench b =
        bench(
            """
            - alert: hot
              on: boiler
              expr: temperature > 90
              flap: { raises: 2, within: 10s, hold: 10s }
              labels: { severity: major, category: OVERHEAT }
            """);
    b.at(0, "b1", "boiler", "temperature", 95).at(1, "b1", "boiler", "temperature", 20);
    b.at(second, "b1", "boiler", "temperature", 95);
    b.at(second == 9_999 ? 10_000 : 10_001, "b1", "boiler", "temperature", 20).advance(MINUTE);
    assertThat(b.said().getLast()).isEqualTo(cleared + " CLEARED hot b1 MAJOR");
  }
}
