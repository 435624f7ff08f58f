package dev.hologrid.gateway.component;

import java.time.Duration;

/**
 * When a thread last came round. A thread that hangs throws nothing and logs nothing, so each one
 * that devices or people wait for beats at least once a second, and others look at how long ago
 * that was. Safe for use by many threads.
 */
public final class Pulse {
  /** Longer than any pause of the Java machine that a server should make. */
  private static final Duration STILL = Duration.ofSeconds(20);

  private final String what;
  private final Duration most;
  private volatile long at = System.nanoTime();

  /**
   * Beats once, now.
   *
   * @param what stands still when it does not beat, for example "its writer"
   */
  public Pulse(String what) {
    this(what, STILL);
  }

  Pulse(String what, Duration most) {
    this.what = what;
    this.most = most;
  }

  /** It came round. */
  public void beat() {
    at = System.nanoTime();
  }

  /** Failed while the thread has not come round for too long. */
  public Check check() {
    Duration still = Duration.ofNanos(System.nanoTime() - at);
    return still.compareTo(most) < 0
        ? Check.ok()
        : Check.failed(what + " has stood still for " + still.toSeconds() + " s");
  }
}
