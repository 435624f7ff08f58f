package dev.hologrid.simulator.fleet;

import java.util.Map;
import java.util.SplittableRandom;

/** What a device measures. Behaviours read no clock. */
sealed interface Behaviour permits SmokeDetector, Camera, Door {
  /** What it reports at its routine moment. */
  Map<String, Object> routine(long now, SplittableRandom random);

  /** Something ordinary that happens now and then; empty when nothing does. */
  Map<String, Object> ordinary(SplittableRandom random);

  static Behaviour of(String kind, SplittableRandom random) {
    return switch (kind) {
      case "camera" -> new Camera();
      case "access" -> new Door();
      default -> new SmokeDetector(random);
    };
  }
}
