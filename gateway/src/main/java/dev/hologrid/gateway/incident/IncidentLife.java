package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.incident.IncidentEvent.Accepted;
import dev.hologrid.gateway.incident.IncidentEvent.Acknowledged;
import dev.hologrid.gateway.incident.IncidentEvent.AlertCleared;
import dev.hologrid.gateway.incident.IncidentEvent.AlertJoined;
import dev.hologrid.gateway.incident.IncidentEvent.Assigned;
import dev.hologrid.gateway.incident.IncidentEvent.CheckStarted;
import dev.hologrid.gateway.incident.IncidentEvent.Closed;
import dev.hologrid.gateway.incident.IncidentEvent.Commented;
import dev.hologrid.gateway.incident.IncidentEvent.DeferralDecided;
import dev.hologrid.gateway.incident.IncidentEvent.DeferralRequested;
import dev.hologrid.gateway.incident.IncidentEvent.Dispatched;
import dev.hologrid.gateway.incident.IncidentEvent.DueSet;
import dev.hologrid.gateway.incident.IncidentEvent.Escalated;
import dev.hologrid.gateway.incident.IncidentEvent.FeedbackGiven;
import dev.hologrid.gateway.incident.IncidentEvent.Filed;
import dev.hologrid.gateway.incident.IncidentEvent.Informed;
import dev.hologrid.gateway.incident.IncidentEvent.Linked;
import dev.hologrid.gateway.incident.IncidentEvent.Opened;
import dev.hologrid.gateway.incident.IncidentEvent.PriorityRaised;
import dev.hologrid.gateway.incident.IncidentEvent.Rejected;
import dev.hologrid.gateway.incident.IncidentEvent.Reminded;
import dev.hologrid.gateway.incident.IncidentEvent.Reopened;
import dev.hologrid.gateway.incident.IncidentEvent.Resumed;
import dev.hologrid.gateway.incident.IncidentEvent.Returned;
import dev.hologrid.gateway.incident.IncidentEvent.ReworkOrdered;
import dev.hologrid.gateway.incident.IncidentEvent.SelfHandled;
import dev.hologrid.gateway.incident.IncidentEvent.Supervised;
import dev.hologrid.gateway.incident.IncidentEvent.Suspended;
import dev.hologrid.gateway.incident.IncidentEvent.Unsupervised;
import dev.hologrid.gateway.incident.IncidentEvent.VerificationAsked;
import dev.hologrid.gateway.incident.IncidentEvent.Verified;
import dev.hologrid.gateway.incident.IncidentEvent.WentOverdue;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Apply: the only maker of {@link Incident}s. Running and replaying are this same call; it decides
 * nothing and refuses nothing.
 */
final class IncidentLife {
  private IncidentLife() {}

  static Incident apply(@Nullable Incident before, IncidentEntry entry) {
    if (entry.event() instanceof Opened opened) {
      return opened(entry, opened);
    }
    Incident incident =
        Objects.requireNonNull(before, () -> "no incident before " + entry.event().name());
    Draft draft = new Draft(incident, entry.at());
    change(draft, entry);
    return draft.done(entry.version());
  }

  private static Incident opened(IncidentEntry entry, Opened e) {
    boolean verified = !e.report().origin().needsVerification();
    Times times = Times.opened(entry.at());
    return new Incident(
        entry.incident(),
        entry.version(),
        e.number(),
        e.report(),
        e.spot(),
        State.REPORTED,
        new Standing(e.priority(), e.level(), e.level(), false),
        Hands.NONE,
        verified ? times.verified(entry.at()) : times,
        e.alert() == null ? Counts.NONE : Counts.NONE.alert(),
        Ends.OPEN,
        Map.of(),
        Map.of(),
        Limits.NONE,
        new Incident.Group(e.groupKey(), e.alert(), e.subject()));
  }

  private static void change(Draft d, IncidentEntry entry) {
    Instant at = entry.at();
    switch (entry.event()) {
      case Opened ignored -> throw new IllegalStateException("opened twice: " + entry.incident());
      case AlertJoined ignored -> d.counts = d.counts.alert();
      case AlertCleared ignored -> {}
      case PriorityRaised e -> d.standing = d.standing.priority(e.priority());
      case VerificationAsked e -> {
        d.state = State.VERIFYING;
        d.hands = d.hands.given(e.assignee(), null);
      }
      case Verified ignored -> d.times = d.times.verified(at);
      case Filed ignored -> {
        d.state = State.FILED;
        d.hands = d.hands.given(null, null);
        d.times = d.times.decided(at).filed(at);
      }
      case Dispatched e -> {
        d.state = State.DISPATCHED;
        d.hands = d.hands.given(e.assignee(), e.department());
        d.times = d.times.dispatched(at);
        d.stop(Stage.DISPATCH);
      }
      case Acknowledged ignored -> d.hands = d.hands.seen();
      case Accepted ignored -> {
        d.state = State.HANDLING;
        d.hands = d.hands.takenBy(entry.by());
        d.stop(Stage.ACCEPT);
      }
      case Assigned e -> {
        d.hands = d.hands.given(e.assignee(), d.hands.department());
        if (d.state == State.HANDLING) {
          d.hands = d.hands.handledBy(e.assignee()); // nobody has to accept what is in work
        }
      }
      case FeedbackGiven ignored -> {
        d.state = State.FEEDBACK;
        d.hands = d.hands.handledBy(entry.by());
        d.times = d.times.handled(at);
        d.stop(Stage.HANDLE);
      }
      case CheckStarted ignored -> d.state = State.CHECKING;
      case ReworkOrdered ignored -> {
        d.state = State.HANDLING;
        d.counts = d.counts.rework();
        d.stop(Stage.CHECK);
      }
      case Returned ignored -> {
        d.state = State.RETURNED;
        d.hands = d.hands.given(null, null);
        d.counts = d.counts.returned();
        d.stop(Stage.ACCEPT);
        d.stop(Stage.HANDLE);
        d.noLimit(Stage.HANDLE);
      }
      case DueSet e -> d.start(e.stage(), e.due());
      case Reminded e -> d.mark(e.stage(), Due::asReminded);
      case WentOverdue e -> d.mark(e.stage(), Due::asOverdue);
      case Commented ignored -> {}
      case Informed ignored -> {}
      case Rejected e -> {
        d.times = d.times.decided(at);
        turnedOut(d, e.resolution(), at);
        d.end(State.REJECTED, at);
      }
      case SelfHandled e -> {
        d.hands = d.hands.handledBy(entry.by());
        turnedOut(d, e.resolution(), at);
        d.end(State.SELF_HANDLED, at);
      }
      case Closed e -> closed(d, e, at);
      case Reopened e -> reopened(d, e, at);
      case DeferralRequested e -> {
        d.state = State.DEFERRAL_PENDING;
        d.hands = d.hands.asks(entry.by(), e.until());
      }
      case DeferralDecided e -> {
        d.state = State.HANDLING;
        d.hands = d.hands.asks(null, null);
        d.counts = e.approved() ? d.counts.deferral() : d.counts;
      }
      case Suspended e -> {
        d.state = State.SUSPENDED;
        d.pause(e.leftMillis());
        d.noLimit(Stage.HANDLE);
        d.noLimit(Stage.CASE);
      }
      case Resumed ignored -> {
        d.state = State.HANDLING;
        d.pause(Map.of());
      }
      case Supervised ignored -> d.standing = d.standing.supervised(true);
      case Unsupervised ignored -> d.standing = d.standing.supervised(false);
      case Escalated e -> d.standing = d.standing.level(e.level());
      case Linked e -> d.ends = new Ends(d.ends.outcome(), d.ends.forced(), e.parent());
    }
  }

  private static void closed(Draft d, Closed e, Instant at) {
    d.ends = new Ends(e.outcome(), e.forced(), d.ends.parent());
    if (e.outcome().resolution() == Resolution.REAL) {
      d.times = d.times.verified(at);
    }
    d.end(State.CLOSED, at);
  }

  private static void turnedOut(Draft d, @Nullable Resolution resolution, Instant at) {
    if (resolution != null) {
      d.ends = new Ends(new Outcome(resolution, 0, 0, 0), false, d.ends.parent());
      d.times = resolution == Resolution.REAL ? d.times.verified(at) : d.times;
    }
  }

  private static void reopened(Draft d, Reopened e, Instant at) {
    d.state = e.to();
    d.times = d.times.reopened(at);
    d.hands = d.hands.given(null, null);
    d.counts = d.counts.reopening();
    d.ends = Ends.OPEN;
  }
}
