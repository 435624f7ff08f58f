package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.incident.sla.WorkCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** On which days a plan is walked. Pure. */
public sealed interface Recurrence {
  /** Whether it is walked on that day of the site's zone. */
  boolean on(LocalDate day, WorkCalendar calendar);

  /** The form in which it is stored and written in patrols.csv; {@link #parse} reads it. */
  String text();

  /** On some days of the week. */
  record Weekly(Set<DayOfWeek> days) implements Recurrence {
    public Weekly {
      if (days.isEmpty()) {
        throw new IllegalArgumentException("weekly names at least one day of MO to SU");
      }
      days = Set.copyOf(days);
    }

    @Override
    public boolean on(LocalDate day, WorkCalendar calendar) {
      return days.contains(day.getDayOfWeek());
    }

    @Override
    public String text() {
      return "weekly "
          + days.stream().sorted().map(Recurrence::code).collect(Collectors.joining(" "));
    }
  }

  /**
   * On every n-th day.
   *
   * @param days 1 is daily; at most 366
   * @param from a day on which it is walked
   */
  record Every(int days, LocalDate from) implements Recurrence {
    private static final int MOST = 366;

    public Every {
      if (days < 1 || days > MOST) {
        throw new IllegalArgumentException("every is 1 to " + MOST + " days, but was " + days);
      }
    }

    @Override
    public boolean on(LocalDate day, WorkCalendar calendar) {
      return Math.floorMod(day.toEpochDay() - from.toEpochDay(), days) == 0;
    }

    @Override
    public String text() {
      return "every " + days + " " + from;
    }
  }

  /** On the working days of the work calendar: without holidays, with make-up days (调休). */
  record WorkingDays() implements Recurrence {
    @Override
    public boolean on(LocalDate day, WorkCalendar calendar) {
      return calendar.isWorkingDay(day);
    }

    @Override
    public String text() {
      return "working-days";
    }
  }

  /** MO to SU, as in RFC 5545. */
  static String code(DayOfWeek day) {
    return day.name().substring(0, 2);
  }

  /** The day of a code. */
  static DayOfWeek day(String code) {
    for (DayOfWeek each : DayOfWeek.values()) {
      if (code(each).equals(code.toUpperCase(Locale.ROOT))) {
        return each;
      }
    }
    throw new IllegalArgumentException("a day is one of MO TU WE TH FR SA SU, but was " + code);
  }

  /**
   * Reads {@code weekly MO WE FR}, {@code every 2 2026-11-25} or {@code working-days}.
   *
   * @throws IllegalArgumentException in words
   */
  static Recurrence parse(String text) {
    String[] words = text.strip().split("\\s+", -1);
    try {
      if (words[0].equals("working-days") && words.length == 1) {
        return new WorkingDays();
      }
      if (words[0].equals("every") && words.length == 3) {
        return new Every(Integer.parseInt(words[1]), LocalDate.parse(words[2]));
      }
      if (words[0].equals("weekly") && words.length > 1) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (int i = 1; i < words.length; i++) {
          days.add(day(words[i]));
        }
        return new Weekly(days);
      }
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new IllegalArgumentException(wrong(text), e);
    }
    throw new IllegalArgumentException(wrong(text));
  }

  private static String wrong(String text) {
    return "a recurrence is 'weekly MO WE FR', 'every 2 2026-11-25' or 'working-days', but was "
        + text;
  }
}
