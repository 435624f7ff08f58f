package dev.hologrid.gateway.identity;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Who has to wait after wrong tries. A lock is on an identity and an address together, so that a
 * stranger cannot lock a device out from its own address, and after more tries on an address for
 * whatever identity. The wait doubles: 1 s, 2 s, 4 s, up to 15 min; a right try ends it. Safe for
 * use by many threads.
 */
final class Lockouts {
  private static final int FREE_FOR_IDENTITY = 5;
  private static final int FREE_FOR_ADDRESS = 50;
  private static final int MOST_KEYS = 50_000;
  private static final long LONGEST_MS = TimeUnit.MINUTES.toMillis(15);
  private static final long FORGOTTEN_MS = TimeUnit.HOURS.toMillis(1);

  private record Failures(int count, long at, long until) {}

  private final Map<String, Failures> failures = new ConcurrentHashMap<>();

  boolean locked(String identity, String address, long now) {
    return locked(key(identity, address), now) || locked(address, now);
  }

  private boolean locked(String key, long now) {
    Failures known = failures.get(key);
    return known != null && now < known.until;
  }

  /** Notes a wrong try; true when this one began a lock. */
  boolean failed(String identity, String address, long now) {
    if (failures.size() > MOST_KEYS) {
      failures.values().removeIf(each -> now - each.at > LONGEST_MS);
      if (failures.size() > MOST_KEYS) {
        return true; // more strangers than anybody has devices: the address rule is left
      }
    }
    boolean locked = note(key(identity, address), FREE_FOR_IDENTITY, now);
    boolean addressLocked = note(address, FREE_FOR_ADDRESS, now);
    return locked || addressLocked;
  }

  private boolean note(String key, int free, long now) {
    Failures fresh =
        failures.compute(
            key,
            (ignored, old) -> {
              int count = old == null || now - old.at > FORGOTTEN_MS ? 1 : old.count + 1;
              long wait =
                  count < free
                      ? 0
                      : Math.min(LONGEST_MS, 1000L << Math.min(20, Math.max(0, count - free)));
              return new Failures(count, now, now + wait);
            });
    return fresh.until > now;
  }

  /** A right try: the wait of this identity is over. */
  void succeeded(String identity, String address) {
    failures.remove(key(identity, address));
  }

  private static String key(String identity, String address) {
    return identity + " at " + address;
  }
}
