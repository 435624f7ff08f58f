package dev.hologrid.simulator.fleet;

import dev.hologrid.simulator.ledger.Ledger;
import dev.hologrid.simulator.mqtt.Message;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The fleet's totals and its ledger. Safe for use by many threads. */
final class Account {
  private final Ledger ledger;
  private final InstantSource clock;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong acked = new AtomicLong();
  private final AtomicLong resent = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicInteger connected = new AtomicInteger();

  Account(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  void sent(Message message, boolean again) {
    if (again) {
      resent.incrementAndGet();
    } else {
      sent.incrementAndGet();
      ledger.sent(message, clock.millis());
    }
  }

  void acked(Message message) {
    acked.incrementAndGet();
    ledger.acked(message, clock.millis());
  }

  /** A device had too much waiting and measured nothing. */
  void skipped() {
    skipped.incrementAndGet();
  }

  void connected(int change) {
    connected.addAndGet(change);
  }

  Progress progress() {
    return new Progress(connected.get(), sent.get(), acked.get(), resent.get(), skipped.get());
  }
}
