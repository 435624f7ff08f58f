package dev.hologrid.gateway.source.endpoint;

import java.util.concurrent.atomic.LongAdder;

/** What the endpoint counts. Safe for use by many threads. */
public final class EndpointCounts {
  final LongAdder accepted = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder takenOver = new LongAdder();
  final LongAdder notAllowed = new LongAdder();
  final LongAdder tooLarge = new LongAdder();
  final LongAdder broken = new LongAdder();
  final LongAdder silent = new LongAdder();
  final LongAdder wills = new LongAdder();

  /**
   * One look.
   *
   * @param connections open now
   * @param accepted CONNECTs accepted
   * @param refused CONNECTs refused
   * @param takenOver connections closed because their client id connected anew
   * @param notAllowed messages that their sender may not publish
   * @param tooLarge connections closed for a packet above the limit
   * @param broken connections closed for bytes that are no MQTT
   * @param silent connections closed for silence
   * @param wills wills that took effect
   */
  public record Page(
      long connections,
      long accepted,
      long refused,
      long takenOver,
      long notAllowed,
      long tooLarge,
      long broken,
      long silent,
      long wills) {}

  Page page(long connections) {
    return new Page(
        connections,
        accepted.sum(),
        refused.sum(),
        takenOver.sum(),
        notAllowed.sum(),
        tooLarge.sum(),
        broken.sum(),
        silent.sum(),
        wills.sum());
  }
}
