package dev.hologrid.gateway.incident;

import java.util.List;

/** What a command came to. */
public sealed interface Decision {
  /** What happens, in order; never empty. */
  record Accepted(List<IncidentEvent> events) implements Decision {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /** Nothing happens, and why. */
  record Refused(Refusal kind, String sentence) implements Decision {}

  static Decision accept(IncidentEvent... events) {
    return new Accepted(List.of(events));
  }

  static Refused refuse(Refusal kind, String sentence) {
    return new Refused(kind, sentence);
  }
}
