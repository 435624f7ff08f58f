package dev.hologrid.gateway.notify;

import dev.hologrid.gateway.incident.AuditAnchors;
import dev.hologrid.gateway.incident.Incident;
import dev.hologrid.gateway.incident.IncidentEntry;
import dev.hologrid.gateway.incident.IncidentEvent;
import dev.hologrid.gateway.incident.Outlet;
import dev.hologrid.gateway.incident.Priority;
import dev.hologrid.gateway.incident.Subscribers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What channels hear of: events that somebody may have to act on, from a priority up. */
public record Interest(List<Wish> wishes) implements Outlet, Subscribers {
  /** The events that tell people something; the rest is for the history. */
  public static final Set<String> DEFAULT_EVENTS =
      Set.of(
          "opened",
          "priority_raised",
          "dispatched",
          "assigned",
          "returned",
          "deferral_requested",
          "reminded",
          "went_overdue",
          "escalated",
          "informed",
          "supervised",
          "rejected",
          "self_handled",
          "closed",
          "reopened",
          "patrol_missed",
          "patrol_unassigned");

  /** What is no incident's event. */
  private static final Set<String> OTHERS =
      Set.of(
          "patrol_due",
          "patrol_reminder",
          "patrol_missed",
          "patrol_unassigned",
          AuditAnchors.EVENT);

  /** Every event there is, by its word. */
  static final Set<String> KNOWN_EVENTS = known();

  private static Set<String> known() {
    Set<String> all = new HashSet<>(IncidentEvent.names());
    all.addAll(OTHERS);
    return Set.copyOf(all);
  }

  /** One channel's. */
  public record Wish(String channel, Set<String> events, Priority least) {}

  @Override
  public List<String> channels(Incident after, IncidentEntry entry) {
    return wishes.stream()
        .filter(each -> each.events().contains(entry.event().name()))
        .filter(each -> after.priority().compareTo(each.least()) <= 0)
        .map(Wish::channel)
        .toList();
  }

  /** Of rounds and anchors; a round counts as P4, an anchor goes to whoever asks for it. */
  @Override
  public List<String> channels(String event) {
    return wishes.stream()
        .filter(each -> each.events().contains(event))
        .filter(each -> event.equals(AuditAnchors.EVENT) || each.least() == Priority.P4)
        .map(Wish::channel)
        .toList();
  }
}
