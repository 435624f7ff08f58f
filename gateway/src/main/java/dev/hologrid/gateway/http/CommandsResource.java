package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.incident.IncidentCommand;
import dev.hologrid.gateway.incident.IncidentDesk;
import dev.hologrid.gateway.incident.IncidentJson;
import dev.hologrid.gateway.incident.Opening;
import dev.hologrid.gateway.incident.Origin;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Priority;
import dev.hologrid.gateway.incident.Refusal;
import dev.hologrid.gateway.incident.Result;
import dev.hologrid.gateway.incident.Role;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reporting incidents and moving them along. */
final class CommandsResource implements Resource {
  private static final int MOST = 500;
  private static final int MOST_PHOTOS = 9;
  private static final Set<String> REPORT =
      Set.of("category", "place", "title", "description", "origin", "priority", "key", "photos");
  private final IncidentDesk desk;
  private final IncidentsResource incidents;
  private final Scopes scopes;

  CommandsResource(IncidentDesk desk, IncidentsResource incidents, Scopes scopes) {
    this.desk = desk;
    this.incidents = incidents;
    this.scopes = scopes;
  }

  private record RefusedOne(String id, String refusal, String detail) {}

  private record Outcome(List<String> done, List<RefusedOne> refused) {}

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "reportIncident", this::report,
        "commandIncident", this::command,
        "commandIncidents", this::commands);
  }

  private Future<Answer> report(Call call) {
    Body body = call.body();
    body.only(REPORT);
    Person person = call.person();
    String description = body.textOrNull("description");
    Opening opening =
        new Opening(
            body.text("category"),
            body.text("place"),
            body.text("title"),
            description == null ? "" : description,
            origin(body, person),
            body.wordOrNull("priority", Priority.class),
            body.node().has("photos") ? body.texts("photos", MOST_PHOTOS) : List.of());
    if (!person.has(Role.RESIDENT) && !scopes.covers(person, opening.place())) {
      throw refused(Refusal.OUT_OF_SCOPE, "the place is outside of your area, " + person.scope());
    }
    return Future.fromCompletionStage(
            desk.open(opening, person, Preconditions.key(call, body)),
            call.context().vertx().getOrCreateContext())
        .compose(
            result ->
                switch (result) {
                  case Result.Refused no -> throw refused(no.kind(), no.sentence());
                  case Result.Done done ->
                      call.off(
                          () ->
                              IncidentsResource.answer(
                                      201, incidents.full(done.incident().id(), person))
                                  .with("Location", "/api/v1/incidents/" + done.incident().id()));
                });
  }

  private static Origin origin(Body body, Person person) {
    Origin asked = body.wordOrNull("origin", Origin.class);
    if (person.isOnlyResident()) {
      return Origin.RESIDENT;
    }
    if (asked == Origin.SENSOR) {
      throw Refused.badRequest(
          "origin", "only a sensor's alert makes an incident of origin SENSOR");
    }
    return asked == null ? Origin.PATROL : asked;
  }

  private Future<Answer> command(Call call) {
    Body body = call.body();
    String id = call.path("id");
    Person person = call.person();
    Integer ifMatch = Preconditions.version(call);
    Long version = body.numberOrNull("version");
    Integer expected =
        ifMatch != null || version == null ? ifMatch : (Integer) Math.toIntExact(version);
    return Future.fromCompletionStage(
            desk.command(id, parse(body), person, expected, Preconditions.key(call, body)),
            call.context().vertx().getOrCreateContext())
        .compose(
            result ->
                switch (result) {
                  case Result.Refused no ->
                      throw ifMatch != null && no.kind() == Refusal.STALE_VERSION
                          ? new Refused(Problem.of(412, no.sentence()).because(no.kind().name()))
                          : refused(no.kind(), no.sentence());
                  case Result.Done done ->
                      call.off(
                          () ->
                              IncidentsResource.answer(
                                  200, incidents.full(done.incident().id(), person)));
                });
  }

  private Future<Answer> commands(Call call) {
    Body body = call.body();
    List<String> ids = body.texts("ids", MOST);
    ObjectNode fields = ((ObjectNode) body.node()).deepCopy();
    fields.remove("ids");
    return Future.fromCompletionStage(
            desk.commands(
                ids, parse(new Body(fields)), call.person(), Preconditions.key(call, body)),
            call.context().vertx().getOrCreateContext())
        .map(results -> Answer.json(outcome(ids, results)));
  }

  private static Outcome outcome(List<String> ids, List<Result> results) {
    List<String> done = new ArrayList<>();
    List<RefusedOne> refused = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      switch (results.get(i)) {
        case Result.Done ignored -> done.add(ids.get(i));
        case Result.Refused no ->
            refused.add(new RefusedOne(ids.get(i), no.kind().name(), no.sentence()));
      }
    }
    return new Outcome(done, refused);
  }

  private static IncidentCommand parse(Body body) {
    String word = body.text("command");
    ObjectNode fields = ((ObjectNode) body.node()).deepCopy();
    fields.remove(List.of("command", "version", "key"));
    return switch (IncidentJson.command(word, fields)) {
      case IncidentJson.Parsed.Ok ok -> ok.command();
      case IncidentJson.Parsed.Bad bad -> throw Refused.badRequest("command", bad.sentence());
    };
  }

  private static Refused refused(Refusal kind, String sentence) {
    return new Refused(Problem.of(status(kind), sentence).because(kind.name()));
  }

  private static int status(@Nullable Refusal kind) {
    return switch (kind) {
      case NO_SUCH_INCIDENT -> 404;
      case NOT_YOUR_ROLE, OUT_OF_SCOPE -> 403;
      case OVERLOADED -> 503;
      case BAD_FIELD, BAD_TIME, UNKNOWN_CATEGORY, UNKNOWN_PLACE, UNKNOWN_ATTACHMENT -> 400;
      case null, default -> 409;
    };
  }
}
