package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.language.RulePack;
import dev.hologrid.rules.language.RuleSet;
import org.junit.jupiter.api.Test;

final class RulePackTest {
  private final Bench district = Bench.of(RuleSet.load(RulePack.files()).orThrow());

  @Test
  void one_reading_far_over_the_limit_raises_exactly_one_alert_at_once() {
    district.at(0, "sm-1", "smoke", "obscuration", 0.9);
    assertThat(district.said()).containsExactly("0s RAISED smoke-alarm sm-1 MAJOR");
  }

  @Test
  void a_status_message_raises_and_clears_offline() {
    district
        .at(0, "cam-1", "camera", "online", false)
        .at(20_000, "cam-1", "camera", "online", true)
        .at(30_000, "cam-1", "camera", "online", false)
        .at(35_000, "cam-1", "camera", "online", true);
    assertThat(district.said())
        .containsExactly(
            "15s RAISED device-offline cam-1 INFO", "20s CLEARED device-offline cam-1 INFO");
  }

  @Test
  void silence_raises_on_an_idle_system_even_for_a_device_that_never_spoke() {
    district.device("sm-1", "smoke", "b1").advance(0).advance(30 * 60_000 - 1);
    assertThat(district.said()).isEmpty();
    district.advance(30 * 60_000);
    assertThat(district.said()).containsExactly("30m RAISED smoke-silent sm-1 INFO");
    district.at(31 * 60_000, "sm-1", "smoke", "obscuration", 0.01);
    assertThat(district.said()).containsExactly("31m CLEARED smoke-silent sm-1 INFO");
  }

  @Test
  void doors_cameras_and_batteries() {
    district
        .at(0, "door-1", "access", "event", "door_forced")
        .at(1_000, "door-2", "access", "event", "door_held")
        .at(2_000, "cam-1", "camera", "event", "fire", "confidence", 0.9)
        .at(3_000, "sm-1", "smoke", "battery", 12);
    for (int i = 0; i < 5; i++) {
      district.at(4_000 + i, "door-3", "access", "event", "denied");
    }
    assertThat(district.said())
        .containsExactly(
            "0s RAISED door-forced door-1 MINOR",
            "1s RAISED door-held-open door-2 MINOR",
            "2s RAISED camera-fire cam-1 MAJOR",
            "3s RAISED battery-low sm-1 INFO",
            "4.004s RAISED denied-burst door-3 MINOR");
  }

  @Test
  void two_devices_in_one_building_confirm_a_fire() {
    district
        .device("sm-1", "smoke", "b1")
        .device("cam-1", "camera", "b1")
        .device("sm-2", "smoke", "b2")
        .at(0, "sm-1", "smoke", "obscuration", 0.9)
        .at(1_000, "sm-2", "smoke", "obscuration", 0.9)
        .at(2_000, "cam-1", "camera", "event", "smoke", "confidence", 0.8);
    assertThat(district.said())
        .containsExactly(
            "0s RAISED smoke-alarm sm-1 MAJOR",
            "1s RAISED smoke-alarm sm-2 MAJOR",
            "2s RAISED camera-fire cam-1 MAJOR",
            "2s RAISED fire-confirmed b1 CRITICAL");
  }
}
