package dev.hologrid.gateway.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that time alone will do to an incident. Which timers an incident has follows from its
 * state, so a timer that has fired is gone: it cannot fire twice.
 *
 * @param stage the limit it belongs to; CASE for an escalation step
 */
record Timer(Kind kind, Stage stage, Instant at) {
  enum Kind {
    REMIND,
    OVERDUE,
    ESCALATE
  }

  static List<Timer> of(Incident incident, Policy policy) {
    List<Timer> timers = new ArrayList<>();
    if (!incident.isOpen() || incident.parent() != null) {
      return timers;
    }
    incident
        .dues()
        .forEach(
            (stage, due) -> {
              if (!due.reminded()) {
                timers.add(new Timer(Kind.REMIND, stage, due.remindAt()));
              }
              if (!due.overdue()) {
                timers.add(new Timer(Kind.OVERDUE, stage, due.at()));
              }
            });
    Urgency.Step step = nextStep(incident, policy);
    if (step != null) {
      timers.add(
          new Timer(Kind.ESCALATE, Stage.CASE, incident.times().waitingSince().plus(step.after())));
    }
    return timers;
  }

  /** What firing means, or no events when the incident has moved on. */
  static List<IncidentEvent> fire(Incident incident, Timer timer, Instant now, Policy policy) {
    boolean still =
        of(incident, policy).stream()
            .anyMatch(
                each ->
                    each.kind() == timer.kind()
                        && each.stage() == timer.stage()
                        && !each.at().isAfter(now));
    if (!still) {
      return List.of();
    }
    Urgency urgency = policy.catalog().urgency(incident.priority());
    List<IncidentEvent> events = new ArrayList<>();
    switch (timer.kind()) {
      case REMIND -> {
        events.add(new IncidentEvent.Reminded(timer.stage()));
        if (timer.stage() == Stage.CASE
            && urgency.supervisedAtReminder()
            && !incident.supervised()) {
          events.add(
              new IncidentEvent.Supervised(
                  "little of the time limit is left", Supervision.TIMEOUT));
        }
      }
      case OVERDUE -> {
        events.add(new IncidentEvent.WentOverdue(timer.stage()));
        Level to = urgency.overdueLevel(timer.stage(), incident.level());
        if (to.above(incident.level())) {
          events.add(
              IncidentDecider.escalated(incident, to, timer.stage() + " is overdue", policy));
        }
      }
      case ESCALATE -> {
        Urgency.Step step = nextStep(incident, policy);
        if (step != null) {
          events.add(
              IncidentDecider.escalated(
                  incident, step.level(), "nobody has taken it in " + step.after(), policy));
        }
      }
    }
    return events;
  }

  private static Urgency.@Nullable Step nextStep(Incident incident, Policy policy) {
    if (!incident.state().waitsForHands()) {
      return null;
    }
    for (Urgency.Step each : policy.catalog().urgency(incident.priority()).steps()) {
      if (each.level().above(incident.level())) {
        return each;
      }
    }
    return null;
  }
}
