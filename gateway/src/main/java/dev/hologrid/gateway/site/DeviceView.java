package dev.hologrid.gateway.site;

import java.util.Map;

/**
 * A device as of one moment.
 *
 * @param place the code of its place, empty when it is nowhere
 * @param lon degrees, or NaN
 * @param lat degrees, or NaN
 * @param lastSeenAt epoch milliseconds of the last receipt, 0 when never
 * @param values the latest value of each metric: {@link Double}, {@link Boolean}, {@link String}
 * @param provisioned false when it was seen and nobody provisioned it
 */
public record DeviceView(
    String id,
    String kind,
    String place,
    double lon,
    double lat,
    DeviceState state,
    long lastSeenAt,
    Map<String, Object> values,
    Map<String, String> labels,
    boolean provisioned) {}
