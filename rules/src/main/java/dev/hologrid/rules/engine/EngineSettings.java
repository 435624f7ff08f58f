package dev.hologrid.rules.engine;

import java.time.Duration;

/**
 * How the engine treats time.
 *
 * @param lateness how long a reading may be under way and still be put in order; alerts come so
 *     much later. Zero: readings count as they arrive
 * @param future how far ahead of its receipt a device's clock may be; beyond it, receipt counts
 */
public record EngineSettings(Duration lateness, Duration future) {
  /** In order of arrival, clocks up to a minute ahead. */
  public static final EngineSettings DEFAULT =
      new EngineSettings(Duration.ZERO, Duration.ofMinutes(1));

  public EngineSettings withLateness(Duration other) {
    return new EngineSettings(other, future);
  }
}
