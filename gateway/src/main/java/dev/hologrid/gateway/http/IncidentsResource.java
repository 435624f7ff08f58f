package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.Incident;
import dev.hologrid.gateway.incident.IncidentFilter;
import dev.hologrid.gateway.incident.IncidentQueries;
import dev.hologrid.gateway.incident.Level;
import dev.hologrid.gateway.incident.Origin;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Priority;
import dev.hologrid.gateway.incident.State;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looking at incidents. */
final class IncidentsResource implements Resource {
  private static final int EXPORTED = 500;
  private final IncidentQueries queries;
  private final IncidentViews views;
  private final Scopes scopes;

  IncidentsResource(IncidentQueries queries, IncidentViews views, Scopes scopes) {
    this.queries = queries;
    this.views = views;
    this.scopes = scopes;
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "listIncidents", this::list, "getIncident", this::one, "exportIncidents", this::csv);
  }

  private Future<Answer> list(Call call) {
    Person viewer = call.person();
    IncidentFilter filter = filter(call);
    return call.off(
        () -> {
          IncidentQueries.Page page = queries.list(filter, viewer);
          String next = page.next();
          return Answer.json(
              new Page<>(
                  page.items().stream().map(each -> views.item(each, viewer)).toList(),
                  next == null ? null : Cursor.write(next)));
        });
  }

  private IncidentFilter filter(Call call) {
    String state = call.query("state");
    String priority = call.query("priority");
    String place = call.query("place");
    boolean mine = call.flag("mine");
    return new IncidentFilter(
        state == null ? null : State.valueOf(state.toUpperCase(Locale.ROOT)),
        call.query("open") == null ? null : (Boolean) call.flag("open"),
        call.query("category"),
        priority == null ? null : Priority.valueOf(priority),
        place == null ? null : scopes.narrow(call.person(), place),
        mine ? call.person().id() : call.query("assignee"),
        more(call),
        call.cursor(),
        Math.min(call.limit(), EXPORTED));
  }

  private static IncidentFilter.More more(Call call) {
    String origin = call.query("origin");
    String level = call.query("level");
    return new IncidentFilter.More(
        call.query("department"),
        origin == null ? null : Origin.valueOf(origin),
        level == null ? null : Level.valueOf(level),
        call.query("overdue") == null ? null : (Boolean) call.flag("overdue"),
        call.query("supervised") == null ? null : (Boolean) call.flag("supervised"),
        call.flag("reported") ? call.person().id() : null,
        call.query("rule"));
  }

  private Future<Answer> one(Call call) {
    String id = call.path("id");
    Person viewer = call.person();
    return call.off(() -> answer(200, full(id, viewer)));
  }

  static Answer answer(int status, IncidentViews.Full full) {
    Answer answer = Answer.json(status, full);
    String tag = Preconditions.tag(full.item().version(), answer.body().getBytes());
    return answer.with("ETag", tag);
  }

  /** Blocks. */
  IncidentViews.Full full(String id, Person viewer) {
    Incident incident =
        queries
            .get(id, viewer)
            .orElseThrow(
                () -> Refused.notFound("there is no incident " + id + " that you may see"));
    return views.full(incident, viewer, queries.history(id), queries.alerts(id));
  }

  private Future<Answer> csv(Call call) {
    Person viewer = call.person();
    String place = call.query("place");
    @Nullable String under = place == null ? null : scopes.narrow(viewer, place);
    Boolean open = call.query("open") == null ? null : (Boolean) call.flag("open");
    return call.off(
        () -> {
          StringBuilder out = new StringBuilder(Csv.HEAD);
          String cursor = null;
          do {
            IncidentQueries.Page page =
                queries.list(
                    new IncidentFilter(null, open, null, null, under, null, cursor, EXPORTED),
                    viewer);
            page.items().forEach(each -> Csv.row(out, each));
            cursor = page.next();
          } while (cursor != null && out.length() < 50_000_000);
          return Answer.of("text/csv; charset=utf-8", Buffer.buffer(out.toString()))
              .with("Content-Disposition", "attachment; filename=\"incidents.csv\"");
        });
  }
}
