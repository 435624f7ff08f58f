package dev.hologrid.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {
  private static final int RECORD = 100;
  private static final int MANY = 100_000;

  private final Recent recent = new Recent();

  private void put(long offset) {
    recent.put(offset, RECORD, "value " + offset);
  }

  @Test
  void the_last_ones_are_at_hand_and_older_ones_are_not() {
    for (long offset = 7; offset < MANY; offset++) {
      put(offset);
    }
    assertThat(recent.get(MANY - 1)).isEqualTo("value " + (MANY - 1));
    assertThat(recent.get(MANY - 16_384)).isEqualTo("value " + (MANY - 16_384));
    assertThat(recent.get(MANY - 16_385)).isNull();
    assertThat(recent.get(MANY)).isNull();
  }

  @Test
  void what_everybody_has_read_is_let_go_and_its_bytes_are_free_again() {
    for (long offset = 0; offset < MANY; offset++) {
      put(offset);
      recent.forget(offset - 9);
    }
    assertThat(recent.get(MANY - 10)).isEqualTo("value " + (MANY - 10));
    assertThat(recent.get(MANY - 11)).isNull();
    recent.forget(Long.MAX_VALUE);
    assertThat(recent.get(MANY - 1)).isNull();
    int large = 4 << 20;
    recent.put(MANY, large, "large");
    recent.put(MANY + 1, large, "larger");
    assertThat(recent.get(MANY)).as("both fit beside each other").isEqualTo("large");
    recent.put(MANY + 2, RECORD, "small");
    assertThat(recent.get(MANY)).isNull();
    assertThat(recent.get(MANY + 1)).isEqualTo("larger");
  }

  @Test
  void a_place_without_a_value_is_read_back() {
    put(1);
    recent.put(2, RECORD, null);
    put(3);
    assertThat(recent.get(1)).isEqualTo("value 1");
    assertThat(recent.get(2)).isNull();
    recent.forget(3);
    assertThat(recent.get(1)).isNull();
    assertThat(recent.get(3)).isEqualTo("value 3");
  }
}
