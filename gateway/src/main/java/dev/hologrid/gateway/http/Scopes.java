package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.site.PlaceTree;
import dev.hologrid.gateway.site.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of the grid tree a person may see: the subtree of their scope. */
final class Scopes {
  private final Site site;

  Scopes(Site site) {
    this.site = site;
  }

  /** True for somebody whose scope is the whole site, who also sees what is nowhere in it. */
  boolean everything(Person person) {
    String scope = person.scope();
    return scope.isEmpty()
        || site.places().roots().stream().anyMatch(each -> each.code().equals(scope))
            && site.places().roots().size() == 1;
  }

  boolean covers(Person person, List<String> path) {
    return path.contains(person.scope()) || everything(person);
  }

  boolean covers(Person person, String place) {
    return place.equals(person.scope())
        || site.places().contains(person.scope(), place)
        || everything(person);
  }

  /**
   * The place that a list is about: what was asked for, narrowed to the scope.
   *
   * @return null for everywhere
   */
  @Nullable String narrow(Person person, @Nullable String asked) {
    boolean all = everything(person);
    if (asked == null) {
      return all ? null : person.scope();
    }
    PlaceTree places = site.places();
    if (places.place(asked) == null) {
      throw Refused.badRequest("place", "there is no place " + asked + "; GET /api/v1/grids");
    }
    if (all || places.contains(person.scope(), asked)) {
      return asked;
    }
    if (places.contains(asked, person.scope())) {
      return person.scope();
    }
    throw Refused.forbidden("this is outside of your area, which is " + person.scope());
  }

  /** Where figures are counted: the place that a request asks for, narrowed. */
  Border border(Call call) {
    return Border.of(
        code -> site.places().pathCodes(code), narrow(call.person(), call.query("place")));
  }
}
