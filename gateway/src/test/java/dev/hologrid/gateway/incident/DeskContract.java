package dev.hologrid.gateway.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the desk promises on every database. */
abstract class DeskContract extends OnDesk {
  @Test
  void a_case_goes_from_report_to_close() {
    Incident i = kit.patrolReport(Town.BUILDING);
    assertThat(i.state()).isEqualTo(State.REPORTED);
    i = kit.done(i, new IncidentCommand.File(""), Town.DISPATCHER);
    i = kit.done(i, new IncidentCommand.Dispatch("olga", null, "go"), Town.DISPATCHER);
    i = kit.done(i, new IncidentCommand.Accept(""), Town.OFFICER);
    i = kit.done(i, new IncidentCommand.Feedback("cleared", List.of()), Town.OFFICER);
    assertThat(kit.refused(i, new IncidentCommand.Check(""), Town.OFFICER))
        .isEqualTo(Refusal.HANDLED_IT_YOURSELF);
    i = kit.done(i, new IncidentCommand.Check(""), Town.CHECKER);
    i = kit.done(i, new IncidentCommand.Close(null, 0, 0, 0, ""), Town.CHECKER);
    assertThat(i.state()).isEqualTo(State.CLOSED);
    assertThat(kit.queries.get(i.id(), Town.DISPATCHER)).contains(i);
    assertThat(kit.queries.replays(i.id())).isTrue();
    assertThat(kit.heard).extracting(each -> each.event().name()).contains("opened", "closed");
    assertThat(new AuditVerifier(kit.database).verify().whole()).isTrue();
  }

  @Test
  void an_alarm_delivered_twice_is_one_incident_dispatched_at_once() {
    var entry = Town.raised(7, Town.alert("smoke", "sm-1", 5, Town.BUILDING, Severity.MAJOR));
    kit.desk.take("incidents", List.of(entry, entry));
    kit.restart();
    kit.desk.take("incidents", List.of(entry));
    assertThat(kit.all()).hasSize(1);
    Incident incident = kit.all().getFirst();
    assertThat(incident.state()).isEqualTo(State.DISPATCHED);
    assertThat(incident.hands().assignee()).isIn("olga", "chen");
    assertThat(incident.verified()).isFalse();
    assertThat(kit.desk.nextOffset("incidents")).isEqualTo(8);
    assertThat(kit.queries.incidentOf("smoke/sm-1/5")).isEqualTo(incident.id());
  }

  @Test
  void a_second_detector_joins_confirms_and_raises_the_priority_and_clearing_closes_nothing() {
    var first = Town.alert("smoke", "sm-1", 5, Town.BUILDING, Severity.MAJOR);
    var second = Town.alert("smoke", "sm-2", 6, Town.BUILDING, Severity.MAJOR);
    kit.desk.take("incidents", List.of(Town.raised(1, first)));
    kit.desk.take("incidents", List.of(Town.raised(2, second)));
    kit.desk.take("incidents", List.of(Town.cleared(3, first), Town.cleared(4, second)));
    Incident incident = kit.all().getFirst();
    assertThat(kit.all()).hasSize(1);
    assertThat(incident.priority()).isEqualTo(Priority.P1);
    assertThat(incident.verified()).isTrue();
    assertThat(incident.isOpen()).isTrue();
    assertThat(incident.counts().alerts()).isEqualTo(2);
    assertThat(kit.queries.alerts(incident.id())).hasSize(2);
  }

  @Test
  void a_sensor_case_needs_to_say_how_it_ended_and_a_later_alarm_opens_a_new_one() {
    kit.desk.take(
        "incidents",
        List.of(Town.raised(1, Town.alert("smoke", "s", 1, Town.BUILDING, Severity.MAJOR))));
    Incident i = kit.all().getFirst();
    Person hands = kit.town.find(String.valueOf(i.hands().assignee()));
    i = kit.done(i, new IncidentCommand.Accept(""), hands);
    i = kit.done(i, new IncidentCommand.Feedback("it was a pan", List.of()), hands);
    i = kit.done(i, new IncidentCommand.Check(""), Town.DISPATCHER);
    assertThat(kit.refused(i, new IncidentCommand.Close(null, 0, 0, 0, ""), Town.DISPATCHER))
        .isEqualTo(Refusal.RESOLUTION_REQUIRED);
    i = kit.done(i, new IncidentCommand.Close(Resolution.COOKING, 0, 0, 0, ""), Town.DISPATCHER);
    kit.desk.take(
        "incidents",
        List.of(Town.raised(2, Town.alert("smoke", "s", 2, Town.BUILDING, Severity.MAJOR))));
    assertThat(kit.all()).hasSize(2);
    assertThat(kit.queries.list(IncidentFilter.ALL.open(true), Town.DISPATCHER).items()).hasSize(1);
    kit.done(i, new IncidentCommand.Reopen("it burns again"), Town.DISPATCHER);
    assertThat(kit.queries.list(IncidentFilter.ALL.open(true), Town.DISPATCHER).items()).hasSize(2);
  }

  @Test
  void a_key_makes_a_command_happen_once_and_an_old_version_is_refused() {
    Incident i = kit.patrolReport(Town.GRID);
    var note = new IncidentCommand.Comment("seen");
    Result one = kit.desk.command(i.id(), note, Town.DISPATCHER, i.version(), "k1").join();
    Result two = kit.desk.command(i.id(), note, Town.DISPATCHER, i.version(), "k1").join();
    assertThat(two).isEqualTo(one);
    assertThat(kit.queries.history(i.id()))
        .filteredOn(e -> e.event().name().equals("commented"))
        .hasSize(1);
    assertThat(kit.desk.command(i.id(), note, Town.DISPATCHER, i.version(), "k2").join())
        .isEqualTo(
            new Result.Refused(
                Refusal.STALE_VERSION, "expected version 3, but the incident is at 4"));
    assertThat(
            kit.desk
                .command(i.id(), new IncidentCommand.File(""), Town.DISPATCHER, null, "k1")
                .join())
        .isInstanceOfSatisfying(
            Result.Refused.class, r -> assertThat(r.kind()).isEqualTo(Refusal.KEY_REUSED));
  }

  @Test
  void timers_fire_once_over_a_restart_and_stand_still_while_suspended() {
    kit.desk.take(
        "incidents",
        List.of(Town.raised(1, Town.alert("smoke", "s", 1, Town.BUILDING, Severity.MAJOR))));
    kit.clock.forward(Duration.ofMinutes(4));
    kit.restart();
    kit.desk.tick().join();
    kit.desk.tick().join();
    assertThat(names()).filteredOn("escalated"::equals).hasSize(1);
    assertThat(names()).filteredOn("went_overdue"::equals).hasSize(1);
    Incident i = kit.all().getFirst();
    assertThat(i.level()).isEqualTo(Level.COMMUNITY);
    Person hands = kit.town.find(String.valueOf(i.hands().assignee()));
    i = kit.done(i, new IncidentCommand.Accept(""), hands);
    i = kit.done(i, new IncidentCommand.Suspend("no parts"), Town.SUPERVISOR);
    kit.clock.forward(Duration.ofDays(30));
    assertThat(kit.desk.tick().join()).isZero();
    Due before = i.dues().get(Stage.CASE);
    assertThat(before).isNull();
    i = kit.done(i, new IncidentCommand.Resume(""), Town.SUPERVISOR);
    assertThat(i.dues().get(Stage.CASE).at())
        .isEqualTo(kit.clock.instant().plus(Duration.ofMinutes(116)));
  }

  @Test
  void closing_a_parent_closes_its_duplicates() {
    Incident parent = kit.patrolReport(Town.BUILDING);
    Incident copy = kit.patrolReport(Town.BUILDING);
    copy = kit.done(copy, new IncidentCommand.Link(parent.id(), "same"), Town.DISPATCHER);
    assertThat(kit.refused(parent, new IncidentCommand.Link(copy.id(), ""), Town.DISPATCHER))
        .isEqualTo(Refusal.NOT_A_PARENT);
    kit.done(parent, new IncidentCommand.ForceClose("duplicate test"), Town.SUPERVISOR);
    assertThat(kit.all()).allMatch(each -> each.state() == State.CLOSED);
  }

  @Test
  void lists_are_paged_and_end_at_the_border_of_the_scope() {
    for (int i = 0; i < 7; i++) {
      kit.patrolReport(Town.BUILDING);
    }
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      var page =
          kit.queries.list(
              new IncidentFilter(null, true, null, null, Town.TOWN, null, cursor, 3),
              Town.DISPATCHER);
      page.items().forEach(each -> seen.add(each.id()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    assertThat(kit.queries.list(IncidentFilter.ALL, Town.OTHER_OFFICER).items()).isEmpty();
    assertThat(kit.queries.list(IncidentFilter.ALL, Town.RESIDENT).items()).isEmpty();
    assertThat(kit.queries.get(seen.getFirst(), Town.OTHER_OFFICER)).isEmpty();
    assertThat(kit.queries.openByPlace(1)).containsEntry(Town.TOWN, 7);
  }

  @Test
  void a_storm_of_5000_detectors_is_one_incident_per_building() {
    List<dev.hologrid.gateway.journal.Follower.Entry<dev.hologrid.rules.alert.AlertEvent>> batch =
        new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      String building = Town.GRID + "-%05d".formatted(i % 250);
      batch.add(Town.raised(i, Town.alert("smoke", "sm-" + i, i, building, Severity.MAJOR)));
      if (batch.size() == 500) {
        kit.desk.take("incidents", batch);
        batch.clear();
      }
    }
    assertThat(kit.all()).hasSize(250).allMatch(each -> each.state() == State.DISPATCHED);
    assertThat(kit.all().stream().mapToInt(each -> each.counts().alerts()).sum()).isEqualTo(5_000);
    assertThat(new AuditVerifier(kit.database).verify().whole()).isTrue();
  }

  @Test
  void a_changed_event_is_found() {
    Incident i = kit.patrolReport(Town.BUILDING);
    kit.done(i, new IncidentCommand.File(""), Town.DISPATCHER);
    kit.done(i, new IncidentCommand.Comment("one"), Town.DISPATCHER);
    kit.database
        .writer()
        .useHandle(h -> h.execute("update incident_events set detail = '{}' where name = 'filed'"));
    assertThat(new AuditVerifier(kit.database).verify().firstBad()).contains("filed of incident");
  }

  @Test
  void a_sensor_case_is_not_waved_away_without_saying_what_it_was() {
    kit.desk.take(
        "incidents",
        List.of(Town.raised(1, Town.alert("INTRUSION", "pir", 1, Town.BUILDING, Severity.MINOR))));
    Incident i = kit.all().getFirst();
    assertThat(i.state()).isEqualTo(State.REPORTED);
    assertThat(kit.refused(i, new IncidentCommand.Reject("a cat", null), Town.DISPATCHER))
        .isEqualTo(Refusal.RESOLUTION_REQUIRED);
    assertThat(kit.refused(i, new IncidentCommand.SelfHandle("a cat", null), Town.OFFICER))
        .isEqualTo(Refusal.RESOLUTION_REQUIRED);
    assertThat(
            kit.refused(i, new IncidentCommand.Reject("a cat", Resolution.REAL), Town.DISPATCHER))
        .isEqualTo(Refusal.RESOLUTION_DOES_NOT_FIT);
    i = kit.done(i, new IncidentCommand.SelfHandle("a cat", Resolution.REAL), Town.OFFICER);
    i = kit.done(i, new IncidentCommand.Reopen("it came back"), Town.DISPATCHER);
    assertThat(kit.refused(i, new IncidentCommand.Verify(null, ""), Town.OFFICER))
        .isEqualTo(Refusal.HANDLED_IT_YOURSELF);
    assertThat(kit.queries.replays(i.id())).isTrue();
  }

  @Test
  void a_residents_report_is_looked_at_before_it_is_filed_unless_it_is_urgent() {
    Opening waste =
        new Opening("ORDER_WASTE", Town.BUILDING, "bags", "", Origin.RESIDENT, null, List.of());
    Incident i = ((Result.Done) kit.desk.open(waste, Town.RESIDENT, null).join()).incident();
    assertThat(kit.refused(i, new IncidentCommand.File(""), Town.DISPATCHER))
        .isEqualTo(Refusal.NOT_VERIFIED);
    assertThat(kit.desk.moves(i, Town.DISPATCHER)).doesNotContain(Move.FILE);
    i = kit.done(i, new IncidentCommand.Verify("olga", ""), Town.DISPATCHER);
    i = kit.done(i, new IncidentCommand.Verify(null, "it is there"), Town.OFFICER);
    assertThat(kit.done(i, new IncidentCommand.File(""), Town.DISPATCHER).verified()).isTrue();
    Opening gas =
        new Opening("GAS_LEAK", Town.BUILDING, "smell", "", Origin.RESIDENT, null, List.of());
    Incident urgent = ((Result.Done) kit.desk.open(gas, Town.RESIDENT, null).join()).incident();
    kit.done(urgent, new IncidentCommand.File(""), Town.DISPATCHER);
  }

  @Test
  void nobody_closes_their_own_work_by_closing_what_it_repeats() {
    Incident parent = kit.patrolReport(Town.BUILDING);
    Incident copy = kit.patrolReport(Town.BUILDING);
    for (Incident each : List.of(parent, copy)) {
      kit.done(each, new IncidentCommand.File(""), Town.DISPATCHER);
      kit.done(each, new IncidentCommand.Dispatch("olga", null, ""), Town.DISPATCHER);
    }
    kit.done(copy, new IncidentCommand.Assign("chen", ""), Town.DISPATCHER);
    kit.done(copy, new IncidentCommand.Accept(""), Town.CHECKER);
    kit.done(copy, new IncidentCommand.Link(parent.id(), ""), Town.DISPATCHER);
    kit.done(parent, new IncidentCommand.Accept(""), Town.OFFICER);
    kit.done(parent, new IncidentCommand.Feedback("done", List.of()), Town.OFFICER);
    kit.done(parent, new IncidentCommand.Check(""), Town.CHECKER);
    var close = new IncidentCommand.Close(null, 0, 0, 0, "");
    assertThat(kit.refused(parent, close, Town.CHECKER)).isEqualTo(Refusal.HANDLED_IT_YOURSELF);
    kit.done(parent, close, Town.DISPATCHER);
    assertThat(kit.all()).allMatch(each -> each.state() == State.CLOSED);
  }

  @Test
  void a_dispute_goes_to_the_nearest_organisation_that_takes_its_kind() {
    kit.mediation.save(
        List.of(
            organisation("town", "*", Town.TOWN),
            organisation("near", "DISPUTE_NEIGHBOUR", Town.COMMUNITY),
            organisation("near2", "DISPUTE_NEIGHBOUR", Town.COMMUNITY)));
    assertThat(dispute("DISPUTE_NEIGHBOUR").hands().department()).isEqualTo("near");
    assertThat(dispute("DISPUTE_NEIGHBOUR").hands().department()).isEqualTo("near2");
    Incident labour = dispute("DISPUTE_LABOUR");
    assertThat(labour.hands().department()).isEqualTo("town");
    assertThat(labour.state()).isEqualTo(State.DISPATCHED);
    Person other =
        new Person("med1", "", java.util.Set.of(Role.HANDLER), Town.TOWN, true, "", "near");
    Person mediator =
        new Person("med2", "", java.util.Set.of(Role.HANDLER), Town.TOWN, true, "", "town");
    assertThat(kit.refused(labour, new IncidentCommand.Accept(""), other))
        .isEqualTo(Refusal.NOT_ASSIGNED_TO_YOU);
    Incident i = kit.done(labour, new IncidentCommand.Accept(""), mediator);
    i = kit.done(i, new IncidentCommand.Feedback("they signed", List.of()), mediator);
    i = kit.done(i, new IncidentCommand.Check(""), Town.DISPATCHER);
    assertThat(kit.refused(i, new IncidentCommand.Close(null, 0, 0, 0, ""), Town.DISPATCHER))
        .isEqualTo(Refusal.RESOLUTION_REQUIRED);
    kit.done(i, new IncidentCommand.Close(Resolution.AGREEMENT, 0, 0, 0, ""), Town.DISPATCHER);
    assertThat(kit.mediation.results())
        .containsEntry("town", new Mediation.Results(0, 1, 1))
        .containsEntry("near", new Mediation.Results(1, 0, 0));
    assertThat(new Mediation(kit.database).load().all()).hasSize(3);
  }

  private static Mediation.Organisation organisation(String id, String kind, String place) {
    return new Mediation.Organisation(id, id, java.util.Set.of(kind), place, "");
  }

  private Incident dispute(String kind) {
    Opening opening =
        new Opening(kind, Town.BUILDING, "noise", "", Origin.DISPUTE, null, List.of());
    return ((Result.Done) kit.desk.open(opening, Town.OFFICER, null).join()).incident();
  }

  @Test
  void shifts_and_departments_are_kept_and_decide_who_is_called() {
    Roster roster = new Roster(kit.database);
    Person olga = new Person("o", "O", java.util.Set.of(Role.OFFICER), Town.GRID, true, "1", "d");
    roster.save(List.of(olga));
    java.time.Instant nine = java.time.Instant.parse("2026-11-24T01:00:00Z");
    roster.setShifts("o", List.of(new Roster.Shift(nine, nine.plus(Duration.ofHours(8)))));
    Roster again = new Roster(kit.database, (place, lon, lat) -> Math.abs(lon) * 1000).load();
    assertThat(again.find("o")).isEqualTo(olga);
    assertThat(again.onDuty(olga, nine)).isTrue();
    assertThat(again.onDuty(olga, nine.minusSeconds(1))).isFalse();
    assertThat(again.onDuty(olga, nine.plus(Duration.ofHours(8)))).isFalse();
    Spot spot = new Spot(Town.BUILDING, kit.town.path(Town.BUILDING));
    assertThat(Routing.firstResponder(spot, again, id -> 0, nine)).isEqualTo(olga);
    assertThat(Routing.firstResponder(spot, again, id -> 0, nine.minusSeconds(9))).isNull();
    Person near = new Person("z", "Z", java.util.Set.of(Role.OFFICER), Town.GRID, true, "1");
    again.save(List.of(near));
    again.seen("z", 1, 0, nine);
    assertThat(Routing.firstResponder(spot, again, id -> 0, nine)).isEqualTo(near);
    Duration later = Duration.ofHours(2);
    assertThat(Routing.firstResponder(spot, again, id -> 0, nine.plus(later))).isEqualTo(olga);
  }

  @Test
  void the_figures_kept_with_the_events_are_what_the_events_say() {
    java.util.Random random = new java.util.Random(7);
    for (int i = 0; i < 80; i++) {
      RandomDeskTest.step(kit, random, i);
    }
    KpiAgreement.check(kit, random);
  }

  @Test
  void lists_find_what_few_have_by_every_filter() {
    var smoke = Town.alert("smoke", "sm-1", 5, Town.BUILDING, Severity.MAJOR);
    kit.desk.take("incidents", List.of(Town.raised(7, smoke)));
    Incident sensed = kit.all().getFirst();
    Incident reported = kit.patrolReport(Town.GRID);
    Opening far =
        new Opening("SAFETY_HAZARD", Town.GRID2, "Far", "", Origin.PATROL, null, List.of());
    Incident rejected =
        ((Result.Done) kit.desk.open(far, Town.OTHER_OFFICER, null).join()).incident();
    rejected = kit.done(rejected, new IncidentCommand.Reject("no", null), Town.DISPATCHER);
    reported = kit.done(reported, new IncidentCommand.Escalate("help"), Town.OFFICER);
    reported = kit.done(reported, new IncidentCommand.Supervise("now", null), Town.SUPERVISOR);
    IncidentFilter all = IncidentFilter.ALL;
    assertThat(found(all)).containsExactly(rejected, reported, sensed);
    assertThat(found(all.open(true))).containsExactly(reported, sensed);
    assertThat(found(all.open(false))).containsExactly(rejected);
    assertThat(found(all.state(State.REJECTED))).containsExactly(rejected);
    assertThat(found(all.state(State.CLOSED))).isEmpty();
    assertThat(found(all.state(State.REPORTED).open(false))).isEmpty();
    assertThat(found(all.place(Town.GRID2))).containsExactly(rejected);
    assertThat(found(all.more(more(null, Level.COMMUNITY, null, null)))).containsExactly(reported);
    assertThat(found(all.more(more(null, null, true, null)))).containsExactly(reported);
    assertThat(found(all.more(more(null, null, false, null)))).containsExactly(rejected, sensed);
    assertThat(found(all.more(more(Origin.SENSOR, null, null, null)))).containsExactly(sensed);
    assertThat(found(all.more(more(null, null, null, "smoke")))).containsExactly(sensed);
    assertThat(found(all.open(true).more(more(null, null, null, "smoke")))).containsExactly(sensed);
    assertThat(found(all.more(more(null, null, null, "smo_e")))).isEmpty();
    assertThat(found(all.more(more(null, null, null, "smoke")).after(sensed.id(), 9))).isEmpty();
    IncidentQueries.Page page = kit.queries.list(all.after(null, 2), Person.SYSTEM);
    assertThat(page.items()).containsExactly(rejected, reported);
    assertThat(found(all.after(page.next(), 2))).containsExactly(sensed);
  }

  @Test
  void a_work_calendar_that_has_ended_is_said() {
    assertThat(kit.desk.check().word()).isEqualTo("ok");
    int last = kit.policy.catalog().calendar().lastYear().getAsInt();
    kit.clock.forward(Duration.ofDays(366L * (last + 1 - 2026)));
    assertThat(kit.desk.check().word()).isEqualTo("degraded");
    assertThat(kit.desk.check().why()).contains("" + last, "incidents.holidays");
  }

  @Test
  void sent_notices_are_forgotten_after_a_while_and_others_are_kept() {
    kit.desk.close();
    kit.desk =
        new IncidentDesk(
            kit.database,
            kit.policy,
            kit.town,
            kit.clock,
            (after, entry) ->
                entry.event() instanceof IncidentEvent.Opened ? List.of("c") : List.of());
    Outbox outbox = new Outbox(kit.database);
    Incident first = kit.patrolReport(Town.BUILDING);
    kit.patrolReport(Town.BUILDING);
    kit.patrolReport(Town.BUILDING);
    List<Outbox.Notice> due = outbox.due("c", kit.clock.instant(), 9);
    assertThat(due).hasSize(3);
    outbox.note(
        List.of(
            Outbox.Outcome.sent(due.get(0).id()), Outbox.Outcome.dead(due.get(1).id(), "gone")));
    Instant after = kit.clock.instant().plusMillis(1);
    assertThat(outbox.forget(after)).as("while the incident is open").isZero();
    kit.done(first, new IncidentCommand.Reject("nothing there", null), Town.DISPATCHER);
    assertThat(outbox.forget(kit.clock.instant())).isZero();
    assertThat(outbox.forget(after)).isEqualTo(1);
    assertThat(outbox.find(due.get(0).id())).isNull();
    assertThat(outbox.list("DEAD", Long.MAX_VALUE, 9)).hasSize(1);
    assertThat(outbox.list("WAITING", Long.MAX_VALUE, 9)).hasSize(1);
  }

  private List<Incident> found(IncidentFilter filter) {
    return kit.queries.list(filter, Person.SYSTEM).items();
  }

  private static IncidentFilter.More more(
      Origin origin, Level level, Boolean supervised, String rule) {
    return new IncidentFilter.More(null, origin, level, null, supervised, null, rule);
  }

  private List<String> names() {
    return kit.heard.stream().map(each -> each.event().name()).toList();
  }
}
