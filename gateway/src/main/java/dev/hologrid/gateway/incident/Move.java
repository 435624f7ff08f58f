package dev.hologrid.gateway.incident;

import static dev.hologrid.gateway.incident.State.CHECKING;
import static dev.hologrid.gateway.incident.State.CLOSED;
import static dev.hologrid.gateway.incident.State.DEFERRAL_PENDING;
import static dev.hologrid.gateway.incident.State.DISPATCHED;
import static dev.hologrid.gateway.incident.State.FILED;
import static dev.hologrid.gateway.incident.State.HANDLING;
import static dev.hologrid.gateway.incident.State.REJECTED;
import static dev.hologrid.gateway.incident.State.REPORTED;
import static dev.hologrid.gateway.incident.State.RETURNED;
import static dev.hologrid.gateway.incident.State.SELF_HANDLED;
import static dev.hologrid.gateway.incident.State.SUSPENDED;
import static dev.hologrid.gateway.incident.State.VERIFYING;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The moves of the workflow: from which states, by whom, with what. The one table that the decider
 * obeys and that the console's buttons are made from.
 */
public enum Move {
  VERIFY(Who.STAFF_BUT_NOT_A_HANDLER, open(), "note"),
  FILE(Who.DESK, states(REPORTED, VERIFYING, RETURNED), "note"),
  REJECT(Who.DESK, states(REPORTED, VERIFYING), "reason"),
  SELF_HANDLE(Who.OFFICERS, states(REPORTED, VERIFYING), "note"),
  DISPATCH(Who.DESK, states(FILED), "assignee", "note"),
  ACKNOWLEDGE(Who.HOLDER, states(DISPATCHED)),
  ACCEPT(Who.HOLDER, states(DISPATCHED)),
  ASSIGN(Who.DESK, states(DISPATCHED, HANDLING), "assignee", "note"),
  FEEDBACK(Who.HOLDER, states(HANDLING), "note"),
  CHECK(Who.CHECKERS, states(State.FEEDBACK)),
  REWORK(Who.CHECKERS, states(CHECKING), "reason"),
  CLOSE(Who.CHECKERS, states(CHECKING), "resolution", "note"),
  RETURN(Who.HOLDER, states(DISPATCHED, HANDLING), "reason"),
  REQUEST_DEFERRAL(Who.HOLDER, states(HANDLING), "until", "reason"),
  DECIDE_DEFERRAL(Who.DESK_OR_LEAD, states(DEFERRAL_PENDING), "approved", "note"),
  SUSPEND(Who.DESK_OR_LEAD, states(HANDLING), "reason"),
  RESUME(Who.DESK_OR_LEAD, states(SUSPENDED), "note"),
  SUPERVISE(Who.LEADS, open(), "reason"),
  UNSUPERVISE(Who.LEADS, open(), "note"),
  ESCALATE(Who.STAFF, open(), "reason"),
  FORCE_CLOSE(Who.LEADS, open(), "reason"),
  REOPEN(Who.DESK_LEAD_OR_REPORTER, states(CLOSED, REJECTED, SELF_HANDLED), "reason"),
  COMMENT(Who.ANYONE, EnumSet.allOf(State.class), "note"),
  LINK(Who.DESK, open(), "parent", "note");

  private final Who who;
  private final Set<State> from;
  private final List<String> needs;

  Move(Who who, Set<State> from, String... needs) {
    this.who = who;
    this.from = Set.copyOf(from);
    this.needs = List.of(needs);
  }

  /** The word used in requests, for example {@code request_deferral}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The fields that a form for it should ask for. */
  public List<String> needs() {
    return needs;
  }

  /** The same for one incident: a sensor's says how it ended, however it ends. */
  public List<String> needs(Incident incident) {
    boolean ends = this == REJECT || this == SELF_HANDLE;
    if (!ends || incident.report().origin() != Origin.SENSOR) {
      return needs;
    }
    List<String> more = new ArrayList<>(needs);
    more.add("resolution");
    return more;
  }

  Who who() {
    return who;
  }

  boolean from(State state) {
    return from.contains(state);
  }

  Set<State> from() {
    return from;
  }

  private static Set<State> open() {
    EnumSet<State> open = EnumSet.allOf(State.class);
    open.removeIf(each -> !each.isOpen());
    return open;
  }

  private static Set<State> states(State first, State... others) {
    return EnumSet.of(first, others);
  }
}
