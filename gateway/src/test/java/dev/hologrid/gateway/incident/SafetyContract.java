package dev.hologrid.gateway.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hologrid.gateway.incident.sla.Holidays;
import dev.hologrid.rules.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That no alarm is nobody's, waits for nobody and is not forgotten, on every database. */
abstract class SafetyContract extends OnDesk {
  private static final String[] BOTH = {"a", "b"};

  private Incident alarm(long offset, String rule, String device, String place, Severity severity) {
    kit.desk.take(
        "incidents",
        List.of(Town.raised(offset, Town.alert(rule, device, offset, place, severity))));
    return incidentOf(rule + "/" + device + "/" + offset);
  }

  private Incident incidentOf(String alert) {
    return kit.queries.get(kit.queries.incidentOf(alert), Person.SYSTEM).orElseThrow();
  }

  private Incident now(Incident incident) {
    return kit.queries.get(incident.id(), Person.SYSTEM).orElseThrow();
  }

  private Incident after(Incident incident, Duration time) {
    kit.clock.forward(time);
    while (kit.desk.tick().join() > 0) {}
    return now(incident);
  }

  private List<IncidentEvent> events(Incident incident) {
    return kit.queries.history(incident.id()).stream().map(IncidentEntry::event).toList();
  }

  private Incident inWork(Person hands) {
    Incident i = kit.patrolReport(Town.BUILDING);
    i = kit.done(i, new IncidentCommand.File(""), Town.DISPATCHER);
    i = kit.done(i, new IncidentCommand.Dispatch(hands.id(), null, ""), Town.DISPATCHER);
    return kit.done(i, new IncidentCommand.Accept(""), hands);
  }

  @Test
  void the_alarm_of_a_device_without_a_place_is_the_districts() {
    Incident incident = alarm(1, "smoke", "new-1", "", Severity.MAJOR);
    assertThat(incident.spot().path()).containsExactly(Town.DISTRICT);
    assertThat(kit.queries.get(incident.id(), Town.DISPATCHER)).contains(incident);
    assertThat(kit.queries.list(IncidentFilter.ALL, Town.DISPATCHER).items()).hasSize(1);
    assertThat(incident.state()).isEqualTo(State.DISPATCHED);
    alarm(2, "smoke", "new-2", "", Severity.MAJOR);
    assertThat(kit.all()).as("another device may be anywhere").hasSize(2);
  }

  @Test
  void alarms_at_one_community_are_one_case() {
    for (int i = 1; i <= 20; i++) {
      alarm(i, "smoke", "sm-" + i, Town.COMMUNITY, Severity.MAJOR);
    }
    assertThat(kit.all())
        .singleElement()
        .satisfies(i -> assertThat(i.counts().alerts()).isEqualTo(20));
  }

  @Test
  void what_becomes_urgent_while_it_is_looked_at_is_dispatched() {
    Incident incident = alarm(1, "smoke", "sm-1", Town.BUILDING, Severity.MINOR);
    assertThat(incident.state()).isEqualTo(State.REPORTED);
    kit.done(incident, new IncidentCommand.Verify("chen", "have a look"), Town.DISPATCHER);
    incident = alarm(2, "smoke", "sm-2", Town.BUILDING, Severity.MAJOR);
    assertThat(incident.priority()).isEqualTo(Priority.P1);
    assertThat(incident.state()).isEqualTo(State.DISPATCHED);
  }

  @Test
  void what_nobody_could_take_is_dispatched_once_somebody_can() {
    for (Person each : List.copyOf(kit.town.all())) {
      kit.town.with(each.onDuty(false));
    }
    Incident incident = alarm(1, "smoke", "sm-1", Town.BUILDING, Severity.MAJOR);
    assertThat(incident.state()).isEqualTo(State.FILED);
    assertThat(after(incident, Duration.ofMinutes(4)).state()).isEqualTo(State.FILED);
    kit.town.with(Town.OFFICER);
    incident = after(incident, Duration.ofMinutes(7));
    assertThat(incident.state()).isEqualTo(State.DISPATCHED);
    assertThat(incident.hands().assignee()).isEqualTo("olga");
  }

  private Incident closed(Incident incident) {
    Person hands = kit.town.find(String.valueOf(incident.hands().assignee()));
    Incident i = kit.done(incident, new IncidentCommand.Accept(""), hands);
    i = kit.done(i, new IncidentCommand.Feedback("done", List.of()), hands);
    i = kit.done(i, new IncidentCommand.Check(""), Town.DISPATCHER);
    return kit.done(i, new IncidentCommand.Close(Resolution.DUST, 0, 0, 0, ""), Town.DISPATCHER);
  }

  @Test
  void a_reopened_alarm_is_dispatched_and_escalates_as_a_new_one() {
    Incident incident = closed(alarm(1, "smoke", "sm-1", Town.BUILDING, Severity.MAJOR));
    kit.clock.forward(Duration.ofHours(5));
    incident = kit.done(incident, new IncidentCommand.Reopen("it smells again"), Town.DISPATCHER);
    assertThat(incident.state()).isEqualTo(State.DISPATCHED);
    assertThat(incident.level()).isEqualTo(Level.GRID);
    incident = after(incident, Duration.ofMinutes(2));
    assertThat(incident.level()).as("after 2 minutes").isEqualTo(Level.GRID);
    incident = after(incident, Duration.ofMinutes(2));
    assertThat(incident.level()).as("after 4 minutes").isEqualTo(Level.COMMUNITY);
    assertThat(kit.queries.replays(incident.id())).isTrue();
  }

  @Test
  void an_overdue_fire_goes_to_the_district_and_the_town_is_told() {
    kit.town
        .with(Town.person("mayor", Town.DISTRICT, Role.SUPERVISOR))
        .with(Town.person("town-lead", Town.TOWN, Role.SUPERVISOR));
    alarm(1, "smoke", "sm-1", Town.BUILDING, Severity.MAJOR);
    Incident incident = alarm(2, "smoke", "sm-2", Town.BUILDING, Severity.MAJOR);
    Person hands = kit.town.find(String.valueOf(incident.hands().assignee()));
    incident = kit.done(incident, new IncidentCommand.Accept(""), hands);
    assertThat(incident.level()).isEqualTo(Level.GRID);
    incident = after(incident, Duration.ofMinutes(41));
    assertThat(incident.level()).isEqualTo(Level.DISTRICT);
    assertThat(events(incident))
        .filteredOn(IncidentEvent.Escalated.class::isInstance)
        .singleElement()
        .satisfies(
            each ->
                assertThat(((IncidentEvent.Escalated) each).recipients())
                    .contains("mayor", "town-lead"));
  }

  @Test
  void the_end_of_a_parent_whatever_it_is_ends_its_duplicates() {
    Incident parent = kit.patrolReport(Town.GRID);
    Incident child = kit.patrolReport(Town.GRID);
    kit.done(child, new IncidentCommand.Link(parent.id(), ""), Town.DISPATCHER);
    kit.done(parent, new IncidentCommand.Reject("nothing there", null), Town.DISPATCHER);
    assertThat(now(child).state()).isEqualTo(State.CLOSED);

    Incident own = kit.patrolReport(Town.GRID);
    Incident copy = kit.patrolReport(Town.GRID);
    kit.done(copy, new IncidentCommand.Link(own.id(), ""), Town.DISPATCHER);
    kit.done(own, new IncidentCommand.SelfHandle("swept", null), Town.OFFICER);
    assertThat(now(copy).state()).isEqualTo(State.CLOSED);
  }

  @Test
  void an_alarm_at_a_duplicate_makes_its_parent_urgent() {
    Incident parent = alarm(1, "smoke", "sm-1", Town.GRID + "-00001", Severity.MINOR);
    Incident child = alarm(2, "smoke", "sm-2", Town.GRID + "-00002", Severity.MINOR);
    kit.done(child, new IncidentCommand.Link(parent.id(), "the same smoke"), Town.DISPATCHER);
    alarm(3, "smoke", "sm-3", Town.GRID + "-00002", Severity.MAJOR);
    assertThat(now(parent).priority()).isEqualTo(Priority.P1);
    assertThat(now(parent).state()).isEqualTo(State.DISPATCHED);
  }

  @Test
  void a_sensors_case_is_no_duplicate_of_a_report_that_need_not_say_how_it_ended() {
    Incident report = kit.patrolReport(Town.BUILDING);
    Incident alarm = alarm(1, "smoke", "sm-1", Town.BUILDING, Severity.MAJOR);
    assertThat(kit.refused(alarm, new IncidentCommand.Link(report.id(), ""), Town.DISPATCHER))
        .isEqualTo(Refusal.NOT_A_PARENT);
    kit.done(report, new IncidentCommand.Link(alarm.id(), ""), Town.DISPATCHER);
  }

  @Test
  void whoever_had_it_in_work_never_checks_it_however_they_got_it() {
    Incident i = inWork(Town.OFFICER);
    i = kit.done(i, new IncidentCommand.Assign("chen", ""), Town.DISPATCHER);
    i = kit.done(i, new IncidentCommand.Assign("olga", ""), Town.DISPATCHER);
    i = kit.done(i, new IncidentCommand.Feedback("done", List.of()), Town.OFFICER);
    for (Person each : List.of(Town.OFFICER, Town.CHECKER)) {
      assertThat(kit.refused(i, new IncidentCommand.Check(""), each))
          .isEqualTo(Refusal.HANDLED_IT_YOURSELF);
      assertThat(kit.refused(i, new IncidentCommand.Verify(null, ""), each))
          .isEqualTo(Refusal.HANDLED_IT_YOURSELF);
    }
  }

  private Incident residentReport() {
    Opening opening =
        new Opening("SAFETY_HAZARD", Town.BUILDING, "Wires", "", Origin.RESIDENT, null, List.of());
    return ((Result.Done) kit.desk.open(opening, Town.RESIDENT, null).join()).incident();
  }

  @Test
  void a_residents_report_is_filed_only_once_somebody_has_looked() {
    Incident i = residentReport();
    assertThat(kit.refused(i, new IncidentCommand.File(""), Town.DISPATCHER))
        .isEqualTo(Refusal.NOT_VERIFIED);
    i = kit.done(i, new IncidentCommand.Verify("chen", ""), Town.DISPATCHER);
    assertThat(kit.refused(i, new IncidentCommand.File(""), Town.DISPATCHER))
        .isEqualTo(Refusal.NOT_VERIFIED);
    i = kit.done(i, new IncidentCommand.Verify(null, "it is so"), Town.CHECKER);
    i = kit.done(i, new IncidentCommand.File(""), Town.DISPATCHER);
    assertThat(events(i))
        .filteredOn(IncidentEvent.Verified.class::isInstance)
        .containsExactly(new IncidentEvent.Verified("by chen"));
  }

  @Test
  void a_resident_does_not_say_how_urgent_it_is() {
    Opening opening =
        new Opening(
            "SAFETY_HAZARD", Town.BUILDING, "Wires", "", Origin.RESIDENT, Priority.P1, List.of());
    assertThat(kit.desk.open(opening, Town.RESIDENT, null).join())
        .isInstanceOfSatisfying(
            Result.Refused.class, r -> assertThat(r.kind()).isEqualTo(Refusal.BAD_FIELD));
  }

  @Test
  void a_deferral_is_decided_one_way_or_the_other_and_by_somebody_else() {
    Incident i = inWork(Town.HANDLER);
    Instant due = i.dues().get(Stage.HANDLE).at();
    Instant until = due.plus(Duration.ofDays(2));
    i = kit.done(i, new IncidentCommand.RequestDeferral(until, "parts"), Town.HANDLER);
    assertThat(kit.refused(i, new IncidentCommand.DecideDeferral(null, ""), Town.DISPATCHER))
        .isEqualTo(Refusal.BAD_FIELD);
    Incident no = kit.done(i, new IncidentCommand.DecideDeferral(false, "no"), Town.DISPATCHER);
    assertThat(no.dues().get(Stage.HANDLE).at()).isEqualTo(due);
    i = kit.done(no, new IncidentCommand.RequestDeferral(until, "parts"), Town.HANDLER);
    i = kit.done(i, new IncidentCommand.DecideDeferral(true, "yes"), Town.SUPERVISOR);
    assertThat(i.dues().get(Stage.HANDLE).at()).isEqualTo(until);
    assertThat(i.dues().get(Stage.CASE).at()).isAfterOrEqualTo(until);
  }

  @Test
  void a_case_that_is_suspended_is_not_due_and_comes_back_no_slower_than_its_priority() {
    Incident i = inWork(Town.HANDLER);
    assertThat(i.limits().handleBy()).isNotNull();
    i = kit.done(i, new IncidentCommand.Suspend("no crane"), Town.SUPERVISOR);
    assertThat(i.limits()).isEqualTo(Limits.NONE);
    i = kit.done(i, new IncidentCommand.Resume(""), Town.SUPERVISOR);
    assertThat(i.limits().handleBy()).isEqualTo(i.dues().get(Stage.HANDLE).at());
    i = kit.done(i, new IncidentCommand.Return("not ours"), Town.HANDLER);
    assertThat(i.limits().handleBy()).isNull();
  }

  @Test
  void the_chiefs_of_a_building_are_told_of_theirs_alone() {
    kit.town
        .with(Town.person("chief", Town.BUILDING, Role.RESIDENT))
        .with(Town.person("next-door", Town.GRID + "-00002", Role.RESIDENT));
    Incident i = alarm(1, "smoke", "sm-1", Town.BUILDING, Severity.MAJOR);
    assertThat(events(i))
        .filteredOn(IncidentEvent.Informed.class::isInstance)
        .singleElement()
        .satisfies(
            each -> assertThat(((IncidentEvent.Informed) each).people()).containsExactly("chief"));
  }

  @Test
  void the_work_of_somebody_counts_for_their_department() {
    kit.town.with(new Person("gas", "Gas", Set.of(Role.HANDLER), Town.TOWN, true, "", "燃气"));
    Incident i = kit.patrolReport(Town.BUILDING);
    i = kit.done(i, new IncidentCommand.File(""), Town.DISPATCHER);
    i = kit.done(i, new IncidentCommand.Dispatch("gas", null, ""), Town.DISPATCHER);
    assertThat(i.hands().department()).isEqualTo("燃气");
  }

  @Test
  void one_command_on_many_with_a_key_happens_once_to_each() {
    List<String> ids = new ArrayList<>();
    for (String ignored : BOTH) {
      ids.add(kit.patrolReport(Town.GRID).id());
    }
    var note = new IncidentCommand.Comment("seen");
    kit.desk.commands(ids, note, Town.DISPATCHER, "k").join();
    kit.desk.commands(ids, note, Town.DISPATCHER, "k").join();
    for (String each : ids) {
      assertThat(kit.queries.history(each))
          .filteredOn(e -> e.event().name().equals("commented"))
          .hasSize(1);
    }
  }

  @Test
  void who_cannot_see_a_case_is_not_told_that_it_is_there() {
    Incident i = kit.patrolReport(Town.GRID);
    assertThat(kit.refused(i, new IncidentCommand.Comment("x"), Town.OTHER_OFFICER))
        .isEqualTo(Refusal.NO_SUCH_INCIDENT);
  }

  @Test
  void a_command_with_a_field_that_it_does_not_have_is_refused_by_name() {
    var fields = IncidentJson.object().put("asignee", "olga");
    assertThat(IncidentJson.command("dispatch", fields))
        .isInstanceOfSatisfying(
            IncidentJson.Parsed.Bad.class,
            bad ->
                assertThat(bad.sentence())
                    .contains("dispatch has no field asignee", "assignee, department, note"));
  }

  @Test
  void a_catalog_that_would_be_misread_is_refused() {
    assertThatThrownBy(() -> catalog("P2: {escalate: [{after: 1wd, level: TOWN}]}"))
        .hasMessageContaining("escalate.after of a priority is in s, m or h, but was 1wd");
    assertThatThrownBy(() -> catalog("P2: {whenOverdue: perhaps}"))
        .hasMessageContaining("stay, climb or top, but was perhaps");
  }

  private static Catalog catalog(String priority) throws IOException {
    String yaml = "priorities:\n  " + priority + "\n";
    try (InputStream holidays = Catalog.class.getResourceAsStream("/incident/holidays.yaml")) {
      return Catalog.parse(
          new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)),
          Holidays.parse(holidays));
    }
  }
}
