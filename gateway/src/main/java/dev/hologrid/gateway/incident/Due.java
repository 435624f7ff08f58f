package dev.hologrid.gateway.incident;

import java.time.Instant;

/**
 * A running time limit.
 *
 * @param at when it ends
 * @param remindAt when a reminder is due
 * @param reminded the reminder was given
 * @param overdue the end passed and was noted
 */
public record Due(Instant at, Instant remindAt, boolean reminded, boolean overdue) {
  Due asReminded() {
    return new Due(at, remindAt, true, overdue);
  }

  Due asOverdue() {
    return new Due(at, remindAt, true, true);
  }
}
