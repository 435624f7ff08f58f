package dev.hologrid.gateway.journal;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** Power is lost at any disk operation; what was not synced may be half there. */
class PowerLossTest {
  private static final int SEEDS = Integer.getInteger("hologrid.powerloss.seeds", 2_000);

  @Test
  void what_was_acknowledged_survives_and_nothing_is_invented() {
    for (int seed = 0; seed < SEEDS; seed++) {
      int each = seed;
      assertThatCode(() -> PowerLoss.lives(each)).doesNotThrowAnyException();
    }
  }
}
