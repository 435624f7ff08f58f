package dev.hologrid.gateway.incident;

import java.util.List;
import java.util.Set;

/**
 * Somebody who reports, handles or directs.
 *
 * @param id identity, also the login name
 * @param scope the code of the place under which the roles hold; empty for everywhere
 * @param onDuty may be given cases, as far as the roster of shifts agrees
 * @param department the department or mediation organisation of a handler, or empty
 */
public record Person(
    String id,
    String name,
    Set<Role> roles,
    String scope,
    boolean onDuty,
    String phone,
    String department) {
  public Person {
    roles = Set.copyOf(roles);
  }

  /** Somebody of no department. */
  public Person(
      String id, String name, Set<Role> roles, String scope, boolean onDuty, String phone) {
    this(id, name, roles, scope, onDuty, phone, "");
  }

  /** The same, available or not. */
  public Person onDuty(boolean now) {
    return new Person(id, name, roles, scope, now, phone, department);
  }

  /** May take what is with a whole department: one of its people, or one of no department. */
  boolean worksFor(String which) {
    return department.isEmpty() || department.equals(which);
  }

  /** The server itself: timers, the default routing, sensors. */
  public static final Person SYSTEM =
      new Person("system", "HoloGrid", Set.of(Role.ADMIN), "", true, "");

  boolean isSystem() {
    return this == SYSTEM;
  }

  /** Nothing but a resident: without a role in the work itself. */
  public boolean isOnlyResident() {
    return roles.stream().allMatch(each -> each == Role.RESIDENT);
  }

  public boolean has(Role role) {
    return roles.contains(role);
  }

  /** True where the person's roles hold: the scope is one of the places on the path. */
  public boolean covers(List<String> path) {
    return scope.isEmpty() || path.contains(scope);
  }
}
