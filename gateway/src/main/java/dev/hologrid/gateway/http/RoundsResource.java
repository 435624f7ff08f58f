package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.patrol.PatrolResult;
import dev.hologrid.gateway.patrol.Recurrence;
import dev.hologrid.gateway.patrol.Round;
import dev.hologrid.gateway.patrol.RoundCommand;
import dev.hologrid.gateway.patrol.Rounds;
import dev.hologrid.gateway.patrol.Schedule;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** When patrols are to be walked, which are due, and which were missed. */
final class RoundsResource implements Resource {
  private static final Set<String> SCHEDULE =
      Set.of("plan", "recurrence", "from", "to", "officer", "firstDay", "lastDay", "active");

  private final Rounds rounds;
  private final RoundViews views;
  private final Scopes scopes;
  private final Clock clock;
  private final ZoneId zone;
  private final Function<String, @Nullable String> gridOfPlan;

  RoundsResource(HttpParts parts, Scopes scopes) {
    this.rounds = parts.records().rounds();
    this.views = new RoundViews(parts.work().people(), parts.area().site());
    this.scopes = scopes;
    this.clock = parts.server().clock();
    this.zone = parts.records().kpis().zone();
    this.gridOfPlan =
        id -> {
          var plan = parts.records().patrols().findPlan(id);
          return plan == null ? null : plan.grid();
        };
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "listPatrolSchedules", this::schedules,
        "makePatrolSchedule", call -> schedule(call, UUID.randomUUID().toString(), 201),
        "setPatrolSchedule", call -> schedule(call, call.path("id"), 200),
        "listPatrolRounds", this::list,
        "getPatrolRound", this::one,
        "commandPatrolRound", this::command);
  }

  private Future<Answer> schedules(Call call) {
    String place = scopes.narrow(call.person(), call.query("place"));
    return call.off(
        () ->
            Answer.json(
                Page.whole(rounds.schedules(place).stream().map(RoundViews::schedule).toList())));
  }

  private Future<Answer> schedule(Call call, String id, int status) {
    Body body = call.body();
    body.only(SCHEDULE);
    Instant now = clock.instant();
    Schedule schedule = read(body, id, now);
    Person person = call.person();
    return call.off(
        () -> {
          Schedule before = rounds.findSchedule(id);
          String grid = before == null ? null : gridOfPlan.apply(before.plan());
          if (status == 200 && (grid == null || !scopes.covers(person, grid))) {
            throw Refused.notFound("there is no schedule " + id + " that you may see");
          }
          return switch (rounds.schedule(schedule, person, now)) {
            case PatrolResult.Refused<Schedule> no ->
                throw PatrolsResource.refused(no.kind(), no.sentence());
            case PatrolResult.Done<Schedule> done ->
                Answer.json(status, RoundViews.schedule(done.value()));
          };
        });
  }

  private Schedule read(Body body, String id, Instant now) {
    LocalDate first = day(body, "firstDay");
    LocalDate begins = first == null ? now.atZone(zone).toLocalDate() : first;
    LocalDate last = day(body, "lastDay");
    if (last != null && last.isBefore(begins)) {
      throw Refused.badRequest("lastDay", "must not be before firstDay, which is " + begins);
    }
    Boolean active = body.flagOrNull("active");
    return new Schedule(
        id,
        body.text("plan"),
        recurrence(body, begins),
        new Schedule.Window(time(body, "from"), time(body, "to")),
        body.textOrNull("officer"),
        begins,
        last,
        active == null || active);
  }

  private static Recurrence recurrence(Body body, LocalDate first) {
    JsonNode node = body.node().path("recurrence");
    if (!node.isObject()) {
      throw Refused.badRequest(
          "recurrence", "must be an object such as {\"kind\":\"weekly\",\"days\":[\"MO\"]}");
    }
    Body fields = new Body(node);
    fields.only(Set.of("kind", "days", "every", "from"));
    try {
      return switch (fields.text("kind")) {
        case "weekly" -> {
          Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
          fields.texts("days", 7).forEach(each -> days.add(Recurrence.day(each)));
          yield new Recurrence.Weekly(days);
        }
        case "every" -> {
          Long every = fields.numberOrNull("every");
          LocalDate from = day(fields, "from");
          yield new Recurrence.Every(
              every == null ? 1 : Math.toIntExact(every), from == null ? first : from);
        }
        case "working_days" -> new Recurrence.WorkingDays();
        default ->
            throw Refused.badRequest("recurrence", "kind must be weekly, every or working_days");
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Refused.badRequest("recurrence", String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable LocalDate day(Body body, String field) {
    String text = body.textOrNull(field);
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw Refused.badRequest(field, "must be a day such as 2026-11-25, but was " + text);
    }
  }

  private static LocalTime time(Body body, String field) {
    String text = body.text(field);
    try {
      return LocalTime.parse(text);
    } catch (DateTimeParseException e) {
      throw Refused.badRequest(
          field, "must be a time of day such as 08:30 in the site's zone, but was " + text);
    }
  }

  private Future<Answer> list(Call call) {
    Person viewer = call.person();
    String state = call.query("state");
    Rounds.Filter filter =
        new Rounds.Filter(
            scopes.narrow(viewer, call.query("place")),
            call.flag("mine") ? viewer.id() : call.query("officer"),
            state == null ? null : Round.State.valueOf(state),
            start(call, "from", 0),
            start(call, "to", 1),
            after(call.cursor()));
    int limit = call.limit();
    return call.off(
        () -> {
          List<Round> found = rounds.list(filter, limit);
          String next = found.size() == limit ? Cursor.write(mark(found.getLast())) : null;
          return Answer.json(new Page<>(found.stream().map(views::round).toList(), next));
        });
  }

  /** The beginning of a day that the contract has checked, so many days later. */
  private @Nullable Instant start(Call call, String field, int later) {
    String text = call.query(field);
    try {
      return text == null
          ? null
          : LocalDate.parse(text).plusDays(later).atStartOfDay(zone).toInstant();
    } catch (DateTimeParseException e) {
      throw Refused.badRequest(field, "must be a day such as 2026-11-25, but was " + text);
    }
  }

  private static String mark(Round round) {
    return round.slot().times().opens().toEpochMilli() + " " + round.id();
  }

  private static Rounds.@Nullable After after(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    int space = cursor.indexOf(' ');
    try {
      return new Rounds.After(
          Instant.ofEpochMilli(Long.parseLong(cursor.substring(0, Math.max(0, space)))),
          cursor.substring(space + 1));
    } catch (NumberFormatException e) {
      throw Refused.badRequest("cursor", "is not a cursor of this list; ask without cursor first");
    }
  }

  private Round visible(Person viewer, String id) {
    Round round = rounds.find(id);
    if (round == null || !scopes.covers(viewer, round.slot().grid())) {
      throw Refused.notFound("there is no round " + id + " that you may see");
    }
    return round;
  }

  private Future<Answer> one(Call call) {
    String id = call.path("id");
    Person viewer = call.person();
    return call.off(() -> Answer.json(views.whole(visible(viewer, id), rounds.history(id))));
  }

  private Future<Answer> command(Call call) {
    String id = call.path("id");
    Body body = call.body();
    body.only(Set.of("command", "officer", "reason"));
    RoundCommand command =
        switch (body.text("command")) {
          case "assign" -> new RoundCommand.Assign(body.text("officer"));
          case "excuse" -> new RoundCommand.Excuse(body.text("reason"));
          default -> throw Refused.badRequest("command", "must be assign or excuse");
        };
    Person person = call.person();
    Instant now = clock.instant();
    return call.off(
        () -> {
          visible(person, id);
          return switch (rounds.command(id, command, person, now)) {
            case PatrolResult.Refused<Round> no ->
                throw PatrolsResource.refused(no.kind(), no.sentence());
            case PatrolResult.Done<Round> done ->
                Answer.json(views.whole(done.value(), rounds.history(id)));
          };
        });
  }
}
