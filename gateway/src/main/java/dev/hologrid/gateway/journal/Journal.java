package dev.hologrid.gateway.journal;

import dev.hologrid.gateway.component.Component;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A durable, append-only log of byte records with increasing offsets (0, 1, 2, …): the interface is
 * that of one Kafka partition. Many threads may append and read.
 *
 * <p>What {@code append} promises: when {@link Appended#stored} is called, the record and all
 * before it are on disk (fsync) and will be read back with the same offset after any crash. Records
 * that were written but not yet synced may be lost at a crash, always as a tail.
 */
public interface Journal extends Component {
  /**
   * Appends a record; never blocks. The callback comes on the journal's thread, in offset order.
   */
  void append(byte[] record, Appended then);

  /** Told once for each append, on the journal's writer thread; returns at once. */
  interface Appended {
    void stored(long offset);

    void failed(Throwable cause);

    /**
     * What the record decodes to at that offset, if the appender has it at hand; asked once, on the
     * journal's thread, after the record is on disk and before {@link #stored}. Does not throw. It
     * must equal what reading back would give, and must not change any more.
     */
    default @Nullable Object value(long offset) {
      return null;
    }

    /**
     * Whether the record shall not wait for others to share its sync; asked when it is appended.
     */
    default boolean urgent() {
      return false;
    }
  }

  /**
   * What {@link Appended#value} gave for a record that was stored a short while ago, or null: then
   * it is read back.
   */
  default @Nullable Object recent(long offset) {
    return null;
  }

  /** The offset after the last stored record. */
  long end();

  /** The smallest offset still kept. */
  long begin();

  /** Bytes that wait for the disk, for back-pressure. */
  long waitingBytes();

  /**
   * A cursor at {@code offset}, or at {@link #begin()} when that is larger. Not for two threads.
   */
  Reader reader(long offset);

  /** Reads stored records in order. */
  interface Reader extends AutoCloseable {
    /**
     * Hands up to {@code max} stored records to {@code each}; returns how many. 0 means that the
     * end is reached for now.
     */
    int read(int max, Visitor each);

    /** The offset of the next record. */
    long position();

    @Override
    void close();
  }

  /** One stored record. */
  interface Visitor {
    void accept(long offset, byte[] record);
  }

  /** Keeps what {@code position} and later offsets name from being deleted for age or size. */
  default void hold(LongSupplier position) {}

  /** Runs {@code wake} (any thread, returns at once) whenever new records are stored. */
  void onStored(Runnable wake);
}
