package dev.hologrid.gateway.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hologrid.gateway.incident.sla.Holidays;
import dev.hologrid.gateway.incident.sla.TimeLimit;
import dev.hologrid.gateway.incident.sla.WorkCalendar;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The four clocks against the State Council's days of 2025 and 2026. */
class HolidaysTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final WorkCalendar CALENDAR = Catalog.standard().calendar();

  @ParameterizedTest
  @CsvSource({
    "2025-01-26, true", // Sunday, worked for the Spring Festival
    "2025-02-04, false",
    "2025-10-08, false",
    "2025-10-11, true",
    "2026-01-02, false", // Friday
    "2026-01-04, true", // Sunday
    "2026-02-14, true",
    "2026-02-16, false",
    "2026-02-23, false",
    "2026-02-24, true",
    "2026-02-28, true",
    "2026-09-20, true",
    "2026-09-25, false",
    "2026-10-10, true",
    "2026-11-24, true",
    "2026-11-28, false",
    "2027-01-01, false", // by law, before the other days of the year are announced
    "2027-02-05, true", // the eve of the Spring Festival, in a year that is not known yet
    "2027-02-06, false"
  })
  void days(LocalDate day, boolean worked) {
    assertThat(CALENDAR.isWorkingDay(day)).isEqualTo(worked);
  }

  @ParameterizedTest
  @CsvSource({
    // over the Spring Festival of 2026: Saturday the 14th is worked, then nothing until the 24th
    "1wd, 2026-02-13T10:00, 2026-02-14T10:00",
    "2wd, 2026-02-13T10:00, 2026-02-24T10:00",
    "8wh, 2026-02-14T08:30, 2026-02-24T09:30",
    "4wh, 2026-09-30T16:30, 2026-10-08T11:30",
    "3h, 2026-09-30T23:00, 2026-10-01T02:00",
    "3cd, 2026-09-30T23:00, 2026-10-03T23:00",
    "1wd, 2026-10-09T09:00, 2026-10-10T09:00",
    "1wh, 2026-11-24T12:30, 2026-11-24T15:00",
    // beyond the days that are known the clocks go on, from Monday to Friday
    "1wd, 2026-12-31T10:00, 2027-01-04T10:00",
    "1wd, 2027-02-04T10:00, 2027-02-05T10:00",
    "9wh, 2027-02-04T16:30, 2027-02-08T09:30",
    "3cd, 2026-12-30T10:00, 2027-01-02T10:00"
  })
  void limits(String limit, LocalDateTime from, LocalDateTime to) {
    Instant end = TimeLimit.parse(limit).endFrom(from.atZone(ZONE).toInstant(), CALENDAR);
    assertThat(LocalDateTime.ofInstant(end, ZONE)).isEqualTo(to);
  }

  @Test
  void a_wrong_day_is_named() {
    assertThatThrownBy(() -> parse("{years: {'2026': {makeUpDays: [2026-11-24]}}}"))
        .hasMessageContaining("2026-11-24");
    assertThatThrownBy(() -> parse("{years: {'2026': {holidays: [2025-10-01]}}}"))
        .hasMessageContaining("a day of 2026");
    assertThatThrownBy(() -> parse("{years: {'2026': {holidays: [[2026-10-07, 2026-10-01]]}}}"))
        .hasMessageContaining("2026-10-07");
    assertThatThrownBy(() -> parse("{years: {next: {}}}")).hasMessageContaining("next");
  }

  @Test
  void a_year_of_which_only_some_days_are_known_is_not_known() throws Exception {
    assertThat(CALENDAR.lastYear()).hasValue(2026);
    assertThat(parse("{years: {'2027': {complete: false, holidays: [2027-01-01]}}}").lastYear())
        .isEmpty();
    assertThat(parse("{years: {'2027': {holidays: [2027-01-01]}}}").lastYear()).hasValue(2027);
  }

  private static Holidays parse(String yaml) throws Exception {
    return Holidays.parse(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }
}
