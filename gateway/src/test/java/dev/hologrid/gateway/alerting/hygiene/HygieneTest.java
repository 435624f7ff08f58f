package dev.hologrid.gateway.alerting.hygiene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hologrid.rules.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HygieneTest {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long FROM = 100 * DAY;

  private static Occurrence at(long after, String rule, String subject, @Nullable Boolean wrong) {
    long started = FROM + after;
    return new Occurrence(
        rule, subject, "b-" + subject, Severity.MINOR, started, started + SECOND, wrong);
  }

  private static Hygiene ofADay(List<Occurrence> all) {
    return Hygiene.of(all, FROM, FROM + DAY);
  }

  @Test
  void a_quiet_day_has_no_load_and_no_division_by_zero() {
    Hygiene measured = ofADay(List.of());
    assertThat(measured.alerts()).isZero();
    assertThat(measured.worstTenShare()).isZero();
    assertThat(measured.floods()).isEmpty();
    assertThat(measured.byRule()).isEmpty();
  }

  @Test
  void a_flood_begins_above_ten_in_ten_minutes_and_ends_below_five() {
    List<Occurrence> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(at(i * 30 * SECOND, "smoke", "sm-" + i, null));
    }
    assertThat(ofADay(all).floods()).as("ten are no flood").isEmpty();

    all.add(at(5 * MINUTE, "smoke", "sm-10", null));
    all.add(at(2 * HOUR, "smoke", "sm-11", null));
    Hygiene measured = ofADay(all);
    assertThat(measured.floods()).containsExactly(new Flood(FROM, FROM + 5 * MINUTE, 11));
    assertThat(measured.floodShare()).isCloseTo(5.0 / (24 * 60), within(1e-9));
  }

  @Test
  void the_load_is_over_the_time_since_the_first_alert_and_never_less_than_an_hour() {
    assertThat(ofADay(List.of(at(14 * HOUR, "smoke", "sm-1", null))).perHour())
        .isCloseTo(0.1, within(1e-9));
    assertThat(ofADay(List.of(at(DAY - MINUTE, "smoke", "sm-1", null))).perHour())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void what_comes_three_times_in_a_minute_chatters_and_is_to_be_damped() {
    Hygiene measured =
        ofADay(
            List.of(
                at(0, "door-held", "door-1", null),
                at(20 * SECOND, "door-held", "door-1", null),
                at(59 * SECOND, "door-held", "door-1", null),
                at(0, "smoke", "sm-1", null),
                at(60 * SECOND, "smoke", "sm-1", null),
                at(120 * SECOND, "smoke", "sm-1", null)));
    assertThat(measured.chattering()).isOne();
    assertThat(measured.byDevice())
        .extracting(Standing::key, Standing::advice)
        .contains(org.assertj.core.groups.Tuple.tuple("door-1", Advice.DAMP))
        .doesNotContain(org.assertj.core.groups.Tuple.tuple("sm-1", Advice.DAMP));
  }

  @Test
  void what_fires_since_yesterday_is_stale_though_it_began_before_the_period() {
    Occurrence old = new Occurrence("offline", "sm-1", "b", Severity.INFO, FROM - HOUR, null, null);
    Occurrence fresh =
        new Occurrence("offline", "sm-2", "b", Severity.INFO, FROM + HOUR, null, null);
    Hygiene measured = ofADay(List.of(old, fresh));
    assertThat(measured.stale()).isOne();
    assertThat(measured.alerts()).isOne();
    assertThat(measured.byDevice())
        .filteredOn(each -> each.key().equals("sm-1"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.stale()).isOne();
              assertThat(each.alerts()).isZero();
              assertThat(each.advice()).isEqualTo(Advice.SETTLE);
            });
  }

  @Test
  void the_ten_worst_of_many_sources_make_their_share_of_the_load() {
    List<Occurrence> all = new ArrayList<>();
    for (int source = 0; source < 20; source++) {
      for (int i = 0; i < (source < 10 ? 9 : 1); i++) {
        all.add(at(source * HOUR + i * 5 * MINUTE, "smoke", "sm-" + source, null));
      }
    }
    Hygiene measured = ofADay(all);
    assertThat(measured.worstTenShare()).isCloseTo(0.9, within(1e-9));
    assertThat(measured.perHour()).isCloseTo(100.0 / 24, within(1e-9));
    assertThat(measured.byDevice().getFirst().alerts()).isEqualTo(9);
    assertThat(measured.byDevice().getFirst().advice()).isEqualTo(Advice.LOOK);
    assertThat(measured.byDevice().getLast().advice()).isEqualTo(Advice.NONE);
  }

  @Test
  void a_rule_that_is_mostly_wrong_is_to_be_sharpened() {
    Hygiene measured =
        ofADay(
            List.of(
                at(0, "smoke", "sm-1", true),
                at(HOUR, "smoke", "sm-2", true),
                at(2 * HOUR, "smoke", "sm-3", false),
                at(3 * HOUR, "smoke", "sm-4", null)));
    assertThat(measured.judged()).isEqualTo(3);
    assertThat(measured.falseAlarms()).isEqualTo(2);
    assertThat(measured.byRule())
        .singleElement()
        .extracting(Standing::advice)
        .isEqualTo(Advice.SHARPEN);
  }
}
