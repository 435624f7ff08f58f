package dev.hologrid.gateway.alerting;

import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.rules.alert.AlertEvent;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Appends alert events to the journal "alerts", each once: what a replay makes again and the
 * journal already holds is left out. Appends come from the engine's thread.
 */
final class AlertWriter {
  private static final int MOST_HEARD = 16;

  private final Journal alerts;
  private final LongSupplier clock;
  private final Latency latency;
  private final AtomicLong inFlight = new AtomicLong();
  private final Set<String> known = new HashSet<>();
  private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
  private final AtomicLong heardAt = new AtomicLong();
  private final AtomicLong stored = new AtomicLong();
  private long handedOver;
  private volatile @Nullable Throwable failure;

  /** Something that came in after so many events were handed over. */
  private record Heard(long at, long after) {}

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
    handedOver++;
    alerts.append(
        AlertJson.write(record),
        new Journal.Appended() {
          @Override
          public void stored(long offset) {
            inFlight.decrementAndGet();
            stored.incrementAndGet();
            if (measured) {
              latency.record(clock.getAsLong() - event.receivedAt());
            }
          }

          @Override
          public void failed(Throwable cause) {
            failure = cause;
            inFlight.decrementAndGet();
          }

          @Override
          public AlertRecord value(long offset) {
            return new AlertRecord(offset, event, position, advancedTo);
          }

          @Override
          public boolean urgent() {
            return true;
          }
        });
  }

  /** Something came in just now that makes no event, from the engine's thread. */
  void heard(long at) {
    long unused = heardAt();
    if (heard.size() < MOST_HEARD) {
      heard.add(new Heard(at, handedOver));
    }
  }

  /** The last of these with all events from before it on disk, or 0; never waits. */
  long heardAt() {
    for (Heard next = heard.peek(); next != null; next = heard.peek()) {
      if (next.after() > stored.get()) {
        break;
      }
      if (heard.remove(next)) {
        heardAt.accumulateAndGet(next.at(), Math::max);
      }
    }
    return heardAt.get();
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
