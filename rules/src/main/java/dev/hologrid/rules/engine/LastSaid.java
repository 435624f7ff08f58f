package dev.hologrid.rules.engine;

/** When a device last said the metric that a rule waits for; first, from when on it waits. */
final class LastSaid {
  long time;

  /** The offset of that reading, or -1. */
  long offset;

  LastSaid(long time, long offset) {
    this.time = time;
    this.offset = offset;
  }
}
