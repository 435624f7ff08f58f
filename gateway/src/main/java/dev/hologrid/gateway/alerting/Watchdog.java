package dev.hologrid.gateway.alerting;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.SourceMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A dead pipeline looks like a quiet night, so a device of our own speaks every ten seconds,
 * through the front door, the journal and the engine, and counts once the alerts from before it are
 * on disk; its age is what an outside monitor looks at.
 */
public final class Watchdog implements Component {
  static final String KIND = DeviceRegistry.OWN_KIND;
  private static final String TOPIC = "hologrid/v1/watchdog/hologrid-watchdog";
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final long TOO_OLD_MS = 45_000;

  private final Inbox inbox;
  private final Alerting alerting;
  private final LongSupplier clock;
  private final Thread thread;
  private volatile boolean closing;
  private volatile long startedAt;

  public Watchdog(Inbox inbox, Alerting alerting, LongSupplier clock) {
    this.inbox = inbox;
    this.alerting = alerting;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name(KIND).daemon().unstarted(this::run);
  }

  public void start() {
    startedAt = clock.getAsLong();
    thread.start();
  }

  private void run() {
    while (!closing) {
      beat();
      LockSupport.parkNanos(this, EVERY.toNanos());
    }
  }

  private void beat() {
    byte[] payload = "{\"values\":{\"beat\":1}}".getBytes(StandardCharsets.UTF_8);
    inbox.put(
        new SourceMessage(
            KIND,
            TOPIC,
            "",
            payload,
            clock.getAsLong(),
            new SourceMessage.Ack() {
              @Override
              public void stored() {}

              @Override
              public void failed(Throwable cause) {} // then no age comes, which is what tells
            }));
  }

  /** How long ago the last reading of the watchdog reached the engine, in milliseconds. */
  public long ageMs() {
    return Math.max(0, clock.getAsLong() - Math.max(startedAt, alerting.watchdogAt()));
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public Check check() {
    long age = ageMs();
    return age <= TOO_OLD_MS
        ? Check.ok()
        : Check.failed("for " + age / 1_000 + " s no reading of our own has passed the rules");
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
  }
}
