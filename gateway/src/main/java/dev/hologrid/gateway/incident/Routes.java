package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.incident.Decision.Accepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The default routing: what happens to a new incident without anybody's hand, as plain events. */
final class Routes {
  private final Unit unit;
  private final Policy policy;
  private final Instant now;

  Routes(Unit unit, Policy policy, Instant now) {
    this.unit = unit;
    this.policy = policy;
    this.now = now;
  }

  /**
   * Files and dispatches what must not wait and is with nobody: urgent sensor incidents, before
   * anybody has verified them and though somebody may be doing so; orders from above; disputes, to
   * the mediation organisation of the place. Returns the incident as it is then.
   */
  Incident send(Incident incident) {
    boolean unsent =
        switch (incident.state()) {
          case REPORTED, FILED -> true;
          case VERIFYING -> incident.report().origin() == Origin.SENSOR;
          default -> false;
        };
    if (!unsent || incident.parent() != null || !waitsForNobody(incident)) {
      return incident;
    }
    Incident filed =
        incident.state() == State.FILED
            ? incident
            : step(incident, new IncidentCommand.File("by policy"));
    Category category = policy.catalog().find(incident.report().category());
    String department = category == null ? null : category.department();
    IncidentCommand.Dispatch dispatch =
        incident.report().origin() == Origin.DISPUTE
            ? mediation(incident, department)
            : responder(incident, department);
    return dispatch == null ? filed : step(filed, dispatch);
  }

  private boolean waitsForNobody(Incident incident) {
    return switch (incident.report().origin()) {
      case SENSOR -> policy.catalog().urgency(incident.priority()).autoDispatch();
      case COMMAND, DISPUTE -> true;
      case PATROL, RESIDENT -> false;
    };
  }

  private IncidentCommand.@Nullable Dispatch responder(
      Incident incident, @Nullable String department) {
    Person person = Routing.firstResponder(incident.spot(), policy.people(), unit::openCases, now);
    return person == null && department == null
        ? null
        : new IncidentCommand.Dispatch(
            person == null ? null : person.id(), department, "nearest on duty");
  }

  /** The nearest organisation for this kind, else the department that the catalog names. */
  private IncidentCommand.@Nullable Dispatch mediation(Incident incident, @Nullable String kind) {
    Mediation.Organisation organisation =
        policy.mediation() == null
            ? null
            : policy
                .mediation()
                .route(incident.spot(), incident.report().category(), unit::openOfDepartment);
    if (organisation != null) {
      return new IncidentCommand.Dispatch(null, organisation.id(), organisation.name());
    }
    String place = incident.spot().at(Math.min(2, incident.spot().path().size() - 1));
    return kind == null
        ? null
        : new IncidentCommand.Dispatch(null, kind + "/" + place, "mediation");
  }

  private Incident step(Incident incident, IncidentCommand command) {
    Decision decision = IncidentDecider.decide(incident, command, Person.SYSTEM, now, policy);
    return decision instanceof Accepted a
        ? unit.append(incident.id(), incident, a.events(), now, Person.SYSTEM)
        : incident;
  }

  /**
   * Tells the chiefs of the building (楼长): the people whose scope is just that building. Returns
   * the incident as it is then.
   */
  Incident inform(Incident incident) {
    String building = incident.spot().at(4);
    if (building.isEmpty()) {
      return incident;
    }
    List<String> chiefs =
        policy.people().all().stream()
            .filter(each -> each.scope().equals(building))
            .map(Person::id)
            .sorted()
            .toList();
    return chiefs.isEmpty()
        ? incident
        : unit.append(
            incident.id(),
            incident,
            List.of(new IncidentEvent.Informed(chiefs, "chief of the building")),
            now,
            Person.SYSTEM);
  }

  /** The end of a parent closes its duplicates, which nobody would look at any more. */
  void closeDuplicates(Incident parent) {
    if (parent.isOpen()) {
      return;
    }
    for (Incident each : openDuplicates(parent)) {
      Outcome outcome = new Outcome(Resolution.DUPLICATE, 0, 0, 0);
      unit.append(
          each.id(),
          each,
          List.of(new IncidentEvent.Closed(outcome, false, "closed with " + parent.number())),
          now,
          Person.SYSTEM);
    }
  }

  List<Incident> openDuplicates(Incident parent) {
    List<Incident> open = new ArrayList<>();
    for (String each :
        unit.handle()
            .createQuery("select id from incidents where parent = :p and is_open = 1 order by id")
            .bind("p", parent.id())
            .mapTo(String.class)
            .list()) {
      Incident child = unit.find(each);
      if (child != null && child.isOpen()) {
        open.add(child);
      }
    }
    return open;
  }
}
