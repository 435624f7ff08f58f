package dev.hologrid.gateway.http;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often passwords may be tried: 5 a minute for a name from one address, 30 a minute for an
 * address. The lock is on name and address together, so a stranger cannot lock somebody out.
 */
final class GuessLimit {
  private static final long MINUTE = 60_000;
  private static final int MOST_KEYS = 50_000;

  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final Clock clock;

  private record Bucket(double tokens, long at) {}

  GuessLimit(Clock clock) {
    this.clock = clock;
  }

  void spend(String name, String address) {
    if (buckets.size() > MOST_KEYS) {
      long now = clock.millis();
      buckets.values().removeIf(each -> now - each.at > MINUTE);
    }
    if (!take("address " + address, 30) || !take(name + " at " + address, 5)) {
      throw new Refused(
          Problem.of(429, "too many tries; wait a minute"), Map.of("Retry-After", "60"));
    }
  }

  private boolean take(String key, int perMinute) {
    long now = clock.millis();
    boolean[] taken = new boolean[1];
    buckets.compute(
        key,
        (ignored, old) -> {
          double before = old == null ? perMinute : old.tokens;
          long since = old == null ? now : old.at;
          double have = Math.min(perMinute, before + (now - since) * (double) perMinute / MINUTE);
          taken[0] = have >= 1;
          return new Bucket(taken[0] ? have - 1 : have, now);
        });
    return taken[0];
  }
}
