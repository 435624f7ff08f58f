package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Roster;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is on duty: by a switch, and by a roster of shifts. */
final class DutyResource implements Resource {
  private static final int MOST = 400;
  private final Roster roster;
  private final Scopes scopes;
  private final Clock clock;

  DutyResource(Roster roster, Scopes scopes, Clock clock) {
    this.roster = roster;
    this.scopes = scopes;
    this.clock = clock;
  }

  /** A shift as it is shown. */
  record ShiftView(String from, String to) {}

  /** A person's duty. */
  record View(String id, boolean available, boolean onDuty, List<ShiftView> shifts) {}

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("getDuty", this::get, "setDuty", this::set);
  }

  private Person person(Call call) {
    String id = call.path("id");
    Person person = roster.find(id);
    boolean own = id.equals(call.person().id());
    if (person == null || !(own || scopes.covers(call.person(), person.scope()))) {
      throw Refused.notFound("there is no person " + id + " that you may see");
    }
    return person;
  }

  private Future<Answer> get(Call call) {
    return Future.succeededFuture(Answer.json(view(person(call))));
  }

  private View view(Person person) {
    return new View(
        person.id(),
        person.onDuty(),
        roster.onDuty(person, clock.instant()),
        roster.shifts(person.id()).stream()
            .map(each -> new ShiftView(Json.time(each.from()), Json.time(each.to())))
            .toList());
  }

  private Future<Answer> set(Call call) {
    Person person = person(call);
    Body body = call.body();
    body.only(Set.of("available", "shifts"));
    JsonNode available = body.node().path("available");
    if (!available.isMissingNode() && !available.isBoolean()) {
      throw Refused.badRequest("available", "must be true or false");
    }
    List<Roster.Shift> shifts =
        body.node().has("shifts") ? shifts(body.node().path("shifts")) : null;
    return call.off(
        () -> {
          if (shifts != null) {
            roster.setShifts(person.id(), shifts);
          }
          Person after = available.isBoolean() ? person.onDuty(available.asBoolean()) : person;
          roster.save(List.of(after));
          return Answer.json(view(after));
        });
  }

  private static List<Roster.Shift> shifts(JsonNode node) {
    if (!node.isArray() || node.size() > MOST) {
      throw Refused.badRequest("shifts", "must be a list of at most " + MOST + " shifts");
    }
    List<Roster.Shift> shifts = new ArrayList<>();
    for (JsonNode each : node) {
      try {
        shifts.add(
            new Roster.Shift(
                Instant.parse(each.path("from").asText()),
                Instant.parse(each.path("to").asText())));
      } catch (DateTimeParseException | IllegalArgumentException e) {
        throw Refused.badRequest(
            "shifts", "must have from and to in ISO-8601 UTC, from before to, but one was " + each);
      }
    }
    return shifts;
  }
}
