package dev.hologrid.gateway.source.endpoint;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket of one second's worth, as the one moment at which it is full again. Allocates
 * nothing when used; safe for use by many threads.
 */
public final class Bucket {
  private static final double SECOND = 1e9;

  private final double nanosForOne;
  private final AtomicLong fullAt;

  /**
   * A full one.
   *
   * @param perSecond how much flows in, and how much it holds
   */
  public Bucket(double perSecond, long nanos) {
    this.nanosForOne = SECOND / perSecond;
    this.fullAt = new AtomicLong(nanos);
  }

  /**
   * Takes an amount out whether it is there or not.
   *
   * @return nanoseconds until the debt is paid, 0 when there is none
   */
  public long spend(double amount, long nanos) {
    long cost = (long) (amount * nanosForOne);
    while (true) {
      long before = fullAt.get();
      long after = (before - nanos > 0 ? before : nanos) + cost;
      if (fullAt.compareAndSet(before, after)) {
        return Math.max(0, after - nanos - (long) SECOND);
      }
    }
  }

  /** Nanoseconds until the debt is paid, 0 when there is none. */
  public long owed(long nanos) {
    return Math.max(0, fullAt.get() - nanos - (long) SECOND);
  }

  /** Takes one out if it is there. */
  boolean take(long nanos) {
    long cost = (long) nanosForOne;
    while (true) {
      long before = fullAt.get();
      long after = (before - nanos > 0 ? before : nanos) + cost;
      if (after - nanos > (long) SECOND) {
        return false;
      }
      if (fullAt.compareAndSet(before, after)) {
        return true;
      }
    }
  }

  /** Whether it is full, and so no different from a new one. */
  public boolean full(long nanos) {
    return fullAt.get() - nanos <= 0;
  }
}
