package dev.hologrid.simulator.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds trials of each subject, one after the other in alternating order
 * @param trial about how long a trial lasts
 * @param warmUp how long a fresh gateway is loaded before anything counts
 * @param latency how long alerts are timed at each rate
 * @param devices the larger number of distinct devices, compared with 1,000
 * @param connections idle connections to weigh
 */
record Scale(
    int rounds, Duration trial, Duration warmUp, Duration latency, int devices, int connections) {

  static Scale full() {
    return new Scale(
        5,
        Duration.ofSeconds(4),
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        1_000_000,
        20_000);
  }

  /** At most 90 s on two cores. */
  static Scale quick() {
    return new Scale(
        1, Duration.ofSeconds(2), Duration.ofSeconds(6), Duration.ofSeconds(4), 100_000, 2_000);
  }

  /** Seconds: shows that all of it runs and balances; its figures say nothing. */
  static Scale smoke() {
    return new Scale(
        1, Duration.ofMillis(300), Duration.ofMillis(900), Duration.ofSeconds(1), 3_000, 100);
  }
}
