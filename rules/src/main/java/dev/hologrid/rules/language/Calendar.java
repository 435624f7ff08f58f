package dev.hologrid.rules.language;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A named set of times, as in Alertmanager: any of its intervals, in its zone.
 *
 * @param zone whose clock on the wall counts
 * @param intervals any of them
 */
public record Calendar(ZoneId zone, List<Interval> intervals) {
  private static final int HORIZON_DAYS = 800;

  /**
   * All that is given must fit; what is empty fits always.
   *
   * @param times of the day
   * @param weekdays days of the week
   * @param daysOfMonth from 1; negative ones count from the month's end, -1 being its last day
   * @param months January is 1
   * @param years as they are counted
   * @param dates days that count
   * @param except days that do not count, such as holidays
   */
  public record Interval(
      List<Span> times,
      Set<DayOfWeek> weekdays,
      List<Span> daysOfMonth,
      List<Span> months,
      List<Span> years,
      Set<LocalDate> dates,
      Set<LocalDate> except) {
    public Interval {
      times = List.copyOf(times);
      weekdays = Set.copyOf(weekdays);
      daysOfMonth = List.copyOf(daysOfMonth);
      months = List.copyOf(months);
      years = List.copyOf(years);
      dates = Set.copyOf(dates);
      except = Set.copyOf(except);
    }

    String text() {
      List<String> all = new ArrayList<>();
      for (Span each : times) {
        all.add(
            String.format(
                Locale.ROOT,
                "%02d:%02d-%02d:%02d",
                each.from() / 60,
                each.from() % 60,
                each.to() / 60,
                each.to() % 60));
      }
      List<String> words = new ArrayList<>();
      words.add(String.join(" and ", all));
      weekdays.stream().sorted().forEach(d -> words.add(d.name().toLowerCase(Locale.ROOT)));
      ranges("day", daysOfMonth, words);
      ranges("month", months, words);
      ranges("year", years, words);
      words.add(dates.isEmpty() ? "" : "on " + dates.size() + " dates");
      words.add(except.isEmpty() ? "" : "not on " + except.size() + " dates");
      words.removeIf(String::isEmpty);
      return words.isEmpty() ? "always" : String.join(" ", words);
    }

    private static void ranges(String what, List<Span> ranges, List<String> into) {
      for (Span each : ranges) {
        String to = each.to() == each.from() ? "" : " to " + each.to();
        into.add(what + " " + each.from() + to);
      }
    }

    private boolean covers(LocalDate day) {
      return (weekdays.isEmpty() || weekdays.contains(day.getDayOfWeek()))
          && (dates.isEmpty() || dates.contains(day))
          && (daysOfMonth.isEmpty() || daysOfMonth.stream().anyMatch(d -> ofMonth(d, day)))
          && within(months, day.getMonthValue())
          && within(years, day.getYear())
          && !except.contains(day);
    }

    private static boolean within(List<Span> ranges, int value) {
      return ranges.isEmpty()
          || ranges.stream().anyMatch(each -> value >= each.from() && value <= each.to());
    }

    private static boolean ofMonth(Span days, LocalDate day) {
      int length = day.lengthOfMonth();
      int from = days.from() < 0 ? length + 1 + days.from() : days.from();
      int to = days.to() < 0 ? length + 1 + days.to() : days.to();
      return day.getDayOfMonth() >= from && day.getDayOfMonth() <= to;
    }

    private boolean covers(ZonedDateTime at) {
      int minute = at.getHour() * 60 + at.getMinute();
      return covers(at.toLocalDate())
          && (times.isEmpty()
              || times.stream().anyMatch(t -> minute >= t.from() && minute < t.to()));
    }
  }

  /**
   * Of minutes of the day, {@code from} within, {@code to} without, 1440 being midnight at the end;
   * of days, months and years, both within.
   */
  public record Span(int from, int to) {}

  public Calendar {
    intervals = List.copyOf(intervals);
  }

  /** In words: {@code 22:00-06:00 monday to friday, or …}. */
  public String text() {
    return String.join(", or ", intervals.stream().map(Interval::text).toList());
  }

  /** Is the moment within? */
  public boolean open(long millis) {
    ZonedDateTime at = Instant.ofEpochMilli(millis).atZone(zone);
    return intervals.stream().anyMatch(interval -> interval.covers(at));
  }

  /** The first moment after {@code millis} at which {@link #open} changes; never when none does. */
  public long nextChange(long millis) {
    boolean now = open(millis);
    LocalDate day = Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
    for (int i = 0; i <= HORIZON_DAYS; i++) {
      long first = Long.MAX_VALUE;
      for (int minute : boundaries()) {
        long at = moment(day.plusDays(i), minute);
        if (at > millis && at < first && open(at) != now) {
          first = at;
        }
      }
      if (first != Long.MAX_VALUE) {
        return first;
      }
    }
    return Long.MAX_VALUE;
  }

  private int[] boundaries() {
    IntStream.Builder all = IntStream.builder().add(0);
    for (Interval interval : intervals) {
      for (Span span : interval.times()) {
        all.add(span.from()).add(span.to());
      }
    }
    return all.build().distinct().toArray();
  }

  private long moment(LocalDate day, int minute) {
    return minute == 1440
        ? day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli()
        : day.atTime(LocalTime.of(minute / 60, minute % 60))
            .atZone(zone)
            .toInstant()
            .toEpochMilli();
  }
}
