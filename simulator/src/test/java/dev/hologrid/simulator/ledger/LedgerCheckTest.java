package dev.hologrid.simulator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.simulator.mqtt.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerCheckTest {
  @TempDir Path folder;
  private Path ledger = Path.of("");

  @BeforeEach
  void three_readings_of_which_two_are_acknowledged() throws Exception {
    ledger = folder.resolve("ledger.ndjson");
    try (Ledger book = Ledger.open(ledger)) {
      for (int seq = 1; seq <= 3; seq++) {
        book.sent(message(seq, 1_000L + seq), 5);
      }
      book.sent(message(4, 0), 5);
      book.acked(message(1, 1_001), 6);
      book.acked(message(2, 1_002), 6);
      book.acked(message(4, 0), 6);
    }
  }

  private static Message message(long seq, long time) {
    byte[] bytes = "x".getBytes(StandardCharsets.UTF_8);
    return new Message("sm-1", seq, time, bytes, bytes, false);
  }

  @Test
  void everything_acknowledged_is_stored_and_an_unacknowledged_message_may_be() throws Exception {
    LedgerCheck.Verdict verdict = check(1_001, 1_002, 1_003);
    assertThat(verdict.holds()).isTrue();
    assertThat(verdict).isEqualTo(new LedgerCheck.Verdict(3, 2, 3, 0, 0, 0, 0));
  }

  @Test
  void an_acknowledged_message_that_is_not_stored_is_lost() throws Exception {
    assertThat(check(1_001).lost()).isEqualTo(1);
    assertThat(check(1_001).holds()).isFalse();
  }

  @Test
  void a_repeat_is_allowed_and_counted() throws Exception {
    LedgerCheck.Verdict verdict = check(1_001, 1_002, 1_001);
    assertThat(verdict.holds()).isTrue();
    assertThat(verdict.repeats()).isEqualTo(1);
  }

  @Test
  void what_was_never_sent_is_invented() throws Exception {
    assertThat(check(1_001, 1_002, 7_777).invented()).isEqualTo(1);
  }

  @Test
  void first_occurrences_out_of_order_are_seen() throws Exception {
    assertThat(check(1_002, 1_001).disordered()).isEqualTo(1);
  }

  @Test
  void a_status_and_a_stranger_are_left_out() throws Exception {
    List<String> lines =
        List.of(
            line("sm-1", 1_001, "obscuration"),
            line("sm-1", 1_002, "obscuration"),
            line("sm-1", 9_000, "online"),
            line("somebody-else", 9_000, "obscuration"));
    assertThat(check(lines).holds()).isTrue();
  }

  @Test
  void a_torn_last_line_is_left_out() throws Exception {
    Files.writeString(ledger, Files.readString(ledger) + "{\"sent\":\"sm-1\",\"se");
    assertThat(check(1_001, 1_002).holds()).isTrue();
  }

  private LedgerCheck.Verdict check(long... times) throws Exception {
    return check(
        java.util.Arrays.stream(times).mapToObj(t -> line("sm-1", t, "obscuration")).toList());
  }

  private LedgerCheck.Verdict check(List<String> lines) throws Exception {
    return LedgerCheck.of(ledger, Files.write(folder.resolve("journal.ndjson"), lines));
  }

  private static String line(String device, long time, String metric) {
    return "{\"offset\":0,\"device\":\"%s\",\"time\":%d,\"values\":{\"%s\":1}}"
        .formatted(device, time, metric);
  }
}
