package dev.hologrid.gateway.site;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one device. Written by the registry's one feeding thread (and by imports, for
 * the provisioned part); read by any. The latest reading of each shape is kept as it is, so that a
 * reading costs no allocation.
 */
final class Tracked {
  private static final int MOST_SHAPES = 8;

  final String id;
  volatile String kind;
  volatile @Nullable SiteDevice provisioned;
  volatile int place = -1;
  volatile long lastSeen;
  volatile DeviceState state = DeviceState.UNKNOWN;
  volatile boolean saidOffline;
  volatile boolean changed;
  private volatile Reading[] latest = new Reading[0];

  Tracked(String id, String kind) {
    this.id = id;
    this.kind = kind;
  }

  /** Remembers a reading unless a newer one of its shape is known. */
  void keep(Reading reading) {
    Reading[] known = latest;
    Shape shape = reading.shape();
    for (int i = 0; i < known.length; i++) {
      Shape other = known[i].shape();
      if (other == shape || other.equals(shape)) {
        if (reading.time() >= known[i].time()) {
          known[i] = reading;
        }
        return;
      }
    }
    if (known.length < MOST_SHAPES) {
      Reading[] more = java.util.Arrays.copyOf(known, known.length + 1);
      more[known.length] = reading;
      latest = more;
    } else {
      known[oldest(known)] = reading;
    }
  }

  private static int oldest(Reading[] known) {
    int oldest = 0;
    for (int i = 1; i < known.length; i++) {
      if (known[i].time() < known[oldest].time()) {
        oldest = i;
      }
    }
    return oldest;
  }

  /** The latest value of each metric, by the readings' own times. */
  Map<String, Object> values() {
    Map<String, Object> values = new java.util.TreeMap<>();
    Map<String, Long> times = new java.util.HashMap<>();
    for (Reading each : latest) {
      for (int i = 0; i < each.shape().size(); i++) {
        String metric = each.shape().metrics().get(i);
        if (times.getOrDefault(metric, Long.MIN_VALUE) <= each.time()) {
          values.put(metric, each.value(i));
          times.put(metric, each.time());
        }
      }
    }
    return values;
  }
}
