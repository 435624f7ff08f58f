package dev.hologrid.gateway.incident;

import java.util.List;

/** Which notification channels want to hear of what is no incident. Pure and quick. */
@FunctionalInterface
public interface Subscribers {
  /** Nobody. */
  Subscribers NONE = event -> List.of();

  /** The channels that an event by this word goes to. */
  List<String> channels(String event);
}
