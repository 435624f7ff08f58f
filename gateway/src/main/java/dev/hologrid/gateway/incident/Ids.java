package dev.hologrid.gateway.incident;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/** Global ids that sort by time: 12 hex digits of milliseconds, 4 that count, 8 at random. */
final class Ids {
  private final SecureRandom random = new SecureRandom();
  private long lastMillis;
  private int count;

  String next(Instant now) {
    long millis = Math.max(now.toEpochMilli(), lastMillis);
    count = millis == lastMillis ? count + 1 : 0;
    if (count > 0xffff) {
      millis++;
      count = 0;
    }
    lastMillis = millis;
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(millis, 12)
        + hex.toHexDigits(count, 4)
        + hex.toHexDigits(random.nextInt());
  }
}
