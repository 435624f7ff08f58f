package dev.hologrid.simulator.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet does.
 *
 * @param share of the site's devices that connect, 0 to 1
 * @param every how often each kind reports
 * @param ordinaryEvery the mean pause between two ordinary events of the whole fleet
 * @param repeatEvery when the list of happenings starts again, at other places
 */
record Scenario(
    long seed,
    double share,
    int connectsPerSecond,
    Map<String, Duration> every,
    Duration ordinaryEvery,
    @Nullable Duration repeatEvery,
    List<Happening> happenings) {

  /** What can happen. */
  enum What {
    FIRE,
    FORCED_DOOR,
    HELD_DOOR,
    DENIED_BURST,
    DROP,
    LOW_BATTERY,
    STORM
  }

  /**
   * One thing that happens.
   *
   * @param place a place code; anywhere when null
   * @param devices how many devices take part
   */
  record Happening(Duration at, What what, @Nullable String place, int devices, Duration lasts) {}

  Duration every(String kind) {
    return every.getOrDefault(kind, Duration.ofSeconds(30));
  }
}
