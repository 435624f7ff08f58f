package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.incident.Decision.Accepted;
import dev.hologrid.gateway.incident.Decision.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decide: a command on an incident gives events or a refusal. Pure. */
final class IncidentDecider {
  private static final Duration LONGEST_DEFERRAL = Duration.ofDays(366);

  private IncidentDecider() {}

  static Decision decide(
      Incident incident, IncidentCommand command, Person person, Instant now, Policy policy) {
    Refused refused = Permit.refuse(incident, command.move(), person);
    if (refused != null) {
      return refused;
    }
    Decision decision = decide(new Case(incident, person, now, policy), command);
    return decision instanceof Accepted a
        ? new Accepted(Deadlines.after(incident, a.events(), now, policy))
        : decision;
  }

  private record Case(Incident incident, Person person, Instant now, Policy policy) {}

  private static Decision decide(Case c, IncidentCommand command) {
    return switch (command) {
      case IncidentCommand.Verify v -> verify(c, v);
      case IncidentCommand.File f -> file(c, f);
      case IncidentCommand.Reject r -> Endings.reject(c.incident, r);
      case IncidentCommand.SelfHandle s -> Endings.selfHandle(c.incident, s);
      case IncidentCommand.Dispatch d -> dispatch(c, d);
      case IncidentCommand.Acknowledge a ->
          c.incident.hands().acknowledged()
              ? Decision.refuse(Refusal.NO_CHANGE, "the case is already acknowledged")
              : Decision.accept(new IncidentEvent.Acknowledged(text(a.note())));
      case IncidentCommand.Accept a -> Decision.accept(new IncidentEvent.Accepted(text(a.note())));
      case IncidentCommand.Assign a -> assign(c, a);
      case IncidentCommand.Feedback f -> feedback(f);
      case IncidentCommand.Check k ->
          Decision.accept(new IncidentEvent.CheckStarted(text(k.note())));
      case IncidentCommand.Rework r ->
          blank(r.reason())
              ? reason("rework")
              : Decision.accept(new IncidentEvent.ReworkOrdered(text(r.reason())));
      case IncidentCommand.Close k -> Endings.close(c.incident, k);
      case IncidentCommand.Return r ->
          blank(r.reason())
              ? reason("return")
              : Decision.accept(new IncidentEvent.Returned(text(r.reason())));
      case IncidentCommand.RequestDeferral r -> requestDeferral(c, r);
      case IncidentCommand.DecideDeferral d -> decideDeferral(c, d);
      case IncidentCommand.Suspend s -> suspend(c, s);
      case IncidentCommand.Resume r -> Decision.accept(new IncidentEvent.Resumed(text(r.note())));
      case IncidentCommand.Supervise s -> supervise(c, s);
      case IncidentCommand.Unsupervise u ->
          c.incident.supervised()
              ? Decision.accept(new IncidentEvent.Unsupervised(text(u.note())))
              : Decision.refuse(Refusal.NO_CHANGE, "the case is not under supervision");
      case IncidentCommand.Escalate e -> escalate(c, e);
      case IncidentCommand.ForceClose f -> forceClose(c, f);
      case IncidentCommand.Reopen r -> reopen(c, r);
      case IncidentCommand.Comment m ->
          blank(m.note())
              ? Decision.refuse(Refusal.REASON_REQUIRED, "expected a note, but it was empty")
              : Decision.accept(new IncidentEvent.Commented(text(m.note())));
      case IncidentCommand.Link l -> link(c, l);
    };
  }

  private static Decision verify(Case c, IncidentCommand.Verify v) {
    if (c.incident.state() == State.REPORTED) {
      Refused unknown = v.assignee() == null ? null : cannotHandle(c, v.assignee());
      return unknown != null
          ? unknown
          : Decision.accept(new IncidentEvent.VerificationAsked(v.assignee(), text(v.note())));
    }
    if (c.incident.verified()) {
      return Decision.refuse(Refusal.NO_CHANGE, "the case is already verified");
    }
    return Decision.accept(new IncidentEvent.Verified("by " + c.person.id()));
  }

  /**
   * A resident's report is looked at on site first (核实) and confirmed by whoever looked; what is
   * urgent is not kept waiting for that, and a sensor's alarm neither.
   */
  private static Decision file(Case c, IncidentCommand.File f) {
    if (needsLook(c.incident)) {
      return Decision.refuse(
          Refusal.NOT_VERIFIED,
          "expected a resident's report of priority "
              + c.incident.priority()
              + (c.incident.state() == State.VERIFYING
                  ? " to be confirmed first: whoever looked sends verify"
                  : " to be verified first: send verify with an assignee"));
    }
    return Decision.accept(new IncidentEvent.Filed(c.person.isSystem(), text(f.note())));
  }

  private static Decision dispatch(Case c, IncidentCommand.Dispatch d) {
    String department = blank(d.department()) ? null : d.department();
    if (blank(d.assignee()) && department == null) {
      return Decision.refuse(
          Refusal.ASSIGNEE_REQUIRED, "expected an assignee or a department, but got neither");
    }
    String assignee = blank(d.assignee()) ? null : d.assignee();
    Refused unknown = assignee == null ? null : cannotHandle(c, assignee);
    return unknown != null
        ? unknown
        : Decision.accept(
            new IncidentEvent.Dispatched(
                assignee,
                department == null ? departmentOf(c, assignee) : department,
                text(d.note())));
  }

  /** Somebody's work counts for their department, whoever was named. */
  private static @Nullable String departmentOf(Case c, @Nullable String assignee) {
    Person person = assignee == null ? null : c.policy.people().find(assignee);
    return person == null || person.department().isEmpty() ? null : person.department();
  }

  private static Decision assign(Case c, IncidentCommand.Assign a) {
    if (a.assignee() == null || a.assignee().isBlank()) {
      return Decision.refuse(Refusal.ASSIGNEE_REQUIRED, "expected an assignee, but got none");
    }
    if (a.assignee().equals(c.incident.hands().assignee())) {
      return Decision.refuse(Refusal.NO_CHANGE, "the case is already with " + a.assignee());
    }
    Refused unknown = cannotHandle(c, a.assignee());
    return unknown != null
        ? unknown
        : Decision.accept(new IncidentEvent.Assigned(a.assignee(), text(a.note())));
  }

  private static Decision feedback(IncidentCommand.Feedback f) {
    if (blank(f.note())) {
      return reason("feedback");
    }
    List<String> photos = f.photos() == null ? List.of() : List.copyOf(f.photos());
    return Decision.accept(new IncidentEvent.FeedbackGiven(text(f.note()), photos));
  }

  /** True while a report must be verified before it can be filed. */
  static boolean needsLook(Incident incident) {
    boolean urgent = incident.priority() == Priority.P1 || incident.priority() == Priority.P2;
    return incident.report().origin() == Origin.RESIDENT && !incident.verified() && !urgent;
  }

  private static Decision requestDeferral(Case c, IncidentCommand.RequestDeferral r) {
    if (blank(r.reason())) {
      return reason("request_deferral");
    }
    Due due = c.incident.dues().get(Stage.HANDLE);
    Instant earliest = due == null || due.at().isBefore(c.now) ? c.now : due.at();
    Instant until = r.until();
    if (until == null || !until.isAfter(earliest) || until.isAfter(c.now.plus(LONGEST_DEFERRAL))) {
      return Decision.refuse(
          Refusal.BAD_TIME,
          "expected a time after " + earliest + " within a year, but was " + until);
    }
    return Decision.accept(new IncidentEvent.DeferralRequested(until, text(r.reason())));
  }

  private static Decision decideDeferral(Case c, IncidentCommand.DecideDeferral d) {
    if (c.person.id().equals(c.incident.hands().deferralBy())) {
      return Decision.refuse(
          Refusal.REQUESTED_IT_YOURSELF,
          "expected somebody else to decide, but " + c.person.id() + " asked for the deferral");
    }
    if (d.approved() == null) {
      return Decision.refuse(
          Refusal.BAD_FIELD, "expected approved to be true or false, but there was none");
    }
    return Decision.accept(new IncidentEvent.DeferralDecided(d.approved(), text(d.note())));
  }

  private static Decision suspend(Case c, IncidentCommand.Suspend s) {
    if (blank(s.reason())) {
      return reason("suspend");
    }
    Map<Stage, Long> left = new java.util.EnumMap<>(Stage.class);
    c.incident
        .dues()
        .forEach(
            (stage, due) -> left.put(stage, c.policy.leftMillis(c.incident, stage, due, c.now)));
    return Decision.accept(new IncidentEvent.Suspended(text(s.reason()), left));
  }

  private static Decision supervise(Case c, IncidentCommand.Supervise s) {
    if (c.incident.supervised()) {
      return Decision.refuse(Refusal.NO_CHANGE, "the case is already under supervision");
    }
    Supervision kind = s.kind() == null ? Supervision.LEADER : s.kind();
    return blank(s.reason())
        ? reason("supervise")
        : Decision.accept(new IncidentEvent.Supervised(text(s.reason()), kind));
  }

  private static Decision escalate(Case c, IncidentCommand.Escalate e) {
    if (c.incident.level() == Level.DISTRICT) {
      return Decision.refuse(Refusal.TOP_LEVEL, "expected a level below DISTRICT, but it is there");
    }
    if (blank(e.reason())) {
      return reason("escalate");
    }
    return Decision.accept(
        escalated(c.incident, c.incident.level().next(), text(e.reason()), c.policy));
  }

  /** One event however many people are told; those of a town that is jumped over are, too. */
  static IncidentEvent.Escalated escalated(
      Incident incident, Level level, String reason, Policy policy) {
    Set<String> told = new TreeSet<>(Routing.responsible(incident.spot(), level, policy.people()));
    if (level == Level.DISTRICT && Level.TOWN.above(incident.level())) {
      told.addAll(Routing.responsible(incident.spot(), Level.TOWN, policy.people()));
    }
    return new IncidentEvent.Escalated(level, reason, List.copyOf(told));
  }

  private static Decision forceClose(Case c, IncidentCommand.ForceClose f) {
    if (c.incident.hands().handlers().contains(c.person.id())) {
      return Decision.refuse(
          Refusal.HANDLED_IT_YOURSELF, "expected somebody who did not handle the case");
    }
    return blank(f.reason())
        ? reason("force_close")
        : Decision.accept(
            new IncidentEvent.Closed(
                new Outcome(Resolution.FORCED, 0, 0, 0), true, text(f.reason())));
  }

  private static Decision reopen(Case c, IncidentCommand.Reopen r) {
    if (blank(r.reason())) {
      return reason("reopen");
    }
    Instant closed = Objects.requireNonNull(c.incident.times().closed());
    boolean desk =
        c.person.has(Role.DISPATCHER) || c.person.has(Role.SUPERVISOR) || c.person.has(Role.ADMIN);
    if (!desk && c.now.isAfter(closed.plus(c.policy.reopenWithin()))) {
      return Decision.refuse(
          Refusal.TOO_LATE,
          "expected to reopen within " + c.policy.reopenWithin().toDays() + " days of " + closed);
    }
    State to = c.incident.state() == State.CLOSED ? State.FILED : State.REPORTED;
    return Decision.accept(new IncidentEvent.Reopened(to, text(r.reason())));
  }

  private static Decision link(Case c, IncidentCommand.Link l) {
    if (l.parent() == null || l.parent().isBlank() || l.parent().equals(c.incident.id())) {
      return Decision.refuse(Refusal.NOT_A_PARENT, "expected another incident, but was itself");
    }
    return l.parent().equals(c.incident.parent())
        ? Decision.refuse(Refusal.NO_CHANGE, "the case is already linked to " + l.parent())
        : Decision.accept(new IncidentEvent.Linked(l.parent(), text(l.note())));
  }

  private static @Nullable Refused cannotHandle(Case c, String assignee) {
    Person person = c.policy.people().find(assignee);
    if (person == null) {
      return Decision.refuse(
          Refusal.UNKNOWN_PERSON, "expected a known person, but was " + assignee);
    }
    boolean hands =
        person.has(Role.OFFICER) || person.has(Role.HANDLER) || person.has(Role.DISPATCHER);
    return hands
        ? null
        : Decision.refuse(
            Refusal.CANNOT_HANDLE,
            "expected an officer, handler or dispatcher, but "
                + assignee
                + " is "
                + person.roles());
  }

  static Refused reason(String word) {
    return Decision.refuse(Refusal.REASON_REQUIRED, "expected a reason with " + word);
  }

  static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  static String text(@Nullable String text) {
    return text == null ? "" : text.strip();
  }
}
