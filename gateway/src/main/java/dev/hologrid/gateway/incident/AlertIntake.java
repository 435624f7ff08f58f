package dev.hologrid.gateway.incident;

import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.AlertEvent;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes alert events into one unit of work; taking one again changes nothing. */
final class AlertIntake {
  private final Unit unit;
  private final Policy policy;
  private final Places places;
  private final Instant now;
  private final Function<Unit, String> newId;
  private final Function<Unit, String> newNumber;

  AlertIntake(
      Unit unit,
      Policy policy,
      Places places,
      Instant now,
      Function<Unit, String> newId,
      Function<Unit, String> newNumber) {
    this.unit = unit;
    this.policy = policy;
    this.places = places;
    this.now = now;
    this.newId = newId;
    this.newNumber = newNumber;
  }

  void take(AlertEvent event) {
    String alert = event.alert().id().key();
    String id = unit.incidentOf(alert);
    switch (event.kind()) {
      case RAISED -> {
        if (id == null) {
          raised(event.alert());
        }
      }
      case CHANGED -> {
        Incident incident = id == null ? null : unit.find(id);
        if (id == null) {
          raised(event.alert());
        } else if (incident != null && incident.isOpen()) {
          more(incident, Intake.changed(incident, event.alert(), now, policy), event.alert());
        }
      }
      case CLEARED -> cleared(alert, id);
    }
  }

  private void cleared(String alert, @Nullable String id) {
    Incident incident = id == null ? null : unit.find(id);
    if (incident != null && unit.clear(alert, now) && incident.isOpen()) {
      append(incident, List.of(new IncidentEvent.AlertCleared(alert)));
    }
  }

  private void raised(Alert alert) {
    List<String> path = places.path(alert.place());
    Spot spot = new Spot(alert.place(), path.isEmpty() ? places.nowhere() : path);
    String family = policy.catalog().family(alert.category());
    Incident open = unit.findByKey(Intake.groupKey(family, spot, alert.id().subject()));
    if (open != null) {
      unit.attach(alert.id().key(), open.id(), now);
      more(open, Intake.join(open, alert, now, policy), alert);
      return;
    }
    String id = newId.apply(unit);
    unit.attach(alert.id().key(), id, now);
    List<IncidentEvent> events = Intake.open(alert, newNumber.apply(unit), spot, now, policy);
    Incident opened = unit.append(id, null, events, now, Person.SYSTEM);
    Routes routes = new Routes(unit, policy, now);
    routes.inform(routes.send(opened));
  }

  /** Work goes on at the parent: what makes its duplicate more urgent makes it so, too. */
  private void more(Incident incident, List<IncidentEvent> events, Alert alert) {
    Incident after = append(incident, events);
    Incident parent = after.parent() == null ? null : unit.find(after.parent());
    if (parent != null && parent.isOpen()) {
      append(parent, Intake.raised(parent, after.priority(), alert, now, policy));
    }
  }

  private Incident append(Incident incident, List<IncidentEvent> events) {
    return events.isEmpty()
        ? incident
        : new Routes(unit, policy, now)
            .send(unit.append(incident.id(), incident, events, now, Person.SYSTEM));
  }
}
