package dev.hologrid.gateway.http;

import dev.hologrid.gateway.alerting.AlertLog;
import dev.hologrid.gateway.incident.IncidentTotals;
import dev.hologrid.gateway.ingest.Books;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.DeviceState;
import dev.hologrid.rules.Severity;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The district in figures; the same totals for everybody on the staff. */
final class SummaryResource implements Resource, Metrics {
  private final Figures figures;
  private final AlertLog alerts;
  private final IncidentTotals incidents;
  private final DeviceRegistry devices;
  private volatile double perSecond;
  private long lastReceived = -1;
  private long lastAt;

  SummaryResource(
      Figures figures, AlertLog alerts, IncidentTotals incidents, DeviceRegistry devices) {
    this.figures = figures;
    this.alerts = alerts;
    this.incidents = incidents;
    this.devices = devices;
  }

  record BooksView(long received, long stored, long quarantined, long inFlight) {}

  record AlertsView(int firing, Map<String, Integer> bySeverity) {}

  record IncidentsView(
      int open,
      Map<String, Integer> byState,
      Map<String, Integer> byPriority,
      long dispatched,
      long closed) {}

  record DevicesView(int total, int online, int offline) {}

  record Summary(
      BooksView books,
      AlertsView alerts,
      IncidentsView incidents,
      DevicesView devices,
      List<Figures.Lag> lags,
      double ingestPerSecond) {}

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("getSummary", call -> Future.succeededFuture(Answer.json(summary())));
  }

  /** Once a second, on one thread: measures the rate. */
  Summary measure() {
    long received = figures.books().page().received();
    long now = System.nanoTime();
    if (lastReceived >= 0 && now > lastAt) {
      double rate = (double) (received - lastReceived) * 1e9 / (double) (now - lastAt);
      perSecond = Math.rint(rate * 10) / 10;
    }
    lastReceived = received;
    lastAt = now;
    return summary();
  }

  private Summary summary() {
    Books.Page books = figures.books().page();
    Map<String, Integer> bySeverity = new TreeMap<>();
    for (Severity each : Severity.values()) {
      bySeverity.put(each.name().toLowerCase(Locale.ROOT), alerts.firing(each));
    }
    IncidentTotals.Totals totals = incidents.totals();
    return new Summary(
        new BooksView(books.received(), books.stored(), books.quarantined(), books.inFlight()),
        new AlertsView(alerts.firing(), bySeverity),
        new IncidentsView(
            totals.open(),
            names(totals.byState()),
            names(totals.byPriority()),
            totals.dispatched(),
            totals.closed()),
        new DevicesView(
            devices.total(), devices.count(DeviceState.ONLINE), devices.count(DeviceState.OFFLINE)),
        figures.lags().get(),
        perSecond);
  }

  private static <E extends Enum<E>> Map<String, Integer> names(Map<E, Integer> counts) {
    Map<String, Integer> named = new TreeMap<>();
    counts.forEach((key, count) -> named.put(key.name(), count));
    return named;
  }

  @Override
  public void write(MetricText out) {
    Books.Page books = figures.books().page();
    counter(out, "hologrid_messages_received_total", "Messages taken in", books.received());
    counter(out, "hologrid_messages_stored_total", "Messages on disk", books.stored());
    out.counter("hologrid_messages_quarantined_total", "Messages refused and kept");
    books
        .byReason()
        .forEach(
            (reason, count) ->
                out.sample(
                    "hologrid_messages_quarantined_total",
                    "reason",
                    reason.name(),
                    (double) count));
    out.gauge("hologrid_messages_in_flight", "Messages waiting for the disk")
        .sample("hologrid_messages_in_flight", (double) books.inFlight());
    out.gauge("hologrid_alerts_firing", "Alerts firing now");
    for (Severity each : Severity.values()) {
      String word = each.name().toLowerCase(Locale.ROOT);
      out.sample("hologrid_alerts_firing", "severity", word, alerts.firing(each));
    }
    counter(out, "hologrid_alerts_raised_total", "Alerts raised", alerts.raised());
    IncidentTotals.Totals totals = incidents.totals();
    counter(out, "hologrid_incidents_opened_total", "Incidents opened", totals.opened());
    counter(out, "hologrid_incidents_dispatched_total", "Of these dispatched", totals.dispatched());
    lags(out);
    out.summary("hologrid_alert_latency_seconds", "From receipt of a reading to its alert on disk");
    figures
        .latency()
        .get()
        .forEach((q, value) -> out.sample("hologrid_alert_latency_seconds", "quantile", q, value));
  }

  private static void counter(MetricText out, String name, String help, long value) {
    out.counter(name, help).sample(name, (double) value);
  }

  private void lags(MetricText out) {
    List<Figures.Lag> lags = figures.lags().get();
    out.gauge("hologrid_follower_lag_records", "Records stored and not yet taken");
    lags.forEach(
        each ->
            out.sample(
                "hologrid_follower_lag_records",
                "follower",
                each.follower(),
                (double) each.records()));
    out.gauge("hologrid_follower_lag_seconds", "Age of the oldest record not yet taken");
    lags.forEach(
        each ->
            out.sample(
                "hologrid_follower_lag_seconds", "follower", each.follower(), each.seconds()));
  }
}
