package dev.hologrid.rules;

import java.util.List;
import java.util.Map;

/**
 * What rules know of a device beside its readings.
 *
 * @param id the device id
 * @param kind the sensor kind, for example {@code smoke}
 * @param path the codes of the places that hold it, outermost first, at the index of {@link
 *     PlaceLevel}; shorter when the device is not placed down to a floor, empty when it is nowhere
 * @param labels free labels for selectors and overrides
 */
public record Device(String id, String kind, List<String> path, Map<String, String> labels) {
  public Device {
    path = List.copyOf(path);
    labels = Map.copyOf(labels);
  }
}
