package dev.hologrid.gateway.notify;

import dev.hologrid.gateway.incident.Incident;
import dev.hologrid.gateway.incident.IncidentEntry;
import dev.hologrid.gateway.incident.IncidentEvent;
import dev.hologrid.gateway.incident.Outlet;
import dev.hologrid.gateway.incident.Priority;
import java.util.List;
import java.util.Set;

/** What channels hear of: events that somebody may have to act on, from a priority up. */
public record Interest(List<Wish> wishes) implements Outlet {
  /** The events that tell people something; the rest is for the history. */
  public static final Set<String> DEFAULT_EVENTS =
      Set.of(
          "opened",
          "priority_raised",
          "dispatched",
          "returned",
          "went_overdue",
          "escalated",
          "informed",
          "supervised",
          "closed",
          "reopened");

  /** Every event there is, by its word. */
  static final Set<String> KNOWN_EVENTS = IncidentEvent.names();

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
}
