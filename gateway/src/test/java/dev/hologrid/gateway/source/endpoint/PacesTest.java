package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rates in a time of the test's own. */
class PacesTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void a_device_may_spend_a_second_at_once_and_then_has_to_wait() {
    Pace pace = new Paces(new EndpointConfig.Rates(0, 0, 500, 0, 0, 0)).of("d-1", "10.0.0.1", 0);
    for (int i = 0; i < 500; i++) {
      assertThat(pace.spend(100, 0)).isZero();
    }
    assertThat(pace.spend(100, 0)).isEqualTo(SECOND / 500);
    for (int i = 501; i < 2000; i++) {
      assertThat(pace.spend(100, 0)).isPositive();
    }
    // 500 were in the bucket, 500 come each second: the debt of 1,500 is paid after three.
    assertThat(pace.spend(100, SECOND)).isEqualTo(2 * SECOND + SECOND / 500);
    assertThat(pace.spend(100, 4 * SECOND)).isZero();
  }

  @Test
  void devices_of_one_address_share_its_rate() {
    Paces paces = new Paces(new EndpointConfig.Rates(0, 0, 0, 0, 10, 0));
    Pace one = paces.of("d-1", "10.0.0.1", 0);
    Pace two = paces.of("d-2", "10.0.0.1", 0);
    for (int i = 0; i < 5; i++) {
      assertThat(one.spend(1, 0) + two.spend(1, 0)).isZero();
    }
    assertThat(one.spend(1, 0)).isPositive();
    assertThat(paces.of("d-3", "10.0.0.2", 0).spend(1, 0)).isZero();
  }

  @Test
  void buckets_that_are_full_are_forgotten_at_most_once_a_second() {
    Paces paces = new Paces(new EndpointConfig.Rates(5, 0, 0, 0, 0, 0), 3);
    for (int i = 0; i < 4; i++) {
      assertThat(paces.refusal("10.0.0." + i, 0)).isNull();
    }
    long later = 10 * SECOND;
    assertThat(paces.refusal("10.0.1.0", later)).isNull();
    assertThat(paces.size()).as("the four have filled up again").isEqualTo(1);
    for (int i = 1; i < 9; i++) {
      assertThat(paces.refusal("10.0.1." + i, later)).isNull();
    }
    assertThat(paces.refusal("10.0.2.0", later + SECOND - 1)).isNull();
    assertThat(paces.size()).as("too early to look again").isEqualTo(10);
    assertThat(paces.refusal("10.0.2.1", later + SECOND)).isNull();
    assertThat(paces.size()).as("the last but one has not filled up yet").isEqualTo(2);
  }

  @Test
  void a_bucket_in_use_is_not_forgotten() {
    Paces paces = new Paces(new EndpointConfig.Rates(2, 0, 0, 0, 0, 0), 1);
    for (int i = 0; i < 2; i++) {
      assertThat(paces.refusal("10.0.0.1", SECOND)).isNull();
    }
    assertThat(paces.refusal("10.0.0.2", SECOND)).isNull();
    assertThat(paces.refusal("10.0.0.3", SECOND)).isNull();
    assertThat(paces.refusal("10.0.0.1", SECOND)).isEqualTo(DeviceGate.Refusal.TOO_FAST);
  }
}
