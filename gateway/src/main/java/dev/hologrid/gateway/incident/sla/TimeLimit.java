package dev.hologrid.gateway.incident.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of time on a clock, for example {@code 10m}, {@code 4wh}, {@code 5wd}, {@code 3cd}.
 *
 * @param amount milliseconds on the continuous and the working-hours clock, days on the others
 */
public record TimeLimit(Clock clock, long amount) {
  /** The four clocks of the city rules. */
  public enum Clock {
    /** 紧急工作时: runs day and night. */
    CONTINUOUS,
    /** 工作时. */
    WORKING_HOURS,
    /** 工作日: the same time of day, so many working days later. */
    WORKING_DAYS,
    /** 自然日: the same time of day, so many days later. */
    CALENDAR_DAYS
  }

  private static final Pattern TEXT = Pattern.compile("(\\d+)(s|m|h|wm|wh|wd|cd)");

  public static TimeLimit parse(String text) {
    Matcher matcher = TEXT.matcher(text.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a time limit is a number and one of s, m, h, wm, wh, wd, cd, for example 4wh, but was "
              + text);
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> new TimeLimit(Clock.CONTINUOUS, count * 1000);
      case "m" -> new TimeLimit(Clock.CONTINUOUS, count * 60_000);
      case "h" -> new TimeLimit(Clock.CONTINUOUS, count * 3_600_000);
      case "wm" -> new TimeLimit(Clock.WORKING_HOURS, count * 60_000);
      case "wh" -> new TimeLimit(Clock.WORKING_HOURS, count * 3_600_000);
      case "wd" -> new TimeLimit(Clock.WORKING_DAYS, count);
      default -> new TimeLimit(Clock.CALENDAR_DAYS, count);
    };
  }

  public Instant endFrom(Instant from, WorkCalendar calendar) {
    return switch (clock) {
      case CONTINUOUS -> from.plusMillis(amount);
      case WORKING_HOURS -> calendar.plusWorking(from, Duration.ofMillis(amount));
      case WORKING_DAYS -> calendar.plusWorkingDays(from, amount);
      case CALENDAR_DAYS -> from.atZone(calendar.zone()).plusDays(amount).toInstant();
    };
  }

  /** What is left at {@code now} of a limit that ends at {@code end}, as its clock counts. */
  public Duration left(Instant now, Instant end, WorkCalendar calendar) {
    if (!now.isBefore(end)) {
      return Duration.ZERO;
    }
    return working() ? calendar.workingBetween(now, end) : Duration.between(now, end);
  }

  /** The end of what was left when the clock goes on at {@code now}. */
  public Instant endAfterPause(Instant now, Duration left, WorkCalendar calendar) {
    return working() ? calendar.plusWorking(now, left) : now.plus(left);
  }

  /** The moment at which a share of the time between two others has passed on this clock. */
  public Instant share(Instant from, Instant end, double share, WorkCalendar calendar) {
    Duration whole = left(from, end, calendar);
    Duration part = Duration.ofMillis((long) (whole.toMillis() * share));
    return endAfterPause(from, part, calendar);
  }

  private boolean working() {
    return clock == Clock.WORKING_HOURS || clock == Clock.WORKING_DAYS;
  }
}
