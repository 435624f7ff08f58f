package dev.hologrid.gateway.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bounds what a piece of work on this thread allocates. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /**
   * Runs the work, and once more when it allocated too much, as the first time loads classes.
   *
   * @throws AssertionError when it allocates more than this many bytes both times
   */
  public static void atMost(long bytes, Runnable work) {
    if (of(work) > bytes) {
      long again = of(work);
      if (again > bytes) {
        throw new AssertionError("allocated " + again + " bytes, more than " + bytes);
      }
    }
  }

  private static long of(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
