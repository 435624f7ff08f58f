package dev.hologrid.gateway.alerting;

import dev.hologrid.rules.alert.AlertEvent;

/**
 * An alert event as the journal "alerts" keeps it.
 *
 * @param offset its place in the journal, -1 before it is stored
 * @param event what happened
 * @param position the next offset of the readings journal at that moment
 * @param clock where the receipt clock had been moved to when time alone decided, else 0; a replay
 *     moves it to the same place at the same position
 */
public record AlertRecord(long offset, AlertEvent event, long position, long clock) {
  /** Equal for the same event however often it is made. */
  String key() {
    return event.kind()
        + " "
        + event.at()
        + " "
        + event.alert().severity()
        + " "
        + event.alert().id().key();
  }
}
