package dev.hologrid.gateway.incident;

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
