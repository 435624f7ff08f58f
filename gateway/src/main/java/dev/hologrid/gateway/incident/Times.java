package dev.hologrid.gateway.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When things last happened.
 *
 * @param opened the report
 * @param updated the latest event
 * @param decided filed or rejected for the first time
 * @param filed the first filing
 * @param verified confirmed by a person or a second sensor
 * @param dispatched the first dispatch
 * @param handled the latest feedback
 * @param closed the end, while it lasts
 * @param reopened the latest reopening
 */
public record Times(
    Instant opened,
    Instant updated,
    @Nullable Instant decided,
    @Nullable Instant filed,
    @Nullable Instant verified,
    @Nullable Instant dispatched,
    @Nullable Instant handled,
    @Nullable Instant closed,
    @Nullable Instant reopened) {

  static Times opened(Instant at) {
    return new Times(at, at, null, null, null, null, null, null, null);
  }

  Times updated(Instant at) {
    return new Times(opened, at, decided, filed, verified, dispatched, handled, closed, reopened);
  }

  Times decided(Instant at) {
    return decided != null
        ? this
        : new Times(opened, updated, at, filed, verified, dispatched, handled, closed, reopened);
  }

  Times filed(Instant at) {
    return filed != null
        ? this
        : new Times(opened, updated, decided, at, verified, dispatched, handled, closed, reopened);
  }

  Times verified(Instant at) {
    return verified != null
        ? this
        : new Times(opened, updated, decided, filed, at, dispatched, handled, closed, reopened);
  }

  Times dispatched(Instant at) {
    return dispatched != null
        ? this
        : new Times(opened, updated, decided, filed, verified, at, handled, closed, reopened);
  }

  Times handled(Instant at) {
    return new Times(opened, updated, decided, filed, verified, dispatched, at, closed, reopened);
  }

  Times closed(@Nullable Instant at) {
    return new Times(opened, updated, decided, filed, verified, dispatched, handled, at, reopened);
  }

  Times reopened(Instant at) {
    return new Times(opened, updated, decided, filed, verified, dispatched, handled, null, at);
  }

  /** From when on nobody has taken it. */
  Instant waitingSince() {
    return reopened == null ? opened : reopened;
  }
}
