package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a device sends again, and what it kept while it was cut off. */
final class RedeliveryTest {
  private static final String DENIED =
      """
      - alert: denied
        on: access
        expr: event == 'denied'
        clear: event == 'granted'
        labels: { severity: minor, category: DENIED_BURST }
      """;

  @Test
  void a_window_of_messages_sent_again_raises_nothing() {
    Bench b = Bench.ofRule(DENIED);
    for (int again = 0; again < 3; again++) {
      b.at(1_000, "d", "access", "event", "denied")
          .at(2_000, "d", "access", "event", "granted")
          .at(3_000, "d", "access", "battery", 100);
    }
    assertThat(b.said()).containsExactly("1s RAISED denied d MINOR", "2s CLEARED denied d MINOR");
  }

  @Test
  void nor_after_a_restart_in_between() {
    Bench b = Bench.ofRule(DENIED);
    for (int i = 0; i < 300; i++) {
      b.at(1_000 + 2 * i, "d", "access", "event", "denied")
          .at(1_001 + 2 * i, "d", "access", "event", "granted");
    }
    assertThat(b.said()).hasSize(600);
    b.engine = RuleEngine.restore(b.engine.rules(), EngineSettings.DEFAULT, b.engine.snapshot());
    for (int i = 50; i < 300; i++) {
      b.at(1_000 + 2 * i, "d", "access", "event", "denied")
          .at(1_001 + 2 * i, "d", "access", "event", "granted");
    }
    assertThat(b.said()).isEmpty();
  }

  @Test
  void an_alarm_that_comes_late_for_the_first_time_still_raises() {
    Bench b = Bench.ofRule(DENIED);
    b.at(3_000, "d", "access", "battery", 100).at(1_000, "d", "access", "event", "denied");
    assertThat(b.said()).hasSize(1).first().asString().contains("RAISED denied d");
  }

  @Test
  void a_backlog_counts_in_full_although_the_gateway_said_offline_meanwhile() {
    Bench b = Bench.ofRule(DENIED);
    b.at(0, "d", "access", "event", "denied")
        .at(5_000, "d", "access", "online", false)
        .at(1_000, "d", "access", "event", "granted")
        .at(2_000, "d", "access", "event", "denied")
        .at(6_000, "d", "access", "online", true);
    assertThat(b.said())
        .isEqualTo(
            List.of(
                "0s RAISED denied d MINOR",
                "1s CLEARED denied d MINOR",
                "2s RAISED denied d MINOR"));
  }
}
