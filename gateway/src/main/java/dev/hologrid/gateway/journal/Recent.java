package dev.hologrid.gateway.journal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The decoded forms of the records stored last, for followers that are close behind: what the
 * appender had at hand need not be read back and decoded by each. Bounded by number and by the
 * records' bytes. Written by the journal's writer, read by any thread.
 */
final class Recent {
  private static final int SLOTS = 1 << 14;
  private static final long MOST_BYTES = 8L << 20;

  private record Slot(long offset, int bytes, Object value) {}

  private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(SLOTS);
  private long bytes;
  private long oldest;

  /** By the writer, in the order of the offsets; null when there is no such form. */
  void put(long offset, int size, @Nullable Object value) {
    if (value == null) {
      clear(offset);
      return;
    }
    if (bytes == 0) {
      oldest = offset;
    }
    while (offset - oldest >= SLOTS || (bytes + size > MOST_BYTES && oldest < offset)) {
      clear(oldest++);
    }
    slots.setRelease(index(offset), new Slot(offset, size, value));
    bytes += size;
  }

  /**
   * By the writer: nobody asks for what comes before that offset any more. Each collection of the
   * young would copy it.
   */
  void forget(long before) {
    while (bytes > 0 && oldest < before) {
      clear(oldest++);
    }
  }

  private void clear(long offset) {
    Slot slot = slots.getPlain(index(offset));
    if (slot != null && slot.offset <= offset) {
      slots.setRelease(index(offset), null);
      bytes -= slot.bytes;
    }
  }

  /** By any thread. */
  @Nullable Object get(long offset) {
    Slot slot = slots.getAcquire(index(offset));
    return slot != null && slot.offset == offset ? slot.value : null;
  }

  private static int index(long offset) {
    return (int) offset & SLOTS - 1;
  }
}
