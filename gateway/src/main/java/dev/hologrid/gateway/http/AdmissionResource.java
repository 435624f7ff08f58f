package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Roster;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a person may come in at all: an admin bars somebody at once, whatever they sign in by.
 */
final class AdmissionResource implements Resource {
  private final HttpParts.Keys keys;
  private final Sessions sessions;
  private final Roster roster;
  private final Scopes scopes;

  AdmissionResource(HttpParts.Keys keys, Sessions sessions, Roster roster, Scopes scopes) {
    this.keys = keys;
    this.sessions = sessions;
    this.roster = roster;
    this.scopes = scopes;
  }

  private record View(String id, boolean allowed) {}

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("setAccess", this::set);
  }

  private Future<Answer> set(Call call) {
    String id = call.path("id");
    Person by = call.person();
    Body body = call.body();
    body.only(Set.of("allowed"));
    Boolean allowed = body.flagOrNull("allowed");
    if (allowed == null) {
      throw Refused.badRequest("allowed", "must be true or false");
    }
    Person person = roster.find(id);
    if (person == null || !scopes.covers(by, person.scope())) {
      throw Refused.notFound("there is no person " + id + " in your area");
    }
    if (by.id().equals(id)) {
      throw Refused.forbidden("nobody bars themselves");
    }
    return call.off(() -> set(person, allowed, by));
  }

  /** Who is out gets no cases either. */
  private Answer set(Person person, boolean allowed, Person by) {
    keys.credentials().bar(person.id(), !allowed);
    if (!allowed) {
      sessions.endAll(person.id());
    }
    roster.save(List.of(person.onDuty(allowed)));
    String what = allowed ? "person-let-in" : "person-barred";
    keys.note(what, "person:" + person.id(), "person:" + by.id(), "");
    return Answer.json(new View(person.id(), allowed));
  }
}
