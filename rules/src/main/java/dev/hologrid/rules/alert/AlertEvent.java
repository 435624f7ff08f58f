package dev.hologrid.rules.alert;

/**
 * What happened to an alert.
 *
 * @param kind what happened
 * @param alert the alert after it
 * @param at event time, epoch milliseconds UTC
 * @param receivedAt receipt of the reading that decided, epoch milliseconds UTC; equal to {@code
 *     at} where time alone decided
 */
public record AlertEvent(Kind kind, Alert alert, long at, long receivedAt) {
  /**
   * The steps of an alert's life that others hear of; a pending alert is the engine's own matter.
   */
  public enum Kind {
    RAISED,
    /** The severity rose or fell. */
    CHANGED,
    CLEARED
  }
}
