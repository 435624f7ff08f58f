package dev.hologrid.simulator.load;

import dev.hologrid.simulator.mqtt.Server;
import java.time.Duration;

/**
 * What to publish.
 *
 * @param window unacknowledged messages a connection may have
 * @param devices distinct devices, shared out over the connections
 * @param bytes the payload's size, at least 100
 * @param rate messages a second with intended send times, or 0 for as fast as acknowledged
 * @param count ends after so many messages; 0 means when the time is over
 */
public record LoadPlan(
    Server server,
    int connections,
    int window,
    int devices,
    int bytes,
    double rate,
    long count,
    Duration warmUp,
    Duration time) {}
