package dev.hologrid.gateway.stream;

import java.time.Duration;

/**
 * How much the live stream holds.
 *
 * @param frames queued for one viewer at most
 * @param bytes queued for one viewer at most
 * @param ringFrames kept for viewers that come back
 * @param ringBytes kept for viewers that come back
 * @param viewers at most
 * @param stuckAfter a viewer whose socket took nothing for so long is closed
 * @param heartbeat pause after which a quiet connection is written to
 */
public record StreamLimits(
    int frames,
    long bytes,
    int ringFrames,
    long ringBytes,
    int viewers,
    Duration stuckAfter,
    Duration heartbeat) {
  public static StreamLimits standard() {
    return new StreamLimits(
        256, 8L << 20, 4096, 16L << 20, 2000, Duration.ofSeconds(10), Duration.ofSeconds(15));
  }
}
