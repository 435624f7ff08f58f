package dev.hologrid.gateway.incident;

import java.util.List;
import java.util.Set;

/**
 * Somebody who reports, handles or directs.
 *
 * @param id identity, also the login name
 * @param scope the code of the place under which the roles hold; empty for everywhere
 */
public record Person(
    String id, String name, Set<Role> roles, String scope, boolean onDuty, String phone) {
  public Person {
    roles = Set.copyOf(roles);
  }

  /** The server itself: timers, the default routing, sensors. */
  public static final Person SYSTEM =
      new Person("system", "HoloGrid", Set.of(Role.ADMIN), "", true, "");

  boolean isSystem() {
    return this == SYSTEM;
  }

  public boolean has(Role role) {
    return roles.contains(role);
  }

  /** True where the person's roles hold: the scope is one of the places on the path. */
  public boolean covers(List<String> path) {
    return scope.isEmpty() || path.contains(scope);
  }
}
