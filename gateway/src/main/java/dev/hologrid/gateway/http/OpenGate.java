package dev.hologrid.gateway.http;

import dev.hologrid.gateway.identity.DeviceAccounts;
import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Role;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * The demonstration's gate: whoever is on this machine acts as the person they name. Pages of other
 * sites that reach us by a made-up name (DNS rebinding) are refused by the Host header.
 */
final class OpenGate implements Gatekeeper {
  static final String ACTOR = "X-HoloGrid-Actor";
  private static final Person DEMO =
      new Person("demo", "Demo", Set.of(Role.DISPATCHER, Role.ADMIN), "", true, "");

  private final People people;
  private final DeviceAccounts accounts;

  OpenGate(People people, DeviceAccounts accounts) {
    this.people = people;
    this.accounts = accounts;
  }

  @Override
  public Person identify(RoutingContext context) {
    SocketAddress remote = context.request().remoteAddress();
    if (remote == null || !Loopback.address(remote.hostAddress())) {
      throw Refused.forbidden("mode open is for this machine only; see http.mode");
    }
    if (!Loopback.authority(context.request().getHeader("Host"))) {
      throw Refused.forbidden("mode open answers to localhost and 127.0.0.1 only; see http.mode");
    }
    Person device = DeviceTokens.device(context, accounts);
    if (device != null) {
      return device;
    }
    String id = context.request().getHeader(ACTOR);
    if (id == null) {
      id = context.queryParams().get("actor"); // an EventSource sends no headers of its own
    }
    if (id == null || id.isEmpty()) {
      return first();
    }
    Person person = people.find(id);
    if (person == null) {
      throw Refused.badRequest(
          ACTOR, "there is no such person; GET /api/v1/people lists who there is");
    }
    return person;
  }

  /** The dispatcher with the widest scope, who may also set things up here. */
  private Person first() {
    Person first = widest();
    Set<Role> roles = new HashSet<>(first.roles());
    roles.add(Role.ADMIN);
    return new Person(
        first.id(), first.name(), roles, first.scope(), first.onDuty(), first.phone());
  }

  private Person widest() {
    return people.all().stream()
        .filter(each -> each.has(Role.DISPATCHER))
        .min(
            Comparator.<Person>comparingInt(each -> each.scope().length())
                .thenComparing(Person::id))
        .orElse(DEMO);
  }
}
