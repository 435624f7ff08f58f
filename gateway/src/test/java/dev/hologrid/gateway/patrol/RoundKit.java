package dev.hologrid.gateway.patrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.Catalog;
import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.Outbox;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.TestClock;
import dev.hologrid.gateway.incident.Town;
import dev.hologrid.gateway.incident.kpi.Span;
import dev.hologrid.gateway.incident.sla.WorkCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Patrols on a database, with what tests ask of them; every check-in is inside of the grid. */
final class RoundKit implements AutoCloseable {
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  static final List<Plan.Point> ROUTE =
      List.of(new Plan.Point("market", 113.15, 23.04), new Plan.Point("gate", 113.16, 23.04));

  final TestClock clock = new TestClock();
  final Town town = new Town();
  final Database database;
  final WorkCalendar calendar = Catalog.standard().calendar();
  final Rounds rounds;
  final Patrols patrols;
  final PatrolKpis kpis;

  /** Whether the places have a border on the map. */
  volatile boolean bordered = true;

  RoundKit(Database database) {
    this.database = database;
    this.rounds =
        new Rounds(
            database,
            town,
            town,
            new Rounds.Rules(calendar, 0.8, this::metresOutside),
            event -> List.of("robot"));
    this.patrols = new Patrols(database, town, this::metresOutside, rounds);
    this.kpis = new PatrolKpis(database, ZONE);
    town.with(Town.person("sid", Town.TOWN, dev.hologrid.gateway.incident.Role.SUPERVISOR));
  }

  private double metresOutside(String place, double lon, double lat) {
    return bordered ? 0 : Double.NaN;
  }

  /** 2026-11-25 at a time of day, in the site's zone. */
  Instant at(String time) {
    return LocalDate.of(2026, 11, 25).atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
  }

  void tickAt(String time) {
    clock.at(at(time));
    rounds.tick(clock.instant());
  }

  Plan plan(String id, @Nullable String officer, List<Plan.Point> points) {
    Plan plan = new Plan(id, "plan " + id, officer, Town.GRID, true, points);
    assertThat(patrols.plan(plan, Town.DISPATCHER)).isInstanceOf(PatrolResult.Done.class);
    return plan;
  }

  Schedule daily(String id, String from, String to) {
    return new Schedule(
        id,
        id,
        new Recurrence.Every(1, LocalDate.of(2026, 11, 25)),
        new Schedule.Window(LocalTime.parse(from), LocalTime.parse(to)),
        null,
        LocalDate.of(2026, 11, 25),
        null,
        true);
  }

  void schedule(Schedule schedule) {
    assertThat(rounds.schedule(schedule, Town.DISPATCHER, clock.instant()))
        .isInstanceOf(PatrolResult.Done.class);
  }

  Patrol begin(String plan, Person officer) {
    return done(patrols.begin(plan, officer, clock.instant()));
  }

  void visit(Patrol patrol, Person officer, Plan.Point point) {
    Patrols.Position position =
        new Patrols.Position(point.lon(), point.lat(), 5, "phone", List.of());
    done(patrols.checkIn(patrol.id(), position, officer, clock.instant()));
  }

  void end(Patrol patrol, Person officer) {
    done(patrols.end(patrol.id(), officer, clock.instant()));
  }

  static <T> T done(PatrolResult<T> result) {
    assertThat(result).isInstanceOf(PatrolResult.Done.class);
    return ((PatrolResult.Done<T>) result).value();
  }

  static PatrolRefusal refused(PatrolResult<?> result) {
    assertThat(result).isInstanceOf(PatrolResult.Refused.class);
    return ((PatrolResult.Refused<?>) result).kind();
  }

  List<Round> all() {
    return rounds.list(new Rounds.Filter(null, null, null, null, null, null), 1000);
  }

  Round round() {
    assertThat(all()).hasSize(1);
    return all().getFirst();
  }

  List<String> told() {
    return new Outbox(database)
        .list("WAITING", Long.MAX_VALUE, 1000).stream().map(Outbox.Notice::event).toList();
  }

  Map<String, PatrolKpis.Counts> counts(PatrolKpis.By by) {
    Span span =
        new Span(Instant.parse("2026-10-31T16:00:00Z"), Instant.parse("2030-01-01T00:00:00Z"));
    return kpis.report(by, Border.EVERYWHERE, span).now();
  }

  @Override
  public void close() {
    database.close();
  }
}
