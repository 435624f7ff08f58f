package dev.hologrid.gateway.patrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.Outbox;
import dev.hologrid.gateway.incident.Town;
import dev.hologrid.gateway.incident.kpi.Compared;
import dev.hologrid.gateway.incident.kpi.Span;
import dev.hologrid.gateway.patrol.Round.State;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What schedules and rounds promise on every database. */
abstract class RoundsContract {
  private RoundKit kit;

  abstract Database open() throws Exception;

  @BeforeEach
  void start() throws Exception {
    kit = new RoundKit(open());
    kit.clock.at(kit.at("07:00"));
    kit.plan("p", null, RoundKit.ROUTE);
  }

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void a_round_comes_due_is_walked_in_time_and_counts() {
    kit.schedule(kit.daily("p", "08:00", "10:00"));
    kit.tickAt("07:59");
    assertThat(kit.all()).isEmpty();
    kit.tickAt("08:00");
    kit.tickAt("08:00");
    Round round = kit.round();
    assertThat(round.state()).isEqualTo(State.DUE);
    assertThat(round.officer()).isEqualTo("chen"); // of the two on duty there, the first by name
    assertThat(round.missing()).containsExactly(0, 1);
    Patrol patrol = kit.begin("p", Town.OFFICER); // the other of the grid takes it
    assertThat(patrol.round()).isEqualTo(round.id());
    kit.visit(patrol, Town.OFFICER, RoundKit.ROUTE.get(1));
    kit.visit(patrol, Town.OFFICER, RoundKit.ROUTE.get(0));
    kit.visit(patrol, Town.OFFICER, RoundKit.ROUTE.get(0));
    assertThat(kit.round().state()).isEqualTo(State.DONE);
    assertThat(kit.round().officer()).isEqualTo("olga");
    kit.tickAt("10:00");
    assertThat(kit.round().state()).isEqualTo(State.DONE);
    assertThat(kit.told()).containsExactly("patrol_due");
    assertThat(kit.rounds.history(round.id()))
        .extracting(each -> each.event().name())
        .containsExactly("came_due", "assigned", "begun", "visited", "visited", "completed");
    assertThat(kit.rounds.replays(round.id())).isTrue();
    assertThat(kit.counts(PatrolKpis.By.OFFICER))
        .containsOnly(java.util.Map.entry("olga", new PatrolKpis.Counts(1, 1, 1, 0, 2, 2)));
  }

  @Test
  void what_was_not_visited_is_told_to_the_nearest_supervisor_once_and_may_be_made_up() {
    kit.schedule(kit.daily("p", "08:00", "10:00"));
    kit.tickAt("08:00");
    Patrol patrol = kit.begin("p", Town.OFFICER);
    kit.visit(patrol, Town.OFFICER, RoundKit.ROUTE.get(0));
    kit.tickAt("09:35");
    assertThat(kit.told()).doesNotContain("patrol_reminder");
    kit.tickAt("09:36");
    kit.tickAt("09:37");
    assertThat(kit.told()).containsOnlyOnce("patrol_reminder");
    kit.tickAt("10:00");
    kit.tickAt("10:01");
    Round missed = kit.round();
    assertThat(missed.state()).isEqualTo(State.MISSED);
    assertThat(missed.missing()).containsExactly(1);
    assertThat(missed.told()).containsExactly("sid"); // of the town, not of the district
    assertThat(kit.told()).containsOnlyOnce("patrol_missed");
    Outbox.Notice notice = new Outbox(kit.database).list("WAITING", Long.MAX_VALUE, 1).getFirst();
    assertThat(notice.body()).contains("\"missing\":[\"gate\"]", "\"to\":[\"sid\"]");
    assertThat(kit.counts(PatrolKpis.By.GRID).get(Town.GRID))
        .isEqualTo(new PatrolKpis.Counts(1, 0, 0, 1, 2, 1));
    kit.clock.at(kit.at("11:00"));
    kit.visit(patrol, Town.OFFICER, RoundKit.ROUTE.get(1));
    assertThat(kit.round().state()).isEqualTo(State.LATE);
    assertThat(kit.counts(PatrolKpis.By.GRID).get(Town.GRID))
        .isEqualTo(new PatrolKpis.Counts(1, 1, 0, 0, 2, 2));
    assertThat(kit.rounds.replays(missed.id())).isTrue();
  }

  @Test
  void a_check_in_after_the_window_is_late_even_before_the_timer_looked() {
    kit.schedule(kit.daily("p", "08:00", "10:00"));
    kit.tickAt("08:00");
    Patrol patrol = kit.begin("p", Town.OFFICER);
    kit.visit(patrol, Town.OFFICER, RoundKit.ROUTE.get(0));
    kit.clock.at(kit.at("10:00"));
    kit.visit(patrol, Town.OFFICER, RoundKit.ROUTE.get(1));
    assertThat(kit.round().state()).isEqualTo(State.LATE);
    kit.tickAt("10:00");
    assertThat(kit.told()).containsOnlyOnce("patrol_missed");
  }

  @Test
  void times_that_pass_while_the_server_is_down_fire_once_each() {
    kit.schedule(kit.daily("p", "08:00", "10:00"));
    kit.tickAt("08:00");
    // Nothing runs for two days and a half: the first round's end and two more windows go by.
    kit.clock.at(kit.at("20:00").plus(Duration.ofDays(2)));
    RoundKit again = kit; // what is due is in the database alone, so the parts hold nothing
    Rounds restarted =
        new Rounds(
            kit.database,
            kit.town,
            kit.town,
            new Rounds.Rules(kit.calendar, 0.8, (place, lon, lat) -> 0),
            event -> List.of("robot"));
    for (int i = 0; i < 5; i++) {
      restarted.tick(again.clock.instant());
    }
    assertThat(kit.all()).hasSize(3).allMatch(each -> each.state() == State.MISSED);
    assertThat(kit.told().stream().filter("patrol_missed"::equals)).hasSize(3);
    assertThat(kit.told().stream().filter("patrol_due"::equals)).hasSize(1);
    assertThat(restarted.tick(again.clock.instant())).isZero();
    assertThat(restarted.tick(kit.at("08:00").plus(Duration.ofDays(3)))).isPositive();
    assertThat(kit.all()).hasSize(4);
  }

  @Test
  void a_plan_without_a_route_wants_one_check_in_in_its_grid() {
    kit.plan("free", "olga", List.of());
    kit.schedule(kit.daily("free", "22:00", "02:00"));
    kit.tickAt("22:00");
    Round round = kit.round();
    assertThat(round.slot().times().closes()).isEqualTo(kit.at("02:00").plus(Duration.ofDays(1)));
    assertThat(RoundKit.refused(kit.patrols.begin("free", Town.CHECKER, kit.clock.instant())))
        .isEqualTo(PatrolRefusal.NOT_YOUR_PLAN);
    Patrol patrol = kit.begin("free", Town.OFFICER);
    kit.visit(patrol, Town.OFFICER, RoundKit.ROUTE.get(0));
    assertThat(kit.round().state()).isEqualTo(State.DONE);
  }

  @Test
  void nobody_on_duty_is_told_at_once_and_another_may_be_named() {
    kit.town.with(Town.OFFICER.onDuty(false)).with(Town.CHECKER.onDuty(false));
    kit.schedule(kit.daily("p", "08:00", "10:00"));
    kit.tickAt("08:00");
    Round round = kit.round();
    assertThat(round.officer()).isNull();
    assertThat(round.told()).containsExactly("sid");
    assertThat(kit.told()).containsExactly("patrol_unassigned");
    assertThat(
            RoundKit.refused(
                kit.rounds.command(
                    round.id(), new RoundCommand.Assign("far"), Town.DISPATCHER, kit.at("08:01"))))
        .isEqualTo(PatrolRefusal.UNKNOWN_OFFICER);
    assertThat(
            RoundKit.done(
                    kit.rounds.command(
                        round.id(),
                        new RoundCommand.Assign("olga"),
                        Town.DISPATCHER,
                        kit.at("08:01")))
                .officer())
        .isEqualTo("olga");
  }

  @Test
  void an_excuse_has_a_reason_and_takes_the_round_out_of_the_figures() {
    kit.schedule(kit.daily("p", "08:00", "10:00"));
    kit.tickAt("10:30");
    String id = kit.round().id();
    assertThat(kit.round().state()).isEqualTo(State.MISSED);
    assertThat(RoundKit.refused(excuse(id, " "))).isEqualTo(PatrolRefusal.REASON_REQUIRED);
    assertThat(RoundKit.done(excuse(id, "typhoon")).excuse()).isEqualTo("typhoon");
    assertThat(RoundKit.refused(excuse(id, "typhoon"))).isEqualTo(PatrolRefusal.ROUND_OVER);
    assertThat(RoundKit.refused(excuse("none", "typhoon"))).isEqualTo(PatrolRefusal.UNKNOWN_ROUND);
    assertThat(kit.counts(PatrolKpis.By.ALL)).isEmpty();
  }

  private PatrolResult<Round> excuse(String id, String reason) {
    return kit.rounds.command(
        id, new RoundCommand.Excuse(reason), Town.SUPERVISOR, kit.clock.instant());
  }

  @Test
  void lists_are_narrowed_by_officer_grid_state_and_day() {
    kit.plan("q", "far", RoundKit.ROUTE);
    kit.schedule(kit.daily("p", "08:00", "10:00"));
    kit.schedule(kit.daily("q", "09:00", "11:00"));
    kit.tickAt("10:00");
    assertThat(list(Town.GRID, null, null)).containsExactly("q-20261125", "p-20261125");
    assertThat(list(Town.GRID2, null, null)).isEmpty();
    assertThat(list(null, "far", null)).containsExactly("q-20261125");
    assertThat(list(null, null, State.MISSED)).containsExactly("p-20261125");
    Rounds.Filter after =
        new Rounds.Filter(
            null,
            null,
            null,
            kit.at("00:00"),
            kit.at("23:59"),
            new Rounds.After(kit.at("09:00"), "q-20261125"));
    assertThat(kit.rounds.list(after, 5)).extracting(Round::id).containsExactly("p-20261125");
    assertThat(kit.counts(PatrolKpis.By.TOWN)).containsOnlyKeys(Town.TOWN);
    assertThat(kit.counts(PatrolKpis.By.DAY)).containsOnlyKeys("2026-11-25");
    assertThat(kit.counts(PatrolKpis.By.MONTH)).containsOnlyKeys("2026-11");
  }

  @Test
  void days_and_months_are_compared_with_those_before_and_a_year_before() {
    kit.plan("q", "olga", RoundKit.ROUTE);
    kit.schedule(kit.daily("q", "08:00", "10:00"));
    kit.tickAt("08:00");
    Patrol patrol = kit.begin("q", Town.OFFICER);
    kit.visit(patrol, Town.OFFICER, RoundKit.ROUTE.get(0));
    kit.visit(patrol, Town.OFFICER, RoundKit.ROUTE.get(1));
    for (String time : List.of("08:00", "10:00")) {
      kit.clock.at(kit.at(time).plus(Duration.ofDays(1)));
      kit.rounds.tick(kit.clock.instant());
    }
    PatrolKpis.Counts walked = new PatrolKpis.Counts(1, 1, 1, 0, 2, 2);
    PatrolKpis.Counts missed = new PatrolKpis.Counts(1, 0, 0, 1, 2, 0);
    PatrolKpis.Counts both = new PatrolKpis.Counts(2, 1, 1, 1, 4, 2);

    var days = compared(PatrolKpis.By.DAY, "2026-11-25", "2026-11-28");
    assertThat(days.now()).isEqualTo(Map.of("2026-11-25", walked, "2026-11-26", missed));
    assertThat(days.previous()).isEqualTo(Map.of("2026-11-26", walked, "2026-11-27", missed));
    assertThat(days.lastYear()).isEmpty();
    assertThat(compared(PatrolKpis.By.DAY, "2027-11-25", "2027-11-27").lastYear())
        .isEqualTo(Map.of("2027-11-25", walked, "2027-11-26", missed));

    var months = compared(PatrolKpis.By.MONTH, "2026-11-01", "2027-01-01");
    assertThat(months.now()).isEqualTo(Map.of("2026-11", both));
    assertThat(months.previous()).as("30 days beside 31").isEqualTo(Map.of("2026-12", both));
    assertThat(compared(PatrolKpis.By.MONTH, "2027-11-01", "2027-12-01").lastYear())
        .isEqualTo(Map.of("2027-11", both));

    OfficerKpis officers = new OfficerKpis(kit.database, RoundKit.ZONE);
    var row = officers.report(Border.EVERYWHERE, span("2026-11-26", "2026-11-27"));
    OfficerKpis.Counts now = row.now().get("olga");
    assertThat(List.of(now.rounds(), now.roundsMissed(), now.pointsMissed(), now.patrols()))
        .containsExactly(1L, 1L, 2L, 0L);
    OfficerKpis.Counts before = row.previous().get("olga");
    assertThat(
            List.of(
                before.rounds(), before.roundsMissed(), before.pointsMissed(), before.patrols()))
        .containsExactly(1L, 0L, 0L, 1L);
    assertThat(List.of(before.points(), before.visited(), before.checkInsValid()))
        .containsExactly(2L, 2L, 2L);
    assertThat(row.lastYear()).isEmpty();
    assertThat(
            officers
                .report(Border.EVERYWHERE, span("2027-11-01", "2027-12-01"))
                .lastYear()
                .get("olga")
                .roundsMissed())
        .isEqualTo(1);
  }

  private Compared<PatrolKpis.By, PatrolKpis.Counts> compared(
      PatrolKpis.By by, String from, String to) {
    return kit.kpis.report(by, Border.EVERYWHERE, span(from, to));
  }

  private static Span span(String from, String to) {
    return new Span(
        LocalDate.parse(from).atStartOfDay(RoundKit.ZONE).toInstant(),
        LocalDate.parse(to).atStartOfDay(RoundKit.ZONE).toInstant());
  }

  private List<String> list(String place, String officer, State state) {
    return kit.rounds.list(new Rounds.Filter(place, officer, state, null, null, null), 10).stream()
        .map(Round::id)
        .toList();
  }

  @Test
  void a_schedule_is_for_plans_of_ones_area_and_ends_when_it_is_told_to() {
    Schedule daily = kit.daily("p", "08:00", "10:00");
    assertThat(
            RoundKit.refused(
                kit.rounds.schedule(daily, Town.person("x", Town.GRID2), kit.clock.instant())))
        .isEqualTo(PatrolRefusal.OUT_OF_SCOPE);
    assertThat(
            RoundKit.refused(
                kit.rounds.schedule(
                    kit.daily("none", "08:00", "10:00"), Town.DISPATCHER, kit.clock.instant())))
        .isEqualTo(PatrolRefusal.UNKNOWN_PLAN);
    kit.schedule(daily);
    Schedule ended =
        new Schedule(
            "p",
            "p",
            new Recurrence.WorkingDays(),
            new Schedule.Window(LocalTime.of(8, 0), LocalTime.of(9, 0)),
            "olga",
            LocalDate.of(2026, 11, 25),
            LocalDate.of(2026, 12, 1),
            false);
    kit.schedule(ended);
    assertThat(kit.rounds.findSchedule("p")).isEqualTo(ended);
    assertThat(kit.rounds.schedules(Town.GRID)).isEmpty();
    kit.tickAt("08:30");
    assertThat(kit.all()).isEmpty();
  }

  @Test
  void a_grid_without_a_border_takes_no_schedule_and_one_that_lost_it_makes_no_rounds() {
    kit.bordered = false;
    Schedule daily = kit.daily("p", "08:00", "10:00");
    PatrolResult<Schedule> refused =
        kit.rounds.schedule(daily, Town.DISPATCHER, kit.clock.instant());
    assertThat(RoundKit.refused(refused)).isEqualTo(PatrolRefusal.NO_BORDER);
    assertThat(((PatrolResult.Refused<Schedule>) refused).sentence())
        .contains(Town.GRID)
        .contains("places.geojson");
    assertThat(kit.rounds.findSchedule("p")).isNull();
    kit.plan("free", null, List.of()); // walked now and then, it may be there
    kit.bordered = true;
    kit.schedule(daily);
    kit.bordered = false;
    Plan moved = new Plan("p", "moved", null, Town.GRID2, true, List.of());
    assertThat(RoundKit.refused(kit.patrols.plan(moved, Town.DISPATCHER)))
        .isEqualTo(PatrolRefusal.NO_BORDER);
    kit.tickAt("08:00");
    assertThat(kit.all()).isEmpty();
    assertThat(kit.rounds.check().why()).contains(Town.GRID);
    kit.bordered = true;
    kit.clock.at(kit.at("08:00").plus(Duration.ofDays(1)));
    kit.rounds.tick(kit.clock.instant());
    assertThat(kit.round().state()).isEqualTo(State.DUE);
    assertThat(kit.rounds.check().word()).isEqualTo("ok");
  }
}
