package dev.hologrid.simulator.fleet;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A photoelectric detector: clean air is 0.00 to 0.02 dB/m, a fire fills the chamber in seconds.
 */
final class SmokeDetector implements Behaviour {
  private static final double ALARM_DB_M = 0.15;
  private static final double THICK_DB_M = 1.2;
  private static final double FILLS_IN_MS = 5_000;
  private static final double CLEARS_IN_MS = 20_000;
  private static final double DAY_MS = Duration.ofDays(1).toMillis();
  private static final double CHINA_MS = Duration.ofHours(8).toMillis();
  private static final int LOW_BATTERY = 8;

  private final double offset;
  private double battery;
  private long burnsFrom = Long.MAX_VALUE;
  private long burnsTo = Long.MAX_VALUE;

  SmokeDetector(SplittableRandom random) {
    this.offset = random.nextDouble(-1.5, 1.5);
    this.battery = random.nextDouble(60, 100);
  }

  void burn(long from, long to) {
    burnsFrom = from;
    burnsTo = to;
  }

  void drain() {
    battery = LOW_BATTERY;
  }

  /** True while there is more smoke than clean air has. */
  boolean smoky(long now) {
    return now >= burnsFrom && now < burnsTo + CLEARS_IN_MS;
  }

  @Override
  public Map<String, Object> routine(long now, SplittableRandom random) {
    double smoke = random.nextDouble(0, 0.02);
    double heat = 0;
    if (smoky(now)) {
      double share =
          now < burnsTo
              ? Math.min(1, 0.25 + (now - burnsFrom) / FILLS_IN_MS)
              : Math.max(0, 1 - (now - burnsTo) / CLEARS_IN_MS);
      smoke += THICK_DB_M * share;
      heat = 30 * share;
    }
    battery -= 0.0002;
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("obscuration", smoke);
    values.put("temperature", temperature(now) + heat + random.nextDouble(-0.2, 0.2));
    values.put("smoke", smoke >= ALARM_DB_M);
    values.put("battery", (int) Math.round(battery));
    return values;
  }

  /** Warmest at three in the afternoon, local time. */
  private double temperature(long now) {
    double day = (now + CHINA_MS) % DAY_MS / DAY_MS;
    return 24 + offset + 4 * Math.cos(2 * Math.PI * (day - 15.0 / 24));
  }

  @Override
  public Map<String, Object> ordinary(SplittableRandom random) {
    return Map.of();
  }
}
