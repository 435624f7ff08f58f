package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.incident.sla.WorkCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * When a plan is to be walked (排班). Days and times are of the site's zone.
 *
 * @param officer who walks it; null: the plan's officer, else who is on duty in the grid
 * @param first the first day
 * @param last the last day, or null for ever
 */
public record Schedule(
    String id,
    String plan,
    Recurrence recurrence,
    Window window,
    @Nullable String officer,
    LocalDate first,
    @Nullable LocalDate last,
    boolean active) {
  private static final int LOOK_AHEAD_DAYS = 800;

  /**
   * From when to when on the day; one that ends no later than it begins ends on the day after.
   *
   * @param from included
   * @param to not included
   */
  public record Window(LocalTime from, LocalTime to) {
    Instant opens(LocalDate day, WorkCalendar calendar) {
      return day.atTime(from).atZone(calendar.zone()).toInstant();
    }

    Instant closes(LocalDate day, WorkCalendar calendar) {
      LocalDate end = to.isAfter(from) ? day : day.plusDays(1);
      return end.atTime(to).atZone(calendar.zone()).toInstant();
    }
  }

  /** The first day from {@code from} on that it is walked on, or null when there is none. */
  @Nullable LocalDate next(LocalDate from, WorkCalendar calendar) {
    if (!active) {
      return null;
    }
    LocalDate day = from.isBefore(first) ? first : from;
    for (int i = 0; i < LOOK_AHEAD_DAYS; i++) {
      if (last != null && day.isAfter(last)) {
        return null;
      }
      if (recurrence.on(day, calendar)) {
        return day;
      }
      day = day.plusDays(1);
    }
    return null;
  }

  /** The first day whose window is not over yet. */
  @Nullable LocalDate next(Instant now, WorkCalendar calendar) {
    LocalDate today = now.atZone(calendar.zone()).toLocalDate();
    LocalDate day = next(today.minusDays(1), calendar);
    while (day != null && !window.closes(day, calendar).isAfter(now)) {
      day = next(day.plusDays(1), calendar);
    }
    return day;
  }

  /**
   * What is to be walked on a day.
   *
   * @param remindAt the share of the window after which a reminder is due
   */
  Slot slot(LocalDate day, Plan walked, double remindAt, WorkCalendar calendar) {
    Instant opens = window.opens(day, calendar);
    Instant closes = window.closes(day, calendar);
    long share = (long) (Duration.between(opens, closes).toMillis() * remindAt);
    return new Slot(
        id,
        walked.id(),
        walked.name(),
        walked.grid(),
        day.toString(),
        new Slot.Times(opens, opens.plusMillis(share), closes),
        walked.points());
  }
}
