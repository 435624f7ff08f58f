package dev.hologrid.gateway.alerting;

import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.rules.alert.AlertEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Appends alert events to the journal "alerts", each once: what a replay makes again and the
 * journal already holds is left out. Appends come from the engine's thread.
 */
final class AlertWriter {
  private final Journal alerts;
  private final LongSupplier clock;
  private final Latency latency;
  private final AtomicLong inFlight = new AtomicLong();
  private final Set<String> known = new HashSet<>();
  private volatile @Nullable Throwable failure;

  AlertWriter(Journal alerts, LongSupplier clock, Latency latency) {
    this.alerts = alerts;
    this.clock = clock;
    this.latency = latency;
  }

  /** A record of the journal that a replay will make again. */
  void alreadyStored(AlertRecord record) {
    known.add(record.key());
  }

  /** Appends an event; {@code clock} as in {@link AlertRecord}. */
  void append(AlertEvent event, long position, long advancedTo, boolean measured) {
    AlertRecord record = new AlertRecord(-1, event, position, advancedTo);
    if (known.remove(record.key())) {
      return;
    }
    inFlight.incrementAndGet();
    alerts.append(
        AlertJson.write(record),
        new Journal.Appended() {
          @Override
          public void stored(long offset) {
            inFlight.decrementAndGet();
            if (measured) {
              latency.record(clock.getAsLong() - event.receivedAt());
            }
          }

          @Override
          public void failed(Throwable cause) {
            failure = cause;
            inFlight.decrementAndGet();
          }
        });
  }

  /** Are all events on disk that were handed over? */
  boolean settled() {
    return inFlight.get() == 0 && failure == null;
  }

  /** Why nothing can be written any more, or null. */
  @Nullable Throwable failure() {
    return failure;
  }

  long end() {
    return alerts.end();
  }
}
