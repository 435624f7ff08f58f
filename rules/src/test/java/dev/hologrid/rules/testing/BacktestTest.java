package dev.hologrid.rules.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Severity;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What rules would have raised on readings that were recorded. */
final class BacktestTest {
  private static final long T = 1_790_000_000_000L;
  private static final Shape HEAT =
      new Shape("boiler", List.of("temperature"), List.of(Shape.Type.NUMBER));
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
                              for: 30s
                              levels: [{ severity: critical, when: temperature > 120 }]
                              labels: { severity: minor, category: OVERHEAT }
                            - alert: silent
                              on: boiler
                              absent: 10m
                              labels: { severity: info, category: OFFLINE }
                      """)))
          .orThrow();

  private static List<Reading> said(long offset, double... values) {
    List<Reading> message = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      long time = T + offset * 10_000;
      message.add(
          new Reading("b1", HEAT, time + i, time, offset, i, new double[] {values[i]}, null));
    }
    return message;
  }

  private static Backtest test(long to) {
    return new Backtest(RULES, List.of(new Device("b1", "boiler", List.of(), Map.of())), to);
  }

  private static List<String> lines(List<AlertSpan> spans) {
    return spans.stream()
        .map(
            s ->
                s.rule()
                    + " "
                    + s.severity()
                    + " "
                    + (s.startedAt() - T)
                    + " "
                    + (s.endedAt() == null ? "still" : s.endedAt() - T))
        .toList();
  }

  @Test
  void an_alert_has_its_worst_severity_and_its_end() {
    Backtest test = test(Long.MAX_VALUE);
    double[] values = {20, 95, 95, 95, 95, 130, 95, 20};
    for (int i = 0; i < values.length; i++) {
      assertThat(test.take(T + i * 10_000, said(i, values[i]))).isTrue();
    }
    assertThat(lines(test.raised(T, T + 80_000))).containsExactly("hot CRITICAL 40000 70000");
    assertThat(test.readings()).isEqualTo(8);
  }

  @Test
  void time_goes_on_to_the_end_of_the_recording_and_no_further() {
    Backtest test = test(Long.MAX_VALUE);
    test.take(T, said(0, 95));
    assertThat(lines(test.raised(T, T + 29_999))).isEmpty();
    Backtest longer = test(Long.MAX_VALUE);
    longer.take(T, said(0, 95));
    assertThat(lines(longer.raised(T, T + 30_000))).containsExactly("hot MINOR 30000 still");
    Backtest bounded = test(T + 20_000);
    bounded.take(T, said(0, 95));
    assertThat(lines(bounded.raised(T, Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void what_came_at_or_after_the_end_does_not_count_and_ends_the_test() {
    Backtest test = test(T + 20_000);
    assertThat(test.take(T, said(0, 95))).isTrue();
    assertThat(test.take(T + 20_000, said(2, 20))).isFalse();
    assertThat(test.take(T + 10_000, said(1, 20))).as("over is over").isFalse();
    assertThat(test.readings()).isEqualTo(1);
  }

  @Test
  void alerts_before_the_beginning_and_after_the_end_are_left_out() {
    Backtest test = test(T + 700_000);
    for (int i = 0; i < 5; i++) {
      test.take(T + i * 10_000, said(i, 95));
    }
    test.take(T + 50_000, said(5, 20));
    assertThat(lines(test.raised(T + 30_001, T + 700_000)))
        .containsExactly("silent INFO 650000 still");
  }

  @Test
  void a_message_is_judged_in_the_order_of_its_times() {
    Backtest test = test(Long.MAX_VALUE);
    List<Reading> message = said(0, 95, 20);
    test.take(T, List.of(message.get(1), message.get(0)));
    assertThat(lines(test.raised(T, T + 60_000))).isEmpty();
  }

  @Test
  void nothing_recorded_raises_nothing() {
    assertThat(test(Long.MAX_VALUE).raised(T, T + 60_000)).isEmpty();
  }

  @Test
  void a_span_is_as_long_as_it_fired() {
    AlertSpan open = new AlertSpan("r", "b1", Severity.INFO, T, null, 0);
    assertThat(open.millis(T + 5)).isEqualTo(5);
    assertThat(open.millis(T - 5)).as("shown up to a moment before it began").isZero();
    assertThat(new AlertSpan("r", "b1", Severity.INFO, T, T + 3, 0).millis(T + 5)).isEqualTo(3);
  }
}
