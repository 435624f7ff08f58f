package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.IncidentQueries;
import dev.hologrid.gateway.incident.Outbox;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.patrol.Round;
import dev.hologrid.gateway.patrol.Rounds;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was told to the outside, what waits, and what did not get through. */
final class NotificationsResource implements Resource {
  private final Outbox outbox;
  private final IncidentQueries incidents;

  private final Rounds rounds;
  private final Scopes scopes;

  NotificationsResource(HttpParts parts, Scopes scopes) {
    this.outbox = parts.records().outbox();
    this.incidents = parts.work().incidents();
    this.rounds = parts.records().rounds();
    this.scopes = scopes;
  }

  /** One notice; its text is the incident's matter and is not shown here. */
  record Item(
      String id,
      String key,
      String incident,
      String channel,
      String event,
      String state,
      int attempts,
      String error) {
    static Item of(Outbox.Notice notice) {
      return new Item(
          String.valueOf(notice.id()),
          notice.key(),
          notice.incident(),
          notice.channel(),
          notice.event(),
          notice.state().toLowerCase(Locale.ROOT),
          notice.attempts(),
          QuarantineResource.visible(notice.lastError(), 500));
    }
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("listNotifications", this::list, "retryNotification", this::retry);
  }

  private Future<Answer> list(Call call) {
    String state = call.query("state", "dead").toUpperCase(Locale.ROOT);
    String cursor = call.cursor();
    long before = cursor == null ? Long.MAX_VALUE : number(cursor, "cursor");
    int limit = call.limit();
    Person viewer = call.person();
    return call.off(
        () -> {
          List<Outbox.Notice> found = outbox.list(state, before, limit);
          String next =
              found.size() == limit ? Cursor.write(String.valueOf(found.getLast().id())) : null;
          return Answer.json(
              new Page<>(
                  found.stream().filter(each -> sees(viewer, each)).map(Item::of).toList(), next));
        });
  }

  /** A notice is as secret as its incident or round; the rest is for who sees everything. */
  private boolean sees(Person viewer, Outbox.Notice notice) {
    if (scopes.everything(viewer) || incidents.get(notice.incident(), viewer).isPresent()) {
      return true;
    }
    Round round = rounds.find(notice.incident());
    return round != null && scopes.covers(viewer, round.slot().grid());
  }

  private Future<Answer> retry(Call call) {
    long id = number(call.path("id"), "id");
    Person viewer = call.person();
    return call.off(
        () -> {
          Outbox.@Nullable Notice notice = outbox.find(id);
          if (notice == null || !sees(viewer, notice)) {
            throw Refused.notFound("there is no notification " + id + " that you may see");
          }
          if (!outbox.revive(id)) {
            throw new Refused(
                Problem.of(409, "expected a dead notification, but it is " + notice.state()));
          }
          return Answer.noContent();
        });
  }

  private static long number(String text, String field) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Refused.badRequest(field, "is not the id of a notification");
    }
  }
}
