package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.alerting.AlertRecord;
import dev.hologrid.gateway.incident.Incident;
import dev.hologrid.gateway.incident.IncidentEntry;
import dev.hologrid.gateway.site.DeviceView;
import dev.hologrid.gateway.site.PlaceTree;
import dev.hologrid.gateway.stream.LiveStream;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Puts what happens on the live stream, in the same words as the REST interface. Any thread. */
final class LiveFeed {
  private final LiveStream stream;
  private final HttpParts parts;
  private final AlertViews alerts;
  private final IncidentViews incidents;

  LiveFeed(HttpParts parts, AlertViews alerts, IncidentViews incidents) {
    this.parts = parts;
    this.stream = parts.work().stream();
    this.alerts = alerts;
    this.incidents = incidents;
  }

  private record DeviceItem(String id, String state, String kind, String place) {}

  /** Begins to listen; returns the timer of the summary. */
  long start(Vertx vertx, SummaryResource summary) {
    parts.work().alerts().onEvent(this::alert);
    parts.work().desk().listen(this::incident);
    parts.area().devices().onChange(this::devices);
    return vertx.setPeriodic(
        1000, ignored -> stream.publish("summary", List.of(), Json.bytes(summary.measure())));
  }

  private PlaceTree places() {
    return parts.area().site().places();
  }

  private void alert(AlertRecord record) {
    ObjectNode item = alerts.item(record.event().alert(), null);
    item.put("change", record.event().kind().name());
    stream.publish("alert", places().pathCodes(record.event().alert().place()), Json.bytes(item));
  }

  private void incident(Incident after, IncidentEntry entry) {
    stream.publish(
        "incident",
        after.spot().path(),
        concerned(after),
        Json.bytes(incidents.changed(after, entry.event())));
  }

  /** Whoever has it, had it, or reported it. */
  private static Set<String> concerned(Incident incident) {
    Set<String> people = new HashSet<>(incident.hands().handlers());
    String assignee = incident.hands().assignee();
    String reporter = incident.report().reporter();
    if (assignee != null) {
      people.add(assignee);
    }
    if (reporter != null) {
      people.add(reporter);
    }
    return people;
  }

  private void devices(List<DeviceView> changed) {
    for (DeviceView each : changed) {
      DeviceItem item =
          new DeviceItem(
              each.id(), each.state().name().toLowerCase(Locale.ROOT), each.kind(), each.place());
      stream.publish("device", places().pathCodes(each.place()), Json.bytes(item));
    }
  }
}
