package dev.hologrid.gateway.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition with a deadline; the message says what was awaited. */
public final class Await {
  private Await() {}

  public static void until(String what, Callable<Boolean> condition) throws Exception {
    until(what, Duration.ofSeconds(20), condition);
  }

  public static void until(String what, Duration atMost, Callable<Boolean> condition)
      throws Exception {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited " + atMost + " in vain for: " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }
}
