package dev.hologrid.gateway.incident.sla;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * When offices work.
 *
 * @param hours the spans of a working day, in order, not overlapping
 * @param holidays days off and days made up for
 */
public record WorkCalendar(ZoneId zone, List<Span> hours, Holidays holidays) {
  /** A part of a working day. */
  public record Span(LocalTime from, LocalTime to) {
    public Span {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException(
            "a span begins before it ends, but was " + from + " to " + to);
      }
    }

    public static Span parse(String text) {
      int dash = text.indexOf('-');
      return new Span(
          LocalTime.parse(text.substring(0, dash)), LocalTime.parse(text.substring(dash + 1)));
    }
  }

  /** How many days without work in a row are a mistake in the calendar. */
  private static final int LONGEST_BREAK = 366;

  public WorkCalendar {
    hours = List.copyOf(hours);
    if (hours.isEmpty()) {
      throw new IllegalArgumentException("a work calendar needs at least one span of hours");
    }
  }

  /** The last year whose holidays are known; empty where none are. */
  public OptionalInt lastYear() {
    return holidays.lastYear();
  }

  /**
   * How many days after today the holidays are known for: 0 on the last day of the last year,
   * negative when that is over; empty where no holidays are known at all.
   */
  public OptionalLong daysLeft(Instant now) {
    OptionalInt last = lastYear();
    return last.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            ChronoUnit.DAYS.between(
                now.atZone(zone).toLocalDate(), LocalDate.of(last.getAsInt(), 12, 31)));
  }

  /** In a year whose holidays are not known, Monday to Friday are worked and nothing else. */
  public boolean isWorkingDay(LocalDate day) {
    if (holidays.makeUp().contains(day)) {
      return true;
    }
    boolean weekend =
        day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    return !weekend && !holidays.off().contains(day);
  }

  Instant plusWorking(Instant from, Duration amount) {
    Duration left = amount;
    LocalDate day = from.atZone(zone).toLocalDate();
    int idle = 0;
    while (idle < LONGEST_BREAK) {
      idle++;
      if (isWorkingDay(day)) {
        idle = 0;
        for (Span span : hours) {
          Instant begin = latest(from, at(day, span.from()));
          Duration room = Duration.between(begin, at(day, span.to()));
          if (room.isNegative()) {
            continue;
          }
          if (left.compareTo(room) <= 0) {
            return begin.plus(left);
          }
          left = left.minus(room);
        }
      }
      day = day.plusDays(1);
    }
    throw new IllegalStateException("the work calendar has no working day within a year of " + day);
  }

  Instant plusWorkingDays(Instant from, long days) {
    ZonedDateTime start = plusWorking(from, Duration.ZERO).atZone(zone);
    LocalDate day = start.toLocalDate();
    long left = days;
    int idle = 0;
    while (left > 0 && idle < LONGEST_BREAK) {
      day = day.plusDays(1);
      idle++;
      if (isWorkingDay(day)) {
        left--;
        idle = 0;
      }
    }
    return at(day, start.toLocalTime());
  }

  Duration workingBetween(Instant from, Instant to) {
    Duration sum = Duration.ZERO;
    LocalDate last = to.atZone(zone).toLocalDate();
    for (LocalDate day = from.atZone(zone).toLocalDate();
        !day.isAfter(last);
        day = day.plusDays(1)) {
      if (isWorkingDay(day)) {
        for (Span span : hours) {
          Instant begin = latest(from, at(day, span.from()));
          Instant end = earliest(to, at(day, span.to()));
          if (begin.isBefore(end)) {
            sum = sum.plus(Duration.between(begin, end));
          }
        }
      }
    }
    return sum;
  }

  private Instant at(LocalDate day, LocalTime time) {
    return day.atTime(time).atZone(zone).toInstant();
  }

  private static Instant latest(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earliest(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
