package dev.hologrid.rules.engine;

import dev.hologrid.rules.alert.AlertEvent;

/** Who hears of alerts; called while a reading is taken, on the caller's thread. */
public interface AlertSink {
  void accept(AlertEvent event);
}
