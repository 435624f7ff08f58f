package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Places;
import dev.hologrid.gateway.incident.Role;
import dev.hologrid.gateway.incident.Subscribers;
import dev.hologrid.gateway.incident.sla.WorkCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Schedules, and the rounds that come due by them. What time does is stored with when it is to
 * happen, and done in one transaction: it survives a restart and happens once. Every method blocks.
 * Safe for use by many threads.
 */
public final class Rounds implements Component {
  private static final int AT_ONCE = 200;

  private final Database database;
  private final Places places;
  private final People people;
  private final Rules rules;
  private final RoundNotices notices;
  private final Set<String> borderless = new ConcurrentSkipListSet<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Check check = Check.ok();

  /**
   * What rounds go by.
   *
   * @param remindAt the share of a window after which a reminder is due
   * @param borders by which check-ins are judged: where there is none, no round is made
   */
  public record Rules(WorkCalendar calendar, double remindAt, Borders borders) {}

  public Rounds(
      Database database, Places places, People people, Rules rules, Subscribers subscribers) {
    this.database = database;
    this.places = places;
    this.people = people;
    this.rules = rules;
    this.notices = new RoundNotices(subscribers);
  }

  /** Where a page of a list ended. */
  public record After(Instant opens, String id) {}

  /**
   * Which rounds; null is no condition.
   *
   * @param from of windows that open then or later
   * @param to of windows that open earlier
   */
  public record Filter(
      @Nullable String place,
      @Nullable String officer,
      Round.@Nullable State state,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable After after) {}

  /** An event of a round's history. */
  public record Entry(int version, Instant at, String by, RoundEvent event) {}

  @Override
  public String name() {
    return "patrols";
  }

  @Override
  public Check check() {
    return check;
  }

  @Override
  public void close() {}

  /** Makes a schedule, or replaces the one with its id; rounds that are there stay. */
  public PatrolResult<Schedule> schedule(Schedule schedule, Person by, Instant now) {
    return database
        .writer()
        .inTransaction(
            handle -> {
              Plan plan = PatrolTables.plan(handle, schedule.plan());
              if (plan == null) {
                return refuse(PatrolRefusal.UNKNOWN_PLAN, "there is no plan " + schedule.plan());
              }
              if (!by.covers(places.path(plan.grid()))) {
                return refuse(
                    PatrolRefusal.OUT_OF_SCOPE, plan.grid() + " is not under " + by.scope());
              }
              if (schedule.active() && !rules.borders().of(plan.grid())) {
                return refuse(PatrolRefusal.NO_BORDER, withoutBorder(plan.grid()));
              }
              if (schedule.officer() != null && !mayWalk(schedule.officer(), plan.grid())) {
                return unfit(schedule.officer(), plan.grid());
              }
              ScheduleTables.replace(handle, schedule);
              next(handle, schedule, schedule.next(now, rules.calendar()));
              return new PatrolResult.Done<>(schedule);
            });
  }

  private static String withoutBorder(String grid) {
    return "expected a grid with a border on the map, but "
        + grid
        + " has none, so that a check-in could never count there; bring its polygon with"
        + " places.geojson";
  }

  /** Why a plan may not be in a grid; null when it may. In the transaction of the plan. */
  @Nullable String unfit(Handle handle, Plan plan) {
    return plan.active()
            && !rules.borders().of(plan.grid())
            && ScheduleTables.isScheduled(handle, plan.id())
        ? withoutBorder(plan.grid())
        : null;
  }

  private boolean mayWalk(String officer, String grid) {
    Person person = people.find(officer);
    return person != null && person.has(Role.OFFICER) && person.covers(places.path(grid));
  }

  private static <T> PatrolResult<T> unfit(String officer, String grid) {
    return refuse(
        PatrolRefusal.UNKNOWN_OFFICER,
        "expected an officer whose area holds " + grid + ", but was " + officer);
  }

  private static <T> PatrolResult<T> refuse(PatrolRefusal kind, String sentence) {
    return new PatrolResult.Refused<>(kind, sentence);
  }

  private void next(Handle handle, Schedule schedule, @Nullable LocalDate day) {
    Instant opens = day == null ? null : schedule.window().opens(day, rules.calendar());
    ScheduleTables.next(handle, schedule.id(), day, opens);
  }

  /** The active schedules of a subtree. */
  public List<Schedule> schedules(@Nullable String place) {
    return database
        .reader()
        .withHandle(handle -> ScheduleTables.list(handle, Border.of(places, place)));
  }

  /** The schedule, or null. */
  public @Nullable Schedule findSchedule(String id) {
    return database.reader().withHandle(handle -> ScheduleTables.find(handle, id));
  }

  /** Rounds, those that opened last first. */
  public List<Round> list(Filter filter, int most) {
    return database
        .reader()
        .withHandle(
            handle -> RoundTables.list(handle, Border.of(places, filter.place()), filter, most));
  }

  /** The round, or null. */
  public @Nullable Round find(String id) {
    return database.reader().withHandle(handle -> RoundTables.find(handle, id));
  }

  /** What happened to a round, in order. */
  public List<Entry> history(String id) {
    return database
        .reader()
        .withHandle(
            handle ->
                RoundTables.history(handle, id).stream()
                    .map(each -> new Entry(each.version(), each.at(), each.by(), each.event()))
                    .toList());
  }

  /** Whether the stored round is what its events say. */
  public boolean replays(String id) {
    return database
        .reader()
        .withHandle(
            handle -> {
              Round round = null;
              for (RoundTables.Row each : RoundTables.history(handle, id)) {
                round = RoundLife.apply(round, each.event(), each.at());
              }
              return Objects.equals(round, RoundTables.find(handle, id));
            });
  }

  /** Does what a person asks of a round. */
  public PatrolResult<Round> command(String id, RoundCommand command, Person by, Instant now) {
    return database
        .writer()
        .inTransaction(
            handle -> {
              Round round = RoundTables.find(handle, id);
              if (round == null) {
                return refuse(PatrolRefusal.UNKNOWN_ROUND, "there is no round " + id);
              }
              if (!by.covers(places.path(round.slot().grid()))) {
                return refuse(
                    PatrolRefusal.OUT_OF_SCOPE,
                    round.slot().grid() + " is not under " + by.scope());
              }
              if (command instanceof RoundCommand.Assign c
                  && !mayWalk(c.officer(), round.slot().grid())) {
                return unfit(c.officer(), round.slot().grid());
              }
              return decide(handle, round, command, by.id(), now);
            });
  }

  private PatrolResult<Round> decide(
      Handle handle, Round round, RoundCommand command, String by, Instant now) {
    List<String> path = places.path(round.slot().grid());
    return switch (RoundDecider.decide(round, command, now, Watch.supervisors(people, path))) {
      case RoundDecider.Decision.Refused no -> refuse(no.kind(), no.sentence());
      case RoundDecider.Decision.Accepted yes -> {
        Round after = round;
        for (RoundEvent each : yes.events()) {
          after = append(handle, after, each, by, now);
        }
        yield new PatrolResult.Done<>(after);
      }
    };
  }

  private Round append(
      Handle handle, @Nullable Round before, RoundEvent event, String by, Instant now) {
    Round after = RoundLife.apply(before, event, now);
    boolean byTime =
        event instanceof RoundEvent.Missed
            || event instanceof RoundEvent.Reminded
            || event instanceof RoundEvent.CameDue;
    RoundTables.append(handle, after, event, now, byTime ? Person.SYSTEM.id() : by);
    notices.tell(handle, after, event, now);
    return after;
  }

  /** Does what is due; returns how much that was. Call it about once a second. */
  public int tick(Instant now) {
    if (!looking.compareAndSet(false, true)) {
      return 0; // the look before waits for the database
    }
    try {
      boolean any =
          database
              .reader()
              .withHandle(
                  handle ->
                      !ScheduleTables.due(handle, now, 1).isEmpty()
                          || !RoundTables.due(handle, now, 1).isEmpty());
      int done =
          any
              ? database.writer().inTransaction(handle -> open(handle, now) + look(handle, now))
              : 0;
      check =
          borderless.isEmpty()
              ? Check.ok()
              : Check.degraded(
                  "no rounds are made in grids that have lost their border: " + borderless);
      return done;
    } catch (RuntimeException e) {
      check = Check.degraded("patrols that are due cannot be looked at: " + e.getMessage());
      return 0;
    } finally {
      looking.set(false);
    }
  }

  private int open(Handle handle, Instant now) {
    List<ScheduleTables.Coming> due = ScheduleTables.due(handle, now, AT_ONCE);
    for (ScheduleTables.Coming each : due) {
      Schedule schedule = each.schedule();
      Plan plan = PatrolTables.plan(handle, schedule.plan());
      List<String> path = plan == null ? List.of() : places.path(plan.grid());
      if (plan != null && plan.active() && !path.isEmpty()) {
        if (rules.borders().of(plan.grid())) {
          Slot slot = schedule.slot(each.day(), plan, rules.remindAt(), rules.calendar());
          come(handle, schedule, slot, plan, path, now);
          borderless.remove(plan.grid());
        } else {
          borderless.add(plan.grid()); // its border went with a later import of the site
        }
      }
      next(handle, schedule, schedule.next(each.day().plusDays(1), rules.calendar()));
    }
    return due.size();
  }

  private void come(
      Handle handle, Schedule schedule, Slot slot, Plan plan, List<String> path, Instant now) {
    String named = schedule.officer() != null ? schedule.officer() : plan.officer();
    String officer =
        named != null ? named : Watch.officer(people, path, now, RoundTables.loads(handle));
    List<String> told = officer == null ? Watch.supervisors(people, path) : List.of();
    RoundEvent.CameDue event = new RoundEvent.CameDue(slot, officer, named != null, told);
    if (RoundTables.insert(handle, RoundLife.apply(null, event, now), path)) {
      append(handle, null, event, Person.SYSTEM.id(), now);
    }
  }

  private int look(Handle handle, Instant now) {
    List<Round> due = RoundTables.due(handle, now, AT_ONCE);
    for (Round each : due) {
      decide(handle, each, new RoundCommand.Look(), Person.SYSTEM.id(), now);
    }
    return due.size();
  }

  /** The round that a patrol is for, or null when it is for none; in the patrol's transaction. */
  @Nullable Round walk(Handle handle, String plan, RoundCommand.Walk walk, Instant now) {
    List<Round> open =
        RoundTables.walkable(handle, plan, now, RoundDecider.MAKE_UP).stream()
            .sorted(Comparator.comparing(each -> each.state() != Round.State.DUE))
            .toList();
    for (Round each : open) {
      if (decide(handle, each, walk, walk.officer(), now) instanceof PatrolResult.Done<Round> yes) {
        return yes.value();
      }
    }
    return null;
  }

  /** Notes a check-in that counts; in its transaction. */
  void visit(Handle handle, Round round, RoundCommand.Visit visit, String by, Instant now) {
    decide(handle, round, visit, by, now);
  }
}
