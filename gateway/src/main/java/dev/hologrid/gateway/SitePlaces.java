package dev.hologrid.gateway;

import dev.hologrid.gateway.incident.Places;
import dev.hologrid.gateway.site.Place;
import dev.hologrid.gateway.site.Site;
import java.util.List;

/** The site's tree, as incidents need it. */
record SitePlaces(Site site) implements Places {
  @Override
  public List<String> path(String code) {
    return site.places().pathCodes(code);
  }

  @Override
  public List<String> nowhere() {
    List<Place> roots = site.places().roots();
    return roots.size() == 1 ? List.of(roots.getFirst().code()) : List.of();
  }
}
