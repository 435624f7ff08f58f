package dev.hologrid.gateway.http;

import java.time.Clock;
import java.util.Map;

/**
 * How often passwords may be tried: 5 a minute for a name from one address, 30 a minute for an
 * address. The lock is on name and address together, so a stranger cannot lock somebody out.
 */
final class GuessLimit {
  private static final long MINUTE = 60_000;
  private final TokenBuckets buckets;

  GuessLimit(Clock clock) {
    this.buckets = new TokenBuckets(clock, MINUTE);
  }

  /** The same for what has no name yet: so many a minute for an address. */
  void spendOne(String what, String address, int most) {
    if (!buckets.take(what + " at " + address, most)) {
      throw tooMany();
    }
  }

  void spend(String name, String address) {
    if (!buckets.take("address " + address, 30) || !buckets.take(name + " at " + address, 5)) {
      throw tooMany();
    }
  }

  private static Refused tooMany() {
    return new Refused(
        Problem.of(429, "too many tries; wait a minute"), Map.of("Retry-After", "60"));
  }
}
