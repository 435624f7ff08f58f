package dev.hologrid.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatheringTest {
  private static final long MS = 1_000_000L;
  private static final long MOST = 5 * MS;

  private final Gathering gathering = new Gathering(MOST);

  /** Asks as the writer does until it is to write; {@code perMs} bytes come each millisecond. */
  private long gathered(long begun, int records, long perMs) {
    gathering.begin(begun, records, 0);
    long now = begun;
    for (long wait = 1; wait > 0; now += wait) {
      wait = gathering.await(now, (now - begun) * perMs / MS, false);
    }
    return now - begun;
  }

  @Test
  void those_that_wait_for_each_record_are_not_held_up() {
    gathering.begin(0, 3, 0);
    assertThat(gathering.await(MS / 5, 0, false)).isZero();
  }

  @Test
  void records_that_come_one_after_the_other_share_a_commit() {
    assertThat(gathered(0, 10, 800)).isEqualTo(MOST);
  }

  @Test
  void what_is_much_is_written_at_once() {
    gathering.begin(0, 10, 0);
    assertThat(gathering.await(MS / 2, Gathering.ENOUGH_BYTES - 1, false)).isPositive();
    assertThat(gathering.await(MS / 2, Gathering.ENOUGH_BYTES, false)).isZero();
  }

  @Test
  void silence_ends_it_as_everybody_may_wait_for_the_commit() {
    gathering.begin(0, 80, 0);
    assertThat(gathering.await(MS / 2, 8_000, false)).isEqualTo(MS / 2);
    assertThat(gathering.await(MS, 12_000, false)).isEqualTo(MS);
    assertThat(gathering.await(2 * MS, 12_000, false)).isZero();
  }

  @Test
  void a_steady_flow_is_looked_at_only_now_and_then() {
    assertThat(gathered(0, 10, 800)).isEqualTo(MOST);
    for (int commit = 0; commit < 15; commit++) {
      gathering.begin(0, 10, 0);
      assertThat(gathering.await(0, 0, false)).isEqualTo(MOST);
    }
    gathering.begin(0, 10, 0);
    assertThat(gathering.await(0, 0, false)).isEqualTo(MS);
  }

  @Test
  void an_urgent_record_does_not_wait() {
    gathering.begin(0, 10, 0);
    assertThat(gathering.await(MS / 2, 400, false)).isPositive();
    assertThat(gathering.await(MS, 600, true)).isZero();
  }

  @Test
  void in_a_storm_of_urgent_records_they_share_commits_and_wait_less_than_others() {
    int atOnce = 0;
    int later = 0;
    long now = 0;
    for (int commit = 0; commit < 1_000; commit++) { // one each half millisecond
      gathering.begin(now, 10, 0);
      now += MS / 2;
      if (gathering.await(now, 400, true) == 0) {
        atOnce++;
      } else {
        assertThat(gathering.await(now - MS / 2 + 2 * MS, 4_000, true)).isZero();
        later++;
      }
    }
    assertThat(atOnce).as("20 at first, then one each 4 ms of 500 ms").isBetween(140, 150);
    assertThat(later).isEqualTo(1_000 - atOnce);
  }

  @Test
  void without_a_time_nothing_gathers() {
    Gathering none = new Gathering(0);
    none.begin(0, 100, 0);
    assertThat(none.await(1, 100, false)).isZero();
  }
}
