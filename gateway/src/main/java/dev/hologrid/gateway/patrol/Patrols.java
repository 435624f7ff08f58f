package dev.hologrid.gateway.patrol;

import static dev.hologrid.gateway.patrol.PatrolRefusal.ALREADY_ON_PATROL;
import static dev.hologrid.gateway.patrol.PatrolRefusal.NOT_YOUR_PATROL;
import static dev.hologrid.gateway.patrol.PatrolRefusal.NOT_YOUR_PLAN;
import static dev.hologrid.gateway.patrol.PatrolRefusal.NO_BORDER;
import static dev.hologrid.gateway.patrol.PatrolRefusal.OUT_OF_SCOPE;
import static dev.hologrid.gateway.patrol.PatrolRefusal.PATROL_ENDED;
import static dev.hologrid.gateway.patrol.PatrolRefusal.UNKNOWN_ATTACHMENT;
import static dev.hologrid.gateway.patrol.PatrolRefusal.UNKNOWN_PATROL;
import static dev.hologrid.gateway.patrol.PatrolRefusal.UNKNOWN_PLACE;
import static dev.hologrid.gateway.patrol.PatrolRefusal.UNKNOWN_PLAN;

import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Places;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Plans and patrols: what officers are to walk and what they walked. Each change is one SQL
 * transaction. Every method blocks. Safe for use by many threads.
 */
public final class Patrols {
  private final Database database;
  private final Places places;
  private final Borders borders;
  private final Rounds rounds;

  public Patrols(Database database, Places places, Borders borders, Rounds rounds) {
    this.database = database;
    this.places = places;
    this.borders = borders;
    this.rounds = rounds;
  }

  /**
   * A check-in as the phone sends it.
   *
   * @param accuracy metres
   * @param source for example {@code phone}
   */
  public record Position(
      double lon, double lat, double accuracy, String source, List<String> photos) {
    public Position {
      photos = List.copyOf(photos);
    }
  }

  private static <T> PatrolResult<T> refuse(PatrolRefusal kind, String sentence) {
    return new PatrolResult.Refused<>(kind, sentence);
  }

  /** Makes a plan, or replaces the one with its id. */
  public PatrolResult<Plan> plan(Plan plan, Person by) {
    List<String> path = places.path(plan.grid());
    if (path.isEmpty()) {
      return refuse(UNKNOWN_PLACE, "expected a place of the grid tree, but was " + plan.grid());
    }
    if (!by.covers(path)) {
      return refuse(
          OUT_OF_SCOPE, "expected a place under " + by.scope() + ", but was " + plan.grid());
    }
    return write(
        handle -> {
          String unfit = rounds.unfit(handle, plan);
          if (unfit != null) {
            return refuse(NO_BORDER, unfit);
          }
          PatrolTables.replace(handle, plan, path);
          return new PatrolResult.Done<>(plan);
        });
  }

  /** Begins a patrol of an officer, by a plan or freely in their own grid. */
  public PatrolResult<Patrol> begin(@Nullable String planId, Person officer, Instant now) {
    return write(
        handle -> {
          Plan plan = planId == null ? null : PatrolTables.plan(handle, planId);
          if (planId != null && (plan == null || !plan.active())) {
            return refuse(UNKNOWN_PLAN, "there is no active plan " + planId);
          }
          String grid = plan == null ? officer.scope() : plan.grid();
          List<String> path = places.path(grid);
          if (path.isEmpty()) {
            return refuse(
                UNKNOWN_PLACE, "expected a plan, or an officer whose scope is a place of the tree");
          }
          if (!officer.covers(path)) {
            return refuse(OUT_OF_SCOPE, grid + " is not under " + officer.scope());
          }
          if (plan != null && plan.officer() != null && !plan.officer().equals(officer.id())) {
            return refuse(NOT_YOUR_PLAN, "the plan is for " + plan.officer());
          }
          if (PatrolTables.openOf(handle, officer.id()) != null) {
            return refuse(ALREADY_ON_PATROL, "expected the patrol before to be ended first");
          }
          String id = UUID.randomUUID().toString();
          RoundCommand.Walk walk = new RoundCommand.Walk(id, officer.id());
          Round round = plan == null ? null : rounds.walk(handle, plan.id(), walk, now);
          int points =
              round != null
                  ? round.slot().points().size()
                  : plan == null ? 0 : plan.points().size();
          PatrolTables.begin(
              handle,
              new PatrolTables.Beginning(id, planId, officer.id(), round, points),
              path,
              now);
          return done(handle, id);
        });
  }

  /** Notes where an officer is, and judges it; a position outside is kept, too. */
  public PatrolResult<Patrol> checkIn(
      String patrolId, Position position, Person officer, Instant now) {
    return write(
        handle -> {
          Patrol patrol = PatrolTables.patrol(handle, patrolId);
          PatrolResult<Patrol> refused = unfit(patrol, patrolId, officer);
          if (refused != null || patrol == null) {
            return refused == null ? refuse(UNKNOWN_PATROL, patrolId) : refused;
          }
          for (String each : position.photos()) {
            if (!PatrolTables.isAttachment(handle, each)) {
              return refuse(UNKNOWN_ATTACHMENT, "there is no attachment " + each);
            }
          }
          Round round = patrol.round() == null ? null : RoundTables.find(handle, patrol.round());
          double metres = borders.metresOutside(patrol.grid(), position.lon(), position.lat());
          Patrol.CheckIn checkIn =
              new Patrol.CheckIn(
                  UUID.randomUUID().toString(),
                  now,
                  point(route(handle, patrol, round), patrol, position),
                  position.lon(),
                  position.lat(),
                  position.accuracy(),
                  Double.isNaN(metres) ? null : metres,
                  Verdict.of(metres, position.accuracy()),
                  position.source(),
                  position.photos());
          PatrolTables.add(handle, patrol, checkIn);
          visit(handle, round, patrol, checkIn);
          return done(handle, patrolId);
        });
  }

  /** The route as it was when the round came due, else as the plan has it now. */
  private static List<Plan.Point> route(Handle handle, Patrol patrol, @Nullable Round round) {
    if (round != null) {
      return round.slot().points();
    }
    Plan plan = patrol.plan() == null ? null : PatrolTables.plan(handle, patrol.plan());
    return plan == null ? List.of() : plan.points();
  }

  private void visit(Handle handle, @Nullable Round round, Patrol patrol, Patrol.CheckIn checkIn) {
    if (round == null || !checkIn.verdict().counts()) {
      return;
    }
    Integer point = round.slot().points().isEmpty() ? (Integer) 0 : checkIn.point();
    if (point != null) {
      rounds.visit(
          handle,
          round,
          new RoundCommand.Visit(point, patrol.id()),
          patrol.officer(),
          checkIn.at());
    }
  }

  /** The first near point of the route that was not visited yet, or null. */
  private static @Nullable Integer point(List<Plan.Point> route, Patrol patrol, Position position) {
    for (int i = 0; i < route.size(); i++) {
      int number = i;
      boolean fresh =
          patrol.checkIns().stream()
              .filter(each -> each.verdict().counts())
              .noneMatch(each -> each.point() != null && each.point() == number);
      if (fresh && route.get(i).near(position.lon(), position.lat())) {
        return i;
      }
    }
    return null;
  }

  private static @Nullable PatrolResult<Patrol> unfit(
      @Nullable Patrol patrol, String id, Person officer) {
    if (patrol == null) {
      return refuse(UNKNOWN_PATROL, "there is no patrol " + id);
    }
    if (!patrol.officer().equals(officer.id())) {
      return refuse(NOT_YOUR_PATROL, "the patrol is of " + patrol.officer());
    }
    return patrol.ended() == null
        ? null
        : refuse(PATROL_ENDED, "the patrol ended at " + patrol.ended());
  }

  /** Ends a patrol. */
  public PatrolResult<Patrol> end(String patrolId, Person officer, Instant now) {
    return write(
        handle -> {
          PatrolResult<Patrol> refused =
              unfit(PatrolTables.patrol(handle, patrolId), patrolId, officer);
          if (refused != null) {
            return refused;
          }
          PatrolTables.end(handle, patrolId, now);
          return done(handle, patrolId);
        });
  }

  private static PatrolResult<Patrol> done(Handle handle, String id) {
    Patrol patrol = PatrolTables.patrol(handle, id);
    return patrol == null ? refuse(UNKNOWN_PATROL, id) : new PatrolResult.Done<>(patrol);
  }

  private <T> PatrolResult<T> write(Function<Handle, PatrolResult<T>> work) {
    return database.writer().inTransaction(work::apply);
  }

  /** The plans of a subtree, by name. */
  public List<Plan> plans(@Nullable String place) {
    return database
        .reader()
        .withHandle(handle -> PatrolTables.plans(handle, Border.of(places, place)));
  }

  /**
   * Patrols of a subtree, newest first.
   *
   * @param officer only theirs; null: everybody's
   * @param before only those that began earlier
   */
  public List<Patrol> list(
      @Nullable String place, @Nullable String officer, Instant before, int most) {
    return database
        .reader()
        .withHandle(
            handle -> PatrolTables.list(handle, Border.of(places, place), officer, before, most));
  }

  /** The patrol, or null. */
  public @Nullable Patrol find(String id) {
    return database.reader().withHandle(handle -> PatrolTables.patrol(handle, id));
  }

  /** The plan, or null. */
  public @Nullable Plan findPlan(String id) {
    return database.reader().withHandle(handle -> PatrolTables.plan(handle, id));
  }
}
