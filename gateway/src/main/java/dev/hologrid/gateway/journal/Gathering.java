package dev.hologrid.gateway.journal;

/**
 * How long records may come together before they are written: each commit costs the disk and
 * several threads a wake-up. Decides and waits for nothing itself; all times are of {@link
 * System#nanoTime}. Not for two threads.
 *
 * <p>Only while records come one after the other: a few appenders that wait for each record never
 * wait here, as nothing has come meanwhile. Appenders that all wait for the commit before they go
 * on are known by the silence that follows their records, for which it looks now and then.
 */
final class Gathering {
  /** So much waits that more of it would make the commit no cheaper. */
  static final int ENOUGH_BYTES = 64 << 10;

  /** So many records in a commit come from devices that do not wait for one another. */
  private static final int STEADY = 4;

  private static final int LOOKS = 2;
  private static final long LOOK_NANOS = 1_000_000L;

  /** Where there was no silence, it looks again after so many commits: each look is a wake-up. */
  private static final int TRUSTED = 15;

  /** Urgent records have a commit at once so many times in a row, then once in so long a time. */
  private static final int URGENT_AT_ONCE = 20;

  private static final long URGENT_AGAIN_NANOS = 4_000_000L;

  /** So long, at most, wait the urgent ones of a storm, which share their commits. */
  private static final long STORM_NANOS = 2_000_000L;

  private final long mostNanos;
  private long until;
  private int look;
  private int trusted;
  private long begun;
  private long seenBytes;
  private boolean asked;
  private long urgentFree; // when all of URGENT_AT_ONCE may be used again

  Gathering(long mostNanos) {
    this.mostNanos = mostNanos;
  }

  /**
   * A commit is done.
   *
   * @param from when it began
   * @param records how many it held
   * @param waitingBytes of records that have come meanwhile
   */
  void begin(long from, int records, long waitingBytes) {
    begun = from;
    boolean steady = records >= STEADY || waitingBytes > 0;
    until = steady ? from + mostNanos : from;
    trusted = steady ? trusted : 0;
    look = trusted > 0 ? LOOKS : 0;
    trusted = Math.max(0, trusted - 1);
    seenBytes = waitingBytes;
    asked = false;
  }

  /**
   * How long to wait from {@code now} on before the next question, or 0: then write.
   *
   * @param waitingBytes of records that wait
   * @param urgent one of them is
   */
  long await(long now, long waitingBytes, boolean urgent) {
    if (waitingBytes >= ENOUGH_BYTES || until - now <= 0) {
      return 0;
    }
    if (urgent && !asked) {
      asked = true;
      if (urgentNow(now)) {
        return 0;
      }
      until = Math.min(until, begun + STORM_NANOS);
    }
    while (look < LOOKS) {
      long looked = begun + (look + 1) * LOOK_NANOS;
      if (looked - now > 0) {
        return Math.min(looked, until) - now;
      }
      if (look > 0 && waitingBytes == seenBytes) {
        return 0;
      }
      seenBytes = waitingBytes;
      look++;
      trusted = look == LOOKS ? TRUSTED : 0;
    }
    return Math.max(0, until - now);
  }

  private boolean urgentNow(long now) {
    long free = Math.max(urgentFree, now);
    if (free - now > (URGENT_AT_ONCE - 1) * URGENT_AGAIN_NANOS) {
      return false;
    }
    urgentFree = free + URGENT_AGAIN_NANOS;
    return true;
  }
}
