package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Role;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Set;

/**
 * One operation of the contract.
 *
 * @param id its operationId
 * @param path with {@code {name}} for path parameters
 * @param open true when no login is needed
 * @param guarded true when it changes something by a person's cookie: the cross-site rule holds
 * @param devices true when a device may use it with its own token
 * @param body the largest body in bytes where the server's own limit does not fit, else 0
 * @param lenient true when others choose its parameters: those it does not know are left out
 * @param roles who may use it; empty for everybody who is signed in
 */
record Operation(
    String id,
    String method,
    String path,
    boolean open,
    boolean guarded,
    boolean devices,
    boolean lenient,
    long body,
    Set<Role> roles,
    List<Parameter> query) {
  Operation {
    roles = Set.copyOf(roles);
    query = List.copyOf(query);
  }

  /** The path as the router writes it: {@code /incidents/:id}. */
  String route() {
    return path.replace('{', ':').replace("}", "");
  }

  boolean changes() {
    return !method.equals("GET");
  }

  /** What a person may see within is the endpoint's matter. */
  boolean admits(Person person) {
    if (person.id().startsWith(DeviceTokens.DEVICE)) {
      return devices;
    }
    return roles.isEmpty() || person.roles().stream().anyMatch(roles::contains);
  }

  void check(MultiMap given) {
    for (String name : given.names()) {
      boolean known = query.stream().anyMatch(each -> each.name().equals(name));
      if (!known && lenient) {
        continue;
      }
      if (!known) {
        throw Refused.badRequest(
            name,
            "there is no parameter of this name here; known are "
                + query.stream().map(Parameter::name).toList());
      }
      if (given.getAll(name).size() > 1) {
        throw Refused.badRequest(name, "the parameter is given twice");
      }
    }
    for (Parameter each : query) {
      each.check(given.get(each.name()));
    }
  }
}
