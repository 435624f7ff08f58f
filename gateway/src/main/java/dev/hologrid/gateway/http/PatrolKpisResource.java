package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.kpi.Compared;
import dev.hologrid.gateway.incident.kpi.Span;
import dev.hologrid.gateway.patrol.PatrolKpis;
import dev.hologrid.gateway.site.Place;
import dev.hologrid.gateway.site.Site;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/** How planned patrols were walked, in figures. */
final class PatrolKpisResource implements Resource {
  private static final String HEAD =
      "group,name,period,planned,done,on_time,missed,points,visited,done_rate,on_time_rate,"
          + "miss_rate,coverage_rate\r\n";

  private final PatrolKpis kpis;
  private final People people;
  private final Site site;
  private final Clock clock;
  private final Scopes scopes;

  PatrolKpisResource(HttpParts parts, Scopes scopes) {
    this.kpis = parts.records().patrolKpis();
    this.people = parts.work().people();
    this.site = parts.area().site();
    this.clock = parts.server().clock();
    this.scopes = scopes;
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("getPatrolKpis", this::json, "exportPatrolKpis", this::csv);
  }

  private Future<Answer> json(Call call) {
    Asked asked = asked(call);
    return call.off(() -> Answer.json(view(asked.by()).of(report(asked))));
  }

  private Future<Answer> csv(Call call) {
    Asked asked = asked(call);
    return call.off(() -> view(asked.by()).csv(report(asked), HEAD, "patrol-kpis.csv"));
  }

  private record Asked(PatrolKpis.By by, Border border, Span span) {}

  private Asked asked(Call call) {
    PatrolKpis.By by = PatrolKpis.By.valueOf(call.query("by", "all").toUpperCase(Locale.ROOT));
    Span span = Spans.of(call, clock.instant(), kpis.zone());
    return new Asked(
        by,
        scopes.border(call),
        by.isTime() ? Spans.parted(span, by == PatrolKpis.By.MONTH) : span);
  }

  private Compared<PatrolKpis.By, PatrolKpis.Counts> report(Asked asked) {
    return kpis.report(asked.by(), asked.border(), asked.span());
  }

  private ComparedView<PatrolKpis.Counts> view(PatrolKpis.By by) {
    return new ComparedView<>(each -> name(by, each), PatrolKpisResource::figures);
  }

  private String name(PatrolKpis.By by, String group) {
    return switch (by) {
      case TOWN, COMMUNITY, GRID -> {
        Place place = site.places().place(group);
        yield place == null ? group : place.name();
      }
      case OFFICER -> {
        Person person = people.find(group);
        yield person == null ? group : person.name();
      }
      case ALL, DAY, MONTH -> group;
    };
  }

  private static ObjectNode figures(PatrolKpis.Counts c) {
    ObjectNode figures = Json.MAPPER.valueToTree(c);
    ComparedView.rate(figures, "doneRate", c.done(), c.planned());
    ComparedView.rate(figures, "onTimeRate", c.onTime(), c.planned());
    ComparedView.rate(figures, "missRate", c.missed(), c.planned());
    ComparedView.rate(figures, "coverageRate", c.visited(), c.points());
    return figures;
  }
}
