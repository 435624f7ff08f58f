package dev.hologrid.gateway.incident;

import static dev.hologrid.gateway.incident.Role.ADMIN;
import static dev.hologrid.gateway.incident.Role.DISPATCHER;
import static dev.hologrid.gateway.incident.Role.HANDLER;
import static dev.hologrid.gateway.incident.Role.OFFICER;
import static dev.hologrid.gateway.incident.Role.RESIDENT;
import static dev.hologrid.gateway.incident.Role.SUPERVISOR;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may make a move: roles, and how the person stands to the incident. */
enum Who {
  DESK(DISPATCHER, ADMIN),
  LEADS(SUPERVISOR, ADMIN),
  DESK_OR_LEAD(DISPATCHER, SUPERVISOR, ADMIN),
  OFFICERS(OFFICER),
  STAFF(OFFICER, HANDLER, DISPATCHER, SUPERVISOR, ADMIN),
  STAFF_BUT_NOT_A_HANDLER(OFFICER, HANDLER, DISPATCHER, SUPERVISOR, ADMIN),
  /** The command centre or an officer, never one who handled the case. */
  CHECKERS(OFFICER, DISPATCHER, SUPERVISOR, ADMIN),
  /** The assignee, or any handler in scope while the case is with a whole department. */
  HOLDER(OFFICER, HANDLER, DISPATCHER, ADMIN),
  DESK_LEAD_OR_REPORTER(DISPATCHER, SUPERVISOR, ADMIN, OFFICER, HANDLER, RESIDENT),
  ANYONE(RESIDENT, OFFICER, HANDLER, DISPATCHER, SUPERVISOR, ADMIN);

  private final Set<Role> roles;

  Who(Role first, Role... others) {
    roles = Set.copyOf(EnumSet.of(first, others));
  }

  Set<Role> roles() {
    return roles;
  }

  /** Null when the person may; else why not. Scope is checked by {@link Permit}. */
  Decision.@Nullable Refused refuse(Incident incident, Person person) {
    if (person.roles().stream().noneMatch(roles::contains)) {
      return Decision.refuse(
          Refusal.NOT_YOUR_ROLE,
          "expected one of the roles " + roles + ", but " + person.id() + " has " + person.roles());
    }
    return switch (this) {
      case CHECKERS, STAFF_BUT_NOT_A_HANDLER -> notHandler(incident, person);
      case HOLDER -> holds(incident, person);
      case DESK_LEAD_OR_REPORTER -> reporterOrDesk(incident, person);
      default -> null;
    };
  }

  private static Decision.@Nullable Refused notHandler(Incident incident, Person person) {
    return incident.hands().handlers().contains(person.id())
        ? Decision.refuse(
            Refusal.HANDLED_IT_YOURSELF,
            "expected somebody who did not handle the case, but " + person.id() + " did")
        : null;
  }

  private static Decision.@Nullable Refused holds(Incident incident, Person person) {
    String assignee = incident.hands().assignee();
    boolean holds =
        assignee == null ? holdsForDepartment(incident, person) : assignee.equals(person.id());
    return holds
        ? null
        : Decision.refuse(
            Refusal.NOT_ASSIGNED_TO_YOU,
            "expected " + assignee + ", who has the case, but was " + person.id());
  }

  private static boolean holdsForDepartment(Incident incident, Person person) {
    String department = incident.hands().department();
    return department != null
        && person.covers(incident.spot().path())
        && person.worksFor(department);
  }

  private static Decision.@Nullable Refused reporterOrDesk(Incident incident, Person person) {
    boolean reporter = person.id().equals(incident.report().reporter());
    boolean desk = person.has(DISPATCHER) || person.has(SUPERVISOR) || person.has(ADMIN);
    return reporter || desk
        ? null
        : Decision.refuse(
            Refusal.NOT_YOUR_ROLE,
            "expected the reporter, a dispatcher or a supervisor, but was " + person.id());
  }
}
