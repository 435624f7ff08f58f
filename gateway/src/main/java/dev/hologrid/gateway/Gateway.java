package dev.hologrid.gateway;

import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.incident.IncidentTotals;
import dev.hologrid.gateway.ingest.Books;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The server, running. {@link Assembly} makes and joins its parts. Safe for use by many threads.
 */
public final class Gateway implements AutoCloseable {
  private final Assembly parts;
  private final StopStack started;

  private Gateway(Assembly parts, StopStack started) {
    this.parts = parts;
    this.started = started;
  }

  /**
   * Starts everything and returns when devices can connect.
   *
   * @throws StartFailed when a part cannot start; what had started is stopped again
   */
  public static Gateway start(GatewayConfig config, Clock clock) {
    StopStack stack = new StopStack();
    try {
      return new Gateway(new Assembly(config, clock, stack), stack);
    } catch (StartFailed e) {
      stack.close();
      throw e;
    } catch (Exception e) {
      stack.close();
      throw new StartFailed("could not start: " + e.getMessage(), e);
    }
  }

  public int httpPort() {
    return parts.http.port();
  }

  public int mqttPort() {
    return parts.endpoint.port();
  }

  /** The port of MQTT with transport security, or -1. */
  public int mqttSecurePort() {
    return parts.endpoint.securePort();
  }

  public List<Component> components() {
    return parts.components();
  }

  /** The totals since the start. */
  public Totals totals() {
    Books.Page page = parts.ingest.books().page();
    IncidentTotals.Totals incidents = parts.incidents.totals();
    return new Totals(
        page.received(),
        page.stored(),
        page.quarantined(),
        page.inFlight(),
        parts.alerts.raised(),
        parts.alerts.firing(),
        incidents.opened(),
        incidents.open(),
        incidents.dispatched(),
        parts.alerting.latency().percentile(99));
  }

  /**
   * Waits until nothing is in flight and the followers that make alerts and incidents have taken
   * all, or until the time is up; then tells the totals.
   */
  public Totals drain(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (System.nanoTime() < end && !settled()) {
      LockSupport.parkNanos(5_000_000);
    }
    return totals();
  }

  private boolean settled() {
    return parts.settled();
  }

  @Override
  public void close() {
    started.close();
  }
}
