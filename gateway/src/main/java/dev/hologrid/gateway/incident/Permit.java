package dev.hologrid.gateway.incident;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a person may make a move on an incident now, before its fields are looked at. */
final class Permit {
  private Permit() {}

  static Decision.@Nullable Refused refuse(Incident incident, Move move, Person person) {
    if (!sees(incident, person)) {
      return Decision.refuse(
          Refusal.NO_SUCH_INCIDENT, "there is no incident " + incident.id() + " in your area");
    }
    Decision.Refused role = move.who().refuse(incident, person);
    if (role != null && role.kind() == Refusal.NOT_YOUR_ROLE) {
      return role;
    }
    State state = incident.state();
    if (!move.from(state)) {
      return Decision.refuse(
          state.isOpen() ? Refusal.WRONG_STATE : Refusal.ALREADY_DONE,
          "expected one of " + move.from() + ", but the incident is " + state);
    }
    return role;
  }

  /** Reading and acting have the same border: the scope, one's own cases, one's own reports. */
  static boolean sees(Incident incident, Person person) {
    String id = person.id();
    if (id.equals(incident.report().reporter())
        || id.equals(incident.hands().assignee())
        || incident.hands().handlers().contains(id)) {
      return true;
    }
    return !person.isOnlyResident() && person.covers(incident.spot().path());
  }

  /** The moves that a person could make now, for the console's buttons. */
  static List<Move> moves(Incident incident, Person person) {
    List<Move> moves = new ArrayList<>();
    for (Move each : Move.values()) {
      if (refuse(incident, each, person) == null && !pointless(incident, each)) {
        moves.add(each);
      }
    }
    return moves;
  }

  private static boolean pointless(Incident incident, Move move) {
    return switch (move) {
      case VERIFY -> incident.state() != State.REPORTED && incident.verified();
      case FILE -> IncidentDecider.needsLook(incident);
      case SUPERVISE -> incident.supervised();
      case UNSUPERVISE -> !incident.supervised();
      case ESCALATE -> incident.level() == Level.DISTRICT;
      case ACKNOWLEDGE -> incident.hands().acknowledged();
      case LINK -> incident.parent() != null;
      default -> false;
    };
  }
}
