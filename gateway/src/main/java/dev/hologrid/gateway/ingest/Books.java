package dev.hologrid.gateway.ingest;

import dev.hologrid.gateway.decode.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of every message since the start: {@code received = stored + quarantined + in
 * flight}. In flight is derived, so the identity holds at any time; after a drain in flight is 0.
 * Messages that could not be written (the sender keeps them) are taken back out of received and
 * counted apart. Safe for use by many threads.
 */
public final class Books {
  private final LongAdder received = new LongAdder();
  private final LongAdder stored = new LongAdder();
  private final LongAdder readings = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Map<Reason, LongAdder> quarantined = new EnumMap<>(Reason.class);

  Books() {
    for (Reason each : Reason.values()) {
      quarantined.put(each, new LongAdder());
    }
  }

  /** One look at the books. */
  public record Page(
      long received,
      long stored,
      long quarantined,
      long inFlight,
      long readings,
      long notWritten,
      Map<Reason, Long> byReason) {}

  void received() {
    received.increment();
  }

  void stored(int count) {
    stored.increment();
    readings.add(count);
  }

  void quarantined(Reason reason) {
    adder(reason).increment();
  }

  /** The disk did not take it and it was not acknowledged. */
  void notWritten() {
    refused.increment();
  }

  private LongAdder adder(Reason reason) {
    LongAdder adder = quarantined.get(reason);
    if (adder == null) {
      throw new IllegalStateException("no counter for " + reason);
    }
    return adder;
  }

  public Page page() {
    Map<Reason, Long> byReason = new EnumMap<>(Reason.class);
    long refusedSum = refused.sum();
    long storedSum = stored.sum();
    long quarantinedSum = 0;
    for (Map.Entry<Reason, LongAdder> each : quarantined.entrySet()) {
      long sum = each.getValue().sum();
      if (sum > 0) {
        byReason.put(each.getKey(), sum);
        quarantinedSum += sum;
      }
    }
    // Read last: what ended was received before, so this is never too small.
    long receivedSum = received.sum() - refusedSum;
    return new Page(
        receivedSum,
        storedSum,
        quarantinedSum,
        receivedSum - storedSum - quarantinedSum,
        readings.sum(),
        refusedSum,
        byReason);
  }
}
