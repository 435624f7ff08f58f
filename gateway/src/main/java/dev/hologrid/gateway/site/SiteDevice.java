package dev.hologrid.gateway.site;

import java.util.Map;

/**
 * A device as provisioned by {@code devices.csv}.
 *
 * @param place the code of its place, or empty when it is nowhere
 * @param lon degrees, or NaN where unknown
 * @param lat degrees, or NaN where unknown
 * @param labels for rule selectors and overrides
 */
public record SiteDevice(
    String id, String kind, String place, double lon, double lat, Map<String, String> labels) {
  public SiteDevice {
    labels = Map.copyOf(labels);
  }
}
