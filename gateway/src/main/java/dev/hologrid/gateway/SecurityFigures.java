package dev.hologrid.gateway;

import dev.hologrid.gateway.http.MetricText;
import dev.hologrid.gateway.http.Metrics;
import dev.hologrid.gateway.source.endpoint.EndpointCounts;
import dev.hologrid.gateway.source.endpoint.MqttEndpointSource;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who came in and who did not, for the metrics page. */
record SecurityFigures(
    Supplier<@Nullable MqttEndpointSource> endpoint,
    Supplier<Map<String, Long>> decisions,
    Supplier<Map<String, Instant>> certificates)
    implements Metrics {
  private static final String EXPIRY = "hologrid_certificate_expiry_timestamp_seconds";

  @Override
  public void write(MetricText out) {
    out.counter("hologrid_security_decisions_total", "Security decisions, by what was decided");
    decisions
        .get()
        .forEach(
            (what, count) -> out.sample("hologrid_security_decisions_total", "what", what, count));
    out.gauge(EXPIRY, "When the certificate of a listener ends, seconds since 1970");
    certificates
        .get()
        .forEach(
            (who, ends) -> out.sample(EXPIRY, "listener", who, (double) ends.getEpochSecond()));
    MqttEndpointSource source = endpoint.get();
    if (source != null) {
      mqtt(out, source);
    }
  }

  private static void mqtt(MetricText out, MqttEndpointSource source) {
    EndpointCounts counts = source.refusals();
    out.gauge("hologrid_mqtt_connections", "MQTT connections open")
        .sample("hologrid_mqtt_connections", source.connections());
    out.gauge("hologrid_mqtt_unconnected", "Connections that have not sent their CONNECT yet")
        .sample("hologrid_mqtt_unconnected", source.unconnected());
    out.counter("hologrid_mqtt_not_accepted_total", "Times a client found no open file left")
        .sample("hologrid_mqtt_not_accepted_total", (double) source.notAccepted());
    out.gauge("hologrid_mqtt_sessions_kept", "MQTT sessions of clients that left and may come back")
        .sample("hologrid_mqtt_sessions_kept", source.keptSessions());
    out.counter("hologrid_mqtt_accepted_total", "CONNECTs accepted")
        .sample("hologrid_mqtt_accepted_total", (double) source.counts().accepted());
    out.counter("hologrid_mqtt_refused_total", "CONNECTs refused, by reason");
    counts
        .refusals()
        .forEach((why, count) -> out.sample("hologrid_mqtt_refused_total", "reason", why, count));
    out.counter("hologrid_mqtt_closed_total", "Connections closed by us, by reason");
    counts
        .closings()
        .forEach((why, count) -> out.sample("hologrid_mqtt_closed_total", "reason", why, count));
    out.counter("hologrid_mqtt_publishes_refused_total", "Messages their sender may not publish")
        .sample("hologrid_mqtt_publishes_refused_total", (double) counts.publishesRefused());
    out.counter("hologrid_mqtt_subscriptions_refused_total", "Topic filters refused")
        .sample(
            "hologrid_mqtt_subscriptions_refused_total", (double) counts.subscriptionsRefused());
    out.counter("hologrid_mqtt_slowed_total", "Times a connection was read more slowly for a rate")
        .sample("hologrid_mqtt_slowed_total", (double) counts.slowed());
  }
}
