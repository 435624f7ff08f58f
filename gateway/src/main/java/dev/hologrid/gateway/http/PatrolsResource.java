package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Role;
import dev.hologrid.gateway.patrol.Patrol;
import dev.hologrid.gateway.patrol.PatrolRefusal;
import dev.hologrid.gateway.patrol.PatrolResult;
import dev.hologrid.gateway.patrol.Patrols;
import dev.hologrid.gateway.patrol.Plan;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Plans of patrols, patrols, check-ins. */
final class PatrolsResource implements Resource {
  private static final int MOST_POINTS = 500;
  private static final int MOST_PHOTOS = 9;
  private static final Set<String> PLAN = Set.of("name", "grid", "officer", "active", "points");
  private static final Set<String> CHECK_IN = Set.of("lon", "lat", "accuracyM", "source", "photos");

  private final Patrols patrols;
  private final People people;
  private final Scopes scopes;
  private final Clock clock;
  private final OfficerPositions positions;

  PatrolsResource(Patrols patrols, HttpParts parts, Scopes scopes) {
    this.patrols = patrols;
    this.people = parts.work().people();
    this.scopes = scopes;
    this.clock = parts.server().clock();
    this.positions = parts.records().positions();
  }

  /** A plan as it is shown. */
  record PlanView(
      String id,
      String name,
      @Nullable String officer,
      String grid,
      boolean active,
      List<Plan.Point> points) {
    static PlanView of(Plan plan) {
      return new PlanView(
          plan.id(), plan.name(), plan.officer(), plan.grid(), plan.active(), plan.points());
    }
  }

  /** A check-in as it is shown. */
  record CheckInView(
      String id,
      String at,
      @Nullable Integer point,
      double lon,
      double lat,
      double accuracyM,
      @Nullable Double metresOutside,
      String verdict,
      boolean valid,
      String source,
      List<String> photos) {
    static CheckInView of(Patrol.CheckIn c) {
      return new CheckInView(
          c.id(),
          Json.time(c.at()),
          c.point(),
          c.lon(),
          c.lat(),
          c.accuracy(),
          c.metres(),
          c.verdict().name(),
          c.verdict().counts(),
          c.source(),
          c.photos());
    }
  }

  /** A patrol as it is shown. */
  record View(
      String id,
      @Nullable String plan,
      @Nullable String round,
      String officer,
      String grid,
      String startedAt,
      @Nullable String endedAt,
      int points,
      int visited,
      List<CheckInView> checkIns,
      List<String> incidents) {
    static View of(Patrol p) {
      return new View(
          p.id(),
          p.plan(),
          p.round(),
          p.officer(),
          p.grid(),
          Json.time(p.started()),
          Json.timeOrNull(p.ended()),
          p.points(),
          p.visited(),
          p.checkIns().stream().map(CheckInView::of).toList(),
          p.found());
    }
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "listPatrolPlans", this::plans,
        "makePatrolPlan", call -> plan(call, UUID.randomUUID().toString(), 201),
        "setPatrolPlan", call -> plan(call, call.path("id"), 200),
        "listPatrols", this::list,
        "beginPatrol", this::begin,
        "getPatrol", this::one,
        "checkIn", this::checkIn,
        "endPatrol", this::end);
  }

  private Future<Answer> plans(Call call) {
    String place = scopes.narrow(call.person(), call.query("place"));
    return call.off(
        () -> Answer.json(Page.whole(patrols.plans(place).stream().map(PlanView::of).toList())));
  }

  private Future<Answer> plan(Call call, String id, int status) {
    Body body = call.body();
    body.only(PLAN);
    String officer = body.textOrNull("officer");
    Person walks = officer == null ? null : people.find(officer);
    if (officer != null && (walks == null || !walks.has(Role.OFFICER))) {
      throw Refused.badRequest("officer", "must be the id of an officer, but was " + officer);
    }
    boolean active =
        !body.node().path("active").isBoolean() || body.node().path("active").asBoolean();
    Plan plan =
        new Plan(id, body.text("name"), officer, body.text("grid"), active, points(body.node()));
    Person person = call.person();
    return call.off(
        () -> {
          Plan before = patrols.findPlan(id);
          if (status == 200 && (before == null || !scopes.covers(person, before.grid()))) {
            throw Refused.notFound("there is no plan " + id + " that you may see");
          }
          return switch (patrols.plan(plan, person)) {
            case PatrolResult.Refused<Plan> no -> throw refused(no.kind(), no.sentence());
            case PatrolResult.Done<Plan> done -> Answer.json(status, PlanView.of(done.value()));
          };
        });
  }

  private static List<Plan.Point> points(JsonNode body) {
    JsonNode node = body.path("points");
    if (!node.isMissingNode() && (!node.isArray() || node.size() > MOST_POINTS)) {
      throw Refused.badRequest("points", "must be a list of at most " + MOST_POINTS + " points");
    }
    List<Plan.Point> points = new ArrayList<>();
    for (JsonNode each : node) {
      points.add(
          new Plan.Point(
              each.path("name").asText(""), degrees(each, "lon", 180), degrees(each, "lat", 90)));
    }
    return points;
  }

  private static double degrees(JsonNode node, String field, int most) {
    JsonNode value = node.path(field);
    if (!value.isNumber() || !(Math.abs(value.asDouble()) <= most)) {
      throw Refused.badRequest(
          field,
          "must be a number of degrees from -" + most + " to " + most + ", but was " + value);
    }
    return value.asDouble();
  }

  private Future<Answer> list(Call call) {
    Person viewer = call.person();
    String place = scopes.narrow(viewer, call.query("place"));
    String officer = call.flag("mine") ? viewer.id() : call.query("officer");
    String cursor = call.cursor();
    Instant before =
        cursor == null
            ? Instant.ofEpochMilli(Long.MAX_VALUE)
            : Instant.ofEpochMilli(number(cursor));
    int limit = call.limit();
    return call.off(
        () -> {
          List<Patrol> found = patrols.list(place, officer, before, limit);
          String next =
              found.size() == limit
                  ? Cursor.write(String.valueOf(found.getLast().started().toEpochMilli()))
                  : null;
          return Answer.json(new Page<>(found.stream().map(View::of).toList(), next));
        });
  }

  private static long number(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw Refused.badRequest("cursor", "is not a cursor of this list; ask without cursor first");
    }
  }

  private Future<Answer> begin(Call call) {
    Body body = call.body();
    body.only(Set.of("plan"));
    String plan = body.textOrNull("plan");
    Person person = call.person();
    Instant now = clock.instant();
    return call.off(() -> answer(201, patrols.begin(plan, person, now)));
  }

  private Future<Answer> one(Call call) {
    String id = call.path("id");
    Person viewer = call.person();
    return call.off(
        () -> {
          Patrol patrol = patrols.find(id);
          if (patrol == null
              || !(patrol.officer().equals(viewer.id()) || scopes.covers(viewer, patrol.grid()))) {
            throw Refused.notFound("there is no patrol " + id + " that you may see");
          }
          return Answer.json(View.of(patrol));
        });
  }

  private Future<Answer> checkIn(Call call) {
    Body body = call.body();
    body.only(CHECK_IN);
    double lon = degrees(body.node(), "lon", 180);
    double lat = degrees(body.node(), "lat", 90);
    double accuracy = body.node().path("accuracyM").asDouble(-1);
    if (!(accuracy >= 0 && accuracy <= 100_000)) {
      throw Refused.badRequest("accuracyM", "must be the radius in metres from 0 to 100000");
    }
    String source = body.textOrNull("source");
    List<String> photos = body.node().has("photos") ? body.texts("photos", MOST_PHOTOS) : List.of();
    Patrols.Position position =
        new Patrols.Position(lon, lat, accuracy, source == null ? "phone" : source, photos);
    String id = call.path("id");
    Person person = call.person();
    Instant now = clock.instant();
    return call.off(
        () -> {
          Answer answer = answer(201, patrols.checkIn(id, position, person, now));
          positions.seen(person.id(), lon, lat, now);
          return answer;
        });
  }

  private Future<Answer> end(Call call) {
    String id = call.path("id");
    Person person = call.person();
    Instant now = clock.instant();
    return call.off(() -> answer(200, patrols.end(id, person, now)));
  }

  private static Answer answer(int status, PatrolResult<Patrol> result) {
    return switch (result) {
      case PatrolResult.Refused<Patrol> no -> throw refused(no.kind(), no.sentence());
      case PatrolResult.Done<Patrol> done -> Answer.json(status, View.of(done.value()));
    };
  }

  /** A refusal as a problem that names it. */
  static Refused refused(PatrolRefusal kind, String sentence) {
    int status =
        switch (kind) {
          case UNKNOWN_PATROL, UNKNOWN_ROUND -> 404;
          case OUT_OF_SCOPE, NOT_YOUR_PATROL, NOT_YOUR_PLAN -> 403;
          case UNKNOWN_PLACE,
              UNKNOWN_PLAN,
              UNKNOWN_OFFICER,
              UNKNOWN_ATTACHMENT,
              NO_BORDER,
              REASON_REQUIRED ->
              400;
          case ALREADY_ON_PATROL, PATROL_ENDED, ROUND_OVER -> 409;
        };
    return new Refused(Problem.of(status, sentence).because(kind.name()));
  }
}
