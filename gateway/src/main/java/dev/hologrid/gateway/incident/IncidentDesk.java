package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.incident.sla.WorkCalendar;
import dev.hologrid.gateway.journal.Follower.Entry;
import dev.hologrid.rules.alert.AlertEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one place where incidents change: decide, append, apply, in one SQL transaction, on one
 * thread of its own. What a returned future says is on disk. Safe for use by many threads.
 */
public final class IncidentDesk implements Component {
  private static final int TIMERS_AT_ONCE = 500;

  /** The days of the next year are announced about two months before it begins. */
  private static final int CALENDAR_DAYS = 30;

  private final DeskThread thread;
  private final Policy policy;
  private final Places places;
  private final InstantSource clock;
  private final Ids ids = new Ids();

  /** Does no I/O; the database is open and the roster loaded. */
  public IncidentDesk(
      Database database, Policy policy, Places places, InstantSource clock, Outlet outlet) {
    this.policy = policy;
    this.places = places;
    this.clock = clock;
    this.thread = new DeskThread(database, policy, outlet);
  }

  @Override
  public String name() {
    return "incidents";
  }

  @Override
  public Check check() {
    Check check = thread.check();
    return check instanceof Check.Ok ? calendar() : check;
  }

  /** Time limits in working days are wrong around holidays that nobody told us of. */
  private Check calendar() {
    WorkCalendar calendar = policy.catalog().calendar();
    OptionalLong left = calendar.daysLeft(clock.instant());
    if (left.isEmpty() || left.getAsLong() >= CALENDAR_DAYS) {
      return Check.ok();
    }
    int last = calendar.lastYear().orElseThrow();
    return Check.degraded(
        "the work calendar "
            + (left.getAsLong() < 0
                ? "ended with " + last
                : "ends with " + last + ", in " + left.getAsLong() + " days")
            + ": bring the holidays of "
            + (last + 1)
            + " with incidents.holidays; without them Monday to Friday count as working days");
  }

  @Override
  public void close() {
    thread.close();
  }

  /** Has {@code then} called when the database says that its disk is full; then it tries again. */
  public void onFull(Runnable then) {
    thread.onFull(then);
  }

  /** Adds a listener; it hears of what is committed from now on. */
  public void listen(IncidentListener listener) {
    thread.listen(listener);
  }

  public Policy policy() {
    return policy;
  }

  /** The moves that a person could make on it now, for buttons. */
  public List<Move> moves(Incident incident, Person person) {
    return Permit.moves(incident, person);
  }

  /**
   * Does a command.
   *
   * @param version the version that the person saw, or null for whichever it is now
   * @param key an idempotency key: the same command with the same key is done once; or null
   */
  public CompletableFuture<Result> command(
      String id,
      IncidentCommand command,
      Person person,
      @Nullable Integer version,
      @Nullable String key) {
    // A key of our own makes a retry after a lost COMMIT answer find its own work.
    String once = key == null ? UUID.randomUUID().toString() : person.id() + "/" + key;
    Instant now = clock.instant();
    return thread.result(
        unit -> new Commanding(unit, policy, now).command(id, command, person, version, once));
  }

  /**
   * The same command on many incidents, each by itself.
   *
   * @param key makes each of them happen once, as with one command; or null
   */
  public CompletableFuture<List<Result>> commands(
      List<String> ids, IncidentCommand command, Person person, @Nullable String key) {
    List<CompletableFuture<Result>> all =
        ids.stream()
            .map(id -> command(id, command, person, null, key == null ? null : key + "/" + id))
            .toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApply(ignored -> all.stream().map(CompletableFuture::join).toList());
  }

  /** Opens an incident that a person reports. */
  public CompletableFuture<Result> open(Opening opening, Person person, @Nullable String key) {
    String once = key == null ? UUID.randomUUID().toString() : person.id() + "/" + key;
    Instant now = clock.instant();
    Spot spot = new Spot(opening.place(), places.path(opening.place()));
    return thread.result(
        unit -> {
          Commanding commanding = new Commanding(unit, policy, now);
          return commanding.open(opening, spot, person, ids.next(now), number(unit, now), once);
        });
  }

  /**
   * Takes alert events and notes how far it came, in one transaction. Blocks until it is on disk;
   * an event taken before changes nothing.
   */
  public void take(String follower, List<Entry<AlertEvent>> batch) {
    if (batch.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    long next = batch.getLast().offset() + 1;
    thread
        .run(
            unit -> {
              Function<Unit, String> number = each -> number(each, now);
              AlertIntake intake =
                  new AlertIntake(unit, policy, places, now, ignored -> ids.next(now), number);
              for (Entry<AlertEvent> each : batch) {
                intake.take(each.value());
              }
              unit.handle()
                  .execute(
                      "insert into follower_offsets (follower, next_offset) values (?, ?)"
                          + " on conflict (follower) do update set next_offset = excluded.next_offset",
                      follower,
                      next);
              return next;
            })
        .join();
  }

  /** The offset that a follower takes next, 0 before its first. Blocks. */
  public long nextOffset(String follower) {
    return thread.run(unit -> Commanding.nextOffset(unit.handle(), follower)).join();
  }

  /** Fires the timers that are due; returns how many. Call it about once a second. */
  public CompletableFuture<Integer> tick() {
    Instant now = clock.instant();
    return thread.run(unit -> new DueTimers(unit, policy, now).fire(TIMERS_AT_ONCE));
  }

  private String number(Unit unit, Instant now) {
    String day =
        now.atZone(policy.catalog().calendar().zone()).toLocalDate().toString().replace("-", "");
    return unit.nextNumber(day);
  }
}
