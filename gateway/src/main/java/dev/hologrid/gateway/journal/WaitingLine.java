package dev.hologrid.gateway.journal;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the disk, in the order it came. Many threads may {@link #add}; the rest belongs to
 * one thread at a time.
 */
final class WaitingLine {
  /** A record that waits, at the same time its place in the line. */
  static final class Waiting {
    final byte[] record;
    final Journal.Appended then;
    private volatile @Nullable Waiting next;

    Waiting(byte[] record, Journal.Appended then) {
      this.record = record;
      this.then = then;
    }
  }

  private static final Journal.Appended NOBODY =
      new Journal.Appended() {
        @Override
        public void stored(long offset) {}

        @Override
        public void failed(Throwable cause) {}
      };

  private Waiting taken = new Waiting(new byte[0], NOBODY);
  private final AtomicReference<Waiting> newest = new AtomicReference<>(taken);

  void add(Waiting waiting) {
    newest.getAndSet(waiting).next = waiting;
  }

  /** The oldest, or null when there is none, or when its adder is not quite done. */
  @Nullable Waiting poll() {
    Waiting before = taken;
    Waiting next = before.next;
    if (next != null) {
      taken = next;
      // Else one that a collection has moved to the old generation would keep alive, dead as it is,
      // all that came after it, and each collection of the young would copy all of them.
      before.next = null;
    }
    return next;
  }

  boolean isEmpty() {
    return taken == newest.get();
  }
}
