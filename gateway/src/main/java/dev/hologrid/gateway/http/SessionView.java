package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Role;
import java.util.List;

/** Who the asker is. */
record SessionView(User user, String mode) {
  record User(String id, String name, List<String> roles, String scope) {}

  static SessionView of(Person person, String mode) {
    return new SessionView(
        new User(
            person.id(),
            person.name(),
            person.roles().stream().sorted().map(Role::word).toList(),
            person.scope()),
        mode);
  }
}
