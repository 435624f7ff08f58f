package dev.hologrid.gateway.decode;

import java.util.Set;

/**
 * Which kind a device is, told by the names of what it measures, where its payload says nothing.
 */
final class Kinds {
  private static final Set<String> SMOKE =
      Set.of(
          "smoke",
          "smoke_alarm",
          "smoke_concentration",
          "smoke_density",
          "smoke_level",
          "smoke_state",
          "obscuration");
  private static final Set<String> ACCESS = Set.of("contact", "door", "door_open", "lock_state");
  private static final Set<String> MOTION = Set.of("motion", "occupancy", "presence");

  private static final Set<String> MEASURED_BY_ALL = Set.of("battery", "rssi");
  private static final Set<String> MEASURED_BY_SMOKE = Set.of("obscuration", "temperature");

  private Kinds() {}

  /**
   * Whether docs/wire-format has this as a number: words in its place would never raise an alert.
   */
  static boolean measured(String kind, String metric) {
    return MEASURED_BY_ALL.contains(metric)
        || kind.equals("smoke") && MEASURED_BY_SMOKE.contains(metric)
        || kind.equals("camera") && metric.equals("confidence");
  }

  /** The kind of the first name that tells one, or {@code otherwise}. */
  static String of(Iterable<String> names, String otherwise) {
    for (String each : names) {
      if (SMOKE.contains(each)) {
        return "smoke";
      }
      if (ACCESS.contains(each)) {
        return "access";
      }
      if (MOTION.contains(each)) {
        return "motion";
      }
    }
    return otherwise;
  }
}
