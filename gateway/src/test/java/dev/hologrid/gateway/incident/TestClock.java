package dev.hologrid.gateway.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. Safe for use by many threads. */
public final class TestClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-24T02:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  public void forward(Duration by) {
    now = now.plus(by);
  }

  public void at(Instant when) {
    now = when;
  }
}
