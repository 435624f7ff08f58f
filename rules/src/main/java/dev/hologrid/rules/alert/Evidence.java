package dev.hologrid.rules.alert;

import java.util.Map;

/**
 * A reading that is part of the reason for an alert.
 *
 * @param offset the journal offset of its message
 * @param device the device id
 * @param time event time, epoch milliseconds UTC
 * @param values the metrics that the rule looked at: {@link Double}, {@link Boolean} or {@link
 *     String}
 */
public record Evidence(long offset, String device, long time, Map<String, Object> values) {
  public Evidence {
    values = Map.copyOf(values);
  }
}
