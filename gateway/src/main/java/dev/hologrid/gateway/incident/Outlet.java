package dev.hologrid.gateway.incident;

import java.util.List;

/** Which notification channels want to hear of an event. Pure and quick. */
public interface Outlet {
  /** Nobody. */
  Outlet NONE = (after, entry) -> List.of();

  List<String> channels(Incident after, IncidentEntry entry);
}
