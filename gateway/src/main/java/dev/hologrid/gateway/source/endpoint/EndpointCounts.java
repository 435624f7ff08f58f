package dev.hologrid.gateway.source.endpoint;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What the endpoint counts. Safe for use by many threads. */
public final class EndpointCounts {
  final LongAdder accepted = new LongAdder();
  final Map<DeviceGate.Refusal, LongAdder> refused = adders();
  final LongAdder takenOver = new LongAdder();
  final LongAdder notAllowed = new LongAdder();
  final LongAdder tooLarge = new LongAdder();
  final LongAdder broken = new LongAdder();
  final LongAdder silent = new LongAdder();
  final LongAdder unexpected = new LongAdder();
  final LongAdder late = new LongAdder();
  final LongAdder displaced = new LongAdder();
  final LongAdder wills = new LongAdder();
  final LongAdder slowed = new LongAdder();
  final LongAdder subscriptionsRefused = new LongAdder();

  private static Map<DeviceGate.Refusal, LongAdder> adders() {
    Map<DeviceGate.Refusal, LongAdder> adders = new EnumMap<>(DeviceGate.Refusal.class);
    for (DeviceGate.Refusal each : DeviceGate.Refusal.values()) {
      adders.put(each, new LongAdder());
    }
    return Map.copyOf(adders);
  }

  void refused(DeviceGate.Refusal why) {
    LongAdder count = refused.get(why);
    if (count != null) {
      count.increment();
    }
  }

  /** CONNECTs refused, by reason. */
  public Map<String, Long> refusals() {
    Map<String, Long> now = new TreeMap<>();
    refused.forEach((why, count) -> now.put(why.word(), count.sum()));
    return now;
  }

  /** Connections closed and requests refused, by reason. */
  public Map<String, Long> closings() {
    return new TreeMap<>(
        Map.of(
            "taken-over", takenOver.sum(),
            "packet-too-large", tooLarge.sum(),
            "malformed", broken.sum(),
            "silent", silent.sum(),
            "unexpected", unexpected.sum(),
            "no-connect", late.sum(),
            "too-many-before-connect", displaced.sum()));
  }

  /** Times that a connection was read more slowly for a rate. */
  public long slowed() {
    return slowed.sum();
  }

  /** Messages that their sender may not publish. */
  public long publishesRefused() {
    return notAllowed.sum();
  }

  /** Topic filters refused. */
  public long subscriptionsRefused() {
    return subscriptionsRefused.sum();
  }

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
        refused.values().stream().mapToLong(LongAdder::sum).sum(),
        takenOver.sum(),
        notAllowed.sum(),
        tooLarge.sum(),
        broken.sum(),
        silent.sum(),
        wills.sum());
  }
}
