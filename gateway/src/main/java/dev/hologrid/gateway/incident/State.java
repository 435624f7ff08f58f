package dev.hologrid.gateway.incident;

import org.jspecify.annotations.Nullable;

/** Where an incident is in its life. */
public enum State {
  REPORTED,
  VERIFYING,
  FILED,
  DISPATCHED,
  HANDLING,
  FEEDBACK,
  CHECKING,
  CLOSED,
  REJECTED,
  SELF_HANDLED,
  RETURNED,
  DEFERRAL_PENDING,
  SUSPENDED;

  /** The state of a word; null for one that is none. */
  public static @Nullable State find(String word) {
    for (State each : values()) {
      if (each.name().equals(word)) {
        return each;
      }
    }
    return null;
  }

  public boolean isOpen() {
    return this != CLOSED && this != REJECTED && this != SELF_HANDLED;
  }

  /** Nobody has begun to work on it. */
  boolean waitsForHands() {
    return switch (this) {
      case REPORTED, VERIFYING, FILED, DISPATCHED, RETURNED -> true;
      default -> false;
    };
  }
}
