package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Role;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Who there is to dispatch to. */
final class PeopleResource implements Resource {
  private final People people;
  private final Scopes scopes;

  PeopleResource(People people, Scopes scopes) {
    this.people = people;
    this.scopes = scopes;
  }

  /** A person as others see them: no telephone. */
  record Item(String id, String name, List<String> roles, String scope, boolean onDuty) {
    static Item of(Person person) {
      return new Item(
          person.id(),
          person.name(),
          person.roles().stream().sorted().map(Role::word).toList(),
          person.scope(),
          person.onDuty());
    }
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("listPeople", this::list);
  }

  private Future<Answer> list(Call call) {
    Person viewer = call.person();
    List<Person> found =
        people.all().stream()
            .filter(each -> near(viewer, each))
            .sorted(Comparator.comparing(Person::id))
            .toList();
    return Future.succeededFuture(
        Answer.json(
            call.query("limit") == null && call.cursor() == null
                ? Page.whole(found.stream().map(Item::of).toList())
                : Page.of(found, call, Person::id, Item::of)));
  }

  /** Those below, and those above, who answer for the viewer's place too. */
  private boolean near(Person viewer, Person other) {
    return viewer.id().equals(other.id())
        || scopes.covers(viewer, other.scope())
        || scopes.covers(other, viewer.scope());
  }
}
