package dev.hologrid.simulator.fleet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A camera that reports what it recognised. */
final class Camera implements Behaviour {
  static Map<String, Object> saw(String event, double confidence) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("event", event);
    values.put("confidence", confidence);
    return values;
  }

  @Override
  public Map<String, Object> routine(long now, SplittableRandom random) {
    return Map.of("rssi", random.nextInt(-70, -40));
  }

  @Override
  public Map<String, Object> ordinary(SplittableRandom random) {
    return saw("crowd", random.nextDouble(0.2, 0.5));
  }
}
