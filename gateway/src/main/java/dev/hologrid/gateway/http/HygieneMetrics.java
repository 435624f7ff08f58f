package dev.hologrid.gateway.http;

import dev.hologrid.gateway.alerting.hygiene.Hygiene;
import dev.hologrid.rules.Severity;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hygiene of the last 24 hours as metrics, measured at most once a minute and never while
 * somebody waits: a look shows what the one before began to measure.
 */
final class HygieneMetrics implements Metrics {
  private static final Logger LOG = LoggerFactory.getLogger(HygieneMetrics.class);
  private static final long EVERY_MS = 60_000;

  private final Vertx vertx;
  private final Clock clock;
  private final Supplier<Hygiene> measure;
  private final AtomicBoolean measuring = new AtomicBoolean();
  private volatile long measuredAt;
  private volatile @Nullable Hygiene last;

  HygieneMetrics(Vertx vertx, Clock clock, Supplier<Hygiene> measure) {
    this.vertx = vertx;
    this.clock = clock;
    this.measure = measure;
  }

  @Override
  public void write(MetricText out) {
    renew();
    Hygiene now = last;
    if (now == null) {
      return;
    }
    gauge(out, "alerts_per_hour", "Alerts an hour, last 24 hours", now.perHour());
    gauge(out, "flood_share", "Share of the time in flood (ISA-18.2)", now.floodShare());
    gauge(out, "chattering", "Alerts that came three times a minute", now.chattering());
    gauge(out, "stale", "Alerts active for more than a day", now.stale());
    gauge(out, "worst_ten_share", "Share of the ten worst sources", now.worstTenShare());
    gauge(out, "judged", "Alerts whose case says what they were", now.judged());
    gauge(out, "false_alarms", "Of these, false alarms", now.falseAlarms());
    out.gauge("hologrid_hygiene_alerts", "Alerts of the last 24 hours");
    for (Severity each : Severity.values()) {
      out.sample(
          "hologrid_hygiene_alerts",
          "severity",
          each.name().toLowerCase(Locale.ROOT),
          now.bySeverity().getOrDefault(each, 0));
    }
  }

  private static void gauge(MetricText out, String name, String help, double value) {
    out.gauge("hologrid_hygiene_" + name, help).sample("hologrid_hygiene_" + name, value);
  }

  private void renew() {
    long now = clock.millis();
    if (now - measuredAt < EVERY_MS || !measuring.compareAndSet(false, true)) {
      return;
    }
    vertx
        .executeBlocking(measure::get, false)
        .onSuccess(
            done -> {
              last = done;
              measuredAt = now;
            })
        .onFailure(cause -> LOG.warn("the hygiene of the alerts could not be measured", cause))
        .onComplete(done -> measuring.set(false));
  }
}
