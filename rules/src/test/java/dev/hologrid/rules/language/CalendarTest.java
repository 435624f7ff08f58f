package dev.hologrid.rules.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Time intervals: when they are open, when they change, how they read. */
final class CalendarTest {
  private static final String HOLIDAYS = "holidays: ['2026-10-01:2026-10-07']\n";

  private static Calendar calendar(String intervals) {
    return calendar("Asia/Shanghai", intervals);
  }

  private static Calendar calendar(String zone, String intervals) {
    String yaml =
        HOLIDAYS
            + "time_intervals: [{ name: it, zone: "
            + zone
            + ", intervals: ["
            + intervals
            + "] }]\n";
    Calendar it =
        RuleSet.load(List.of(new RuleFile("c.yaml", yaml))).orThrow().calendars().get("it");
    assertThat(it).isNotNull();
    return it;
  }

  private static long at(Calendar calendar, String local) {
    return LocalDateTime.parse(local).atZone(calendar.zone()).toInstant().toEpochMilli();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          times: ['08:30-17:30']              | 2026-01-05T08:30 | 2026-01-05T08:29:59
          times: ['08:30-17:30']              | 2026-01-05T17:29:59 | 2026-01-05T17:30
          times: ['22:00-06:00']              | 2026-01-05T23:00 | 2026-01-05T12:00
          times: ['22:00-06:00']              | 2026-01-05T05:59 | 2026-01-05T06:00
          times: ['12:00-24:00']              | 2026-01-05T23:59:59 | 2026-01-06T00:00
          weekdays: ['monday:friday']         | 2026-01-09T12:00 | 2026-01-10T12:00
          weekdays: [sunday]                  | 2026-01-04T12:00 | 2026-01-05T00:00
          days_of_month: ['1:3']              | 2026-01-03T23:00 | 2026-01-04T00:00
          days_of_month: ['-1']               | 2026-02-28T12:00 | 2026-02-27T12:00
          days_of_month: ['-3:-1']            | 2028-02-27T12:00 | 2028-02-26T12:00
          days_of_month: ['28:-1']            | 2026-01-31T12:00 | 2026-01-27T12:00
          months: ['june:august', 12]         | 2026-07-01T00:00 | 2026-09-01T00:00
          months: [december]                  | 2026-12-31T00:00 | 2026-11-30T23:59
          years: ['2026:2027']                | 2027-12-31T23:59 | 2028-01-01T00:00
          dates: ['2026-05-01', '2026-05-03'] | 2026-05-03T01:00 | 2026-05-02T01:00
          holidays: only                      | 2026-10-07T23:59 | 2026-10-08T00:00
          holidays: never                     | 2026-10-08T00:00 | 2026-10-01T00:00
          """)
  void is_open_at_the_one_and_not_at_the_other(String interval, String open, String closed) {
    Calendar calendar = calendar("{ " + interval + " }");
    assertThat(calendar.open(at(calendar, open))).as(open).isTrue();
    assertThat(calendar.open(at(calendar, closed))).as(closed).isFalse();
  }

  @Test
  void all_that_an_interval_gives_must_fit_and_any_interval_will_do() {
    Calendar calendar =
        calendar("{ weekdays: [monday], times: ['08:00-09:00'] }, { dates: ['2026-01-06'] }");
    assertThat(calendar.open(at(calendar, "2026-01-05T08:30"))).isTrue();
    assertThat(calendar.open(at(calendar, "2026-01-05T09:30"))).isFalse();
    assertThat(calendar.open(at(calendar, "2026-01-06T09:30"))).isTrue();
    assertThat(calendar.open(at(calendar, "2026-01-07T08:30"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          times: ['08:30-17:30']                           | 2026-01-05T03:00 | 2026-01-05T08:30
          times: ['08:30-17:30']                           | 2026-01-05T08:30 | 2026-01-05T17:30
          times: ['08:30-17:30']                           | 2026-01-05T18:00 | 2026-01-06T08:30
          times: ['22:00-06:00']                           | 2026-01-05T22:00 | 2026-01-06T06:00
          weekdays: ['monday:friday']                      | 2026-01-05T12:00 | 2026-01-10T00:00
          weekdays: ['monday:friday'], times: ['22:00-24:00'] | 2026-01-09T23:00 | 2026-01-10T00:00
          holidays: only                                   | 2026-01-05T12:00 | 2026-10-01T00:00
          holidays: only                                   | 2026-10-03T12:00 | 2026-10-08T00:00
          """)
  void tells_the_next_moment_at_which_it_changes(String interval, String from, String to) {
    Calendar calendar = calendar("{ " + interval + " }");
    assertThat(calendar.nextChange(at(calendar, from))).isEqualTo(at(calendar, to));
  }

  @Test
  void what_is_always_or_never_open_does_not_change() {
    Calendar always = calendar("{ times: ['00:00-12:00', '12:00-24:00'] }");
    assertThat(always.nextChange(at(always, "2026-01-05T12:00"))).isEqualTo(Long.MAX_VALUE);
    Calendar over = calendar("{ years: ['2020'] }");
    assertThat(over.nextChange(at(over, "2026-01-05T12:00"))).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void an_hour_that_the_clocks_leave_out_is_passed_over() {
    Calendar night = calendar("Europe/Paris", "{ times: ['02:30-05:00'] }");
    // On 29 March 2026 clocks go from 02:00 to 03:00.
    long before = at(night, "2026-03-29T01:00");
    assertThat(night.open(before)).isFalse();
    assertThat(night.nextChange(before))
        .isEqualTo(
            LocalDateTime.parse("2026-03-29T03:30")
                .atZone(ZoneId.of("Europe/Paris"))
                .toInstant()
                .toEpochMilli());
  }

  @Test
  void holidays_of_one_file_count_in_all() {
    List<RuleFile> files =
        List.of(
            new RuleFile(
                "a.yaml", "time_intervals: [{ name: it, intervals: [{ holidays: only }] }]"),
            new RuleFile("b.yaml", "holidays: ['2026-10-01']\n"));
    Calendar it = RuleSet.load(files).orThrow().calendars().get("it");
    assertThat(it).isNotNull();
    assertThat(it.open(at(it, "2026-10-01T12:00"))).isTrue();
    assertThat(it.open(at(it, "2026-10-02T12:00"))).isFalse();
  }

  @Test
  void reads_as_words() {
    assertThat(calendar("{ times: ['08:30-12:00', '13:00-17:30'], weekdays: ['monday:tuesday'] }"))
        .extracting(Calendar::text)
        .isEqualTo("08:30-12:00 and 13:00-17:30 monday tuesday");
    assertThat(
            calendar(
                    "{ days_of_month: ['1:3', -1], months: [june], years: [2026], dates:"
                        + " ['2026-06-01'], holidays: never }, {}")
                .text())
        .isEqualTo("day 1 to 3 day -1 month 6 year 2026 on 1 dates not on 7 dates, or always");
  }
}
