package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;

/**
 * What a condition looks at when it is judged again; the hot path hands these on as arguments.
 *
 * @param reading the device's reading
 * @param device the device
 * @param params the rule's params for the device
 * @param now event time
 */
@SuppressWarnings("ArrayRecordComponent") // the rule's own row, never written to
record Frame(Reading reading, DeviceState device, double[] params, long now) {}
