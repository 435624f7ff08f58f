package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.incident.sla.WorkCalendar;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Whether work can reach the people it is for, and for how long it is known on which days they
 * work. Safe for use by many threads.
 */
public final class DutyWatch {
  private final People people;
  private final Subscribers subscribers;
  private final WorkCalendar calendar;

  public DutyWatch(People people, Subscribers subscribers, WorkCalendar calendar) {
    this.people = people;
    this.subscribers = subscribers;
    this.calendar = calendar;
  }

  /** Who works on cases and is on duty now, by id. */
  public List<Person> onDuty(Instant now) {
    return people.all().stream()
        .filter(each -> works(each) && people.onDuty(each, now))
        .sorted(Comparator.comparing(Person::id))
        .toList();
  }

  /**
   * Who is on duty and hears of a case only by looking: without a telephone number, while no
   * notification channel hears of whatever is dispatched.
   */
  public List<Person> unreachable(Instant now) {
    return subscribers.channels("dispatched").isEmpty()
        ? onDuty(now).stream().filter(each -> each.phone().isBlank()).toList()
        : List.of();
  }

  /** By which time limits in working hours and days run. */
  public WorkCalendar calendar() {
    return calendar;
  }

  private static boolean works(Person person) {
    return person.has(Role.OFFICER)
        || person.has(Role.HANDLER)
        || person.has(Role.DISPATCHER)
        || person.has(Role.SUPERVISOR);
  }
}
