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
    Duration time) {
  /** So many messages, as fast as they are acknowledged. */
  public LoadPlan counting(long messages) {
    return new LoadPlan(
        server, connections, window, devices, bytes, 0, messages, Duration.ZERO, Duration.ZERO);
  }

  /** For so long, at so many messages a second; 0 is as fast as they are acknowledged. */
  public LoadPlan lasting(Duration length, double perSecond) {
    return new LoadPlan(
        server, connections, window, devices, bytes, perSecond, 0, Duration.ZERO, length);
  }
}
