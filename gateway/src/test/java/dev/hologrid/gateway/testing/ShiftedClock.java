package dev.hologrid.gateway.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The machine's clock, so much ahead or behind; it may be moved. Safe for use by many threads. */
public final class ShiftedClock extends Clock {
  private final Clock machine = Clock.systemUTC();
  private volatile Duration by;

  public ShiftedClock(Duration by) {
    this.by = by;
  }

  /** From now on it is so much ahead of the machine's. */
  public void shift(Duration by) {
    this.by = by;
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(by);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the zone of a shifted clock is UTC");
  }
}
