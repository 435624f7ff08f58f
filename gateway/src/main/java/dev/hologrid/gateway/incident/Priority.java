package dev.hologrid.gateway.incident;

import dev.hologrid.rules.Severity;

/** What to do now; what it turned out to be is the {@link Outcome}. */
public enum Priority {
  P1,
  P2,
  P3,
  P4;

  static Priority of(Severity severity) {
    return values()[severity.ordinal()];
  }

  boolean higherThan(Priority other) {
    return compareTo(other) < 0;
  }
}
