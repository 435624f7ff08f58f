package dev.hologrid.gateway.http;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often something may be done, by key. Safe for use by many threads. */
final class TokenBuckets {
  private static final int MOST_KEYS = 50_000;

  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final Clock clock;
  private final long period;

  private record Bucket(double tokens, long at) {}

  /**
   * @param period after so many milliseconds an empty bucket is full again
   */
  TokenBuckets(Clock clock, long period) {
    this.clock = clock;
    this.period = period;
  }

  /** Takes one of so many in a period; false when none is left. */
  boolean take(String key, int perPeriod) {
    long now = clock.millis();
    if (buckets.size() > MOST_KEYS) {
      buckets.values().removeIf(each -> now - each.at > period);
    }
    boolean[] taken = new boolean[1];
    buckets.compute(
        key,
        (ignored, old) -> {
          double before = old == null ? perPeriod : old.tokens;
          long since = old == null ? now : old.at;
          double have = Math.min(perPeriod, before + (now - since) * (double) perPeriod / period);
          taken[0] = have >= 1;
          return new Bucket(taken[0] ? have - 1 : have, now);
        });
    return taken[0];
  }
}
