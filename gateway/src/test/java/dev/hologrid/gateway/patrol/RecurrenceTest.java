package dev.hologrid.gateway.patrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hologrid.gateway.incident.Catalog;
import dev.hologrid.gateway.incident.sla.Holidays;
import dev.hologrid.gateway.incident.sla.WorkCalendar;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The days of schedules. */
class RecurrenceTest {
  private static final WorkCalendar CALENDAR = Catalog.standard().calendar();

  private static List<LocalDate> days(String recurrence, String first, int many) {
    Recurrence read = Recurrence.parse(recurrence);
    assertThat(Recurrence.parse(read.text())).isEqualTo(read);
    LocalDate from = LocalDate.parse(first);
    return IntStream.range(0, many)
        .mapToObj(from::plusDays)
        .filter(each -> read.on(each, CALENDAR))
        .toList();
  }

  @Test
  void days_of_the_week_every_other_day_and_working_days_by_the_calendar() {
    assertThat(days("weekly MO FR", "2026-11-23", 7))
        .extracting(LocalDate::getDayOfMonth)
        .containsExactly(23, 27);
    assertThat(days("every 2 2026-11-25", "2026-11-23", 7))
        .extracting(LocalDate::getDayOfMonth)
        .containsExactly(23, 25, 27, 29);
    // National Day 2026: 1 to 7 October off, Saturday the 10th worked instead.
    assertThat(days("working-days", "2026-10-01", 11))
        .extracting(LocalDate::getDayOfMonth)
        .containsExactly(8, 9, 10);
  }

  @Test
  void what_is_no_recurrence_is_told() {
    for (String each : List.of("weekly", "weekly XX", "every 0 2026-11-25", "every 2", "daily")) {
      assertThatThrownBy(() -> Recurrence.parse(each)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void an_hour_that_the_clock_skips_or_repeats_leaves_the_window_a_window() {
    WorkCalendar berlin =
        new WorkCalendar(
            ZoneId.of("Europe/Berlin"),
            CALENDAR.hours(),
            new Holidays(Set.of(), Set.of(), OptionalInt.empty()));
    Schedule.Window night = new Schedule.Window(LocalTime.of(2, 15), LocalTime.of(2, 45));
    for (String each : List.of("2026-03-29", "2026-10-25", "2026-06-01")) {
      LocalDate day = LocalDate.parse(each);
      assertThat(night.opens(day, berlin)).isBefore(night.closes(day, berlin));
    }
    Schedule.Window whole = new Schedule.Window(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
    assertThat(whole.closes(LocalDate.parse("2026-06-01"), berlin))
        .isEqualTo(whole.opens(LocalDate.parse("2026-06-02"), berlin));
  }
}
