package dev.hologrid.peers.drools;

import dev.hologrid.peers.Alerts;

/** What the rules call when they are true. */
public final class Results {
  Alerts alerts = new Alerts(0);
  long now;

  /** See {@link Alerts#trueAt}. */
  public void trueAt(DroolsReading reading, long delay) {
    alerts.trueAt(reading.getDeviceIndex(), reading.getNth(), reading.getTs() + delay);
  }

  /** Like {@link #trueAt} unless the reading is an old one whose window shrank. */
  public void trueNow(DroolsReading reading) {
    if (reading.getTs() == now) {
      trueAt(reading, 0);
    }
  }

  /** An alert started. */
  public void add(DroolsReading reading, long delay) {
    alerts.add(reading.getDeviceIndex(), reading.getTs() + delay);
  }

  /** See {@link Alerts#trueUntil}. */
  public void trueUntil(int subject, long time, long end) {
    alerts.trueUntil(subject, time, end);
  }

  /** So many of a building's devices are offline now. */
  public void offline(int building, long count) {
    if (count >= 3) {
      alerts.on(building, now);
    } else {
      alerts.off(building);
    }
  }
}
