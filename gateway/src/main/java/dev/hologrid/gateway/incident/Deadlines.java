package dev.hologrid.gateway.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which time limits begin with an event. They become events, so that replay needs no policy. */
final class Deadlines {
  private Deadlines() {}

  /** The same events, each followed by the limits that it begins. */
  static List<IncidentEvent> after(
      @Nullable Incident incident, List<IncidentEvent> events, Instant now, Policy policy) {
    List<IncidentEvent> all = new ArrayList<>();
    for (IncidentEvent each : events) {
      all.add(each);
      limits(incident, each, now, policy, all);
    }
    return all;
  }

  private static void limits(
      @Nullable Incident before,
      IncidentEvent event,
      Instant now,
      Policy policy,
      List<IncidentEvent> to) {
    if (event instanceof IncidentEvent.Opened e) {
      begin(e.report().category(), e.priority(), Stage.DISPATCH, now, policy, to);
      begin(e.report().category(), e.priority(), Stage.CASE, now, policy, to);
      return;
    }
    Incident incident = Objects.requireNonNull(before);
    switch (event) {
      case IncidentEvent.Filed ignored -> {
        if (incident.state() == State.RETURNED) {
          begin(incident, Stage.DISPATCH, now, policy, to);
        }
      }
      case IncidentEvent.Dispatched ignored -> begin(incident, Stage.ACCEPT, now, policy, to);
      case IncidentEvent.Accepted ignored -> begin(incident, Stage.HANDLE, now, policy, to);
      case IncidentEvent.FeedbackGiven ignored -> begin(incident, Stage.CHECK, now, policy, to);
      case IncidentEvent.ReworkOrdered ignored -> begin(incident, Stage.HANDLE, now, policy, to);
      case IncidentEvent.DeferralDecided e -> deferred(incident, e, now, policy, to);
      case IncidentEvent.Resumed ignored ->
          incident.left().entrySet().stream()
              .sorted(java.util.Map.Entry.comparingByKey())
              .forEach(
                  left -> to.add(resumed(incident, left.getKey(), left.getValue(), now, policy)));
      case IncidentEvent.Reopened ignored -> {
        begin(incident, Stage.DISPATCH, now, policy, to);
        begin(incident, Stage.CASE, now, policy, to);
      }
      case IncidentEvent.PriorityRaised e -> raised(incident, e.priority(), now, policy, to);
      default -> {}
    }
  }

  /** What was left, but no more than the priority, which may have risen meanwhile, gives. */
  private static IncidentEvent.DueSet resumed(
      Incident incident, Stage stage, long leftMillis, Instant now, Policy policy) {
    IncidentEvent.DueSet left = policy.resume(incident, stage, now, leftMillis);
    IncidentEvent.DueSet whole =
        policy.begin(incident.report().category(), incident.priority(), stage, now);
    return whole != null
            && incident.counts().deferrals() == 0 // a deferral may leave more than that
            && whole.due().at().isBefore(left.due().at())
        ? whole
        : left;
  }

  private static void deferred(
      Incident incident,
      IncidentEvent.DeferralDecided decided,
      Instant now,
      Policy policy,
      List<IncidentEvent> to) {
    Instant until = incident.hands().deferralUntil();
    if (!decided.approved() || until == null) {
      return;
    }
    to.add(policy.until(incident, Stage.HANDLE, now, until));
    Due whole = incident.dues().get(Stage.CASE);
    if (whole != null && whole.at().isBefore(until)) {
      to.add(policy.until(incident, Stage.CASE, now, until));
    }
  }

  /** A higher priority may bring a limit forward, never put it off. */
  private static void raised(
      Incident incident, Priority priority, Instant now, Policy policy, List<IncidentEvent> to) {
    for (Stage stage : Stage.values()) {
      Due due = incident.dues().get(stage);
      IncidentEvent.DueSet sooner =
          due == null ? null : policy.begin(incident.report().category(), priority, stage, now);
      if (sooner != null && due != null && sooner.due().at().isBefore(due.at())) {
        to.add(sooner);
      }
    }
  }

  private static void begin(
      Incident incident, Stage stage, Instant now, Policy policy, List<IncidentEvent> to) {
    begin(incident.report().category(), incident.priority(), stage, now, policy, to);
  }

  private static void begin(
      String category,
      Priority priority,
      Stage stage,
      Instant now,
      Policy policy,
      List<IncidentEvent> to) {
    IncidentEvent.DueSet due = policy.begin(category, priority, stage, now);
    if (due != null) {
      to.add(due);
    }
  }
}
