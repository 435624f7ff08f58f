package dev.hologrid.gateway.source.broker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses that double and are spread, so that many clients do not come back at once. */
record Backoff(Duration first, Duration longest) {

  /**
   * The pause after a number of failures: between half and all of {@code first} doubled that often.
   *
   * @param failures in a row, from 1
   */
  Duration pause(int failures, RandomGenerator random) {
    long doubled = first.toMillis() << Math.min(20, Math.max(0, failures - 1));
    long most = Math.min(longest.toMillis(), doubled);
    return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
  }
}
