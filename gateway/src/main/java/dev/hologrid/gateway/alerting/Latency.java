package dev.hologrid.gateway.alerting;

import org.HdrHistogram.ConcurrentHistogram;

/** From the receipt of the deciding reading to its alert event on disk. Safe for many threads. */
public final class Latency {
  private static final long MOST_MS = 3_600_000;
  private final ConcurrentHistogram milliseconds = new ConcurrentHistogram(MOST_MS, 3);

  void record(long ms) {
    milliseconds.recordValue(Math.clamp(ms, 0, MOST_MS));
  }

  /** The percentile in milliseconds, 0 while nothing was measured. */
  public long percentile(double percentile) {
    return milliseconds.getValueAtPercentile(percentile);
  }

  public long count() {
    return milliseconds.getTotalCount();
  }
}
