package dev.hologrid.gateway.identity;

import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Role;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The site's people, and the administrator that a first start has a password for where the site's
 * files name none.
 */
public record FirstAdmin(People people) implements People {
  public static final Person ADMIN =
      new Person("admin", "Administrator", Set.of(Role.ADMIN, Role.DISPATCHER), "", false, "");

  @Override
  public @Nullable Person find(String id) {
    Person person = people.find(id);
    return person == null && id.equals(ADMIN.id()) ? ADMIN : person;
  }

  @Override
  public Collection<Person> all() {
    return people.all();
  }
}
