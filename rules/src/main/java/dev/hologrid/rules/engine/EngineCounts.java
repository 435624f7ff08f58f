package dev.hologrid.rules.engine;

/**
 * What the engine did with readings that did not come in order.
 *
 * @param late older than their device's newest: counted only by rules for which order is nothing
 * @param duplicates seen before: not counted at all
 * @param future ahead of their receipt beyond what is allowed: counted at their receipt
 */
public record EngineCounts(long late, long duplicates, long future) {
  EngineCounts plusLate() {
    return new EngineCounts(late + 1, duplicates, future);
  }

  EngineCounts plusDuplicate() {
    return new EngineCounts(late, duplicates + 1, future);
  }

  EngineCounts plusFuture() {
    return new EngineCounts(late, duplicates, future + 1);
  }
}
