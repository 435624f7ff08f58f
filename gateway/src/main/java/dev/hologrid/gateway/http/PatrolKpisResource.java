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
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    return call.off(() -> Answer.json(view(report(asked))));
  }

  private Future<Answer> csv(Call call) {
    Asked asked = asked(call);
    return call.off(
        () ->
            Answer.of("text/csv; charset=utf-8", Buffer.buffer(text(report(asked))))
                .with("Content-Disposition", "attachment; filename=\"patrol-kpis.csv\""));
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

  private ObjectNode view(Compared<PatrolKpis.By, PatrolKpis.Counts> report) {
    return new ComparedView<PatrolKpis.Counts>(
            each -> name(report.by(), each), PatrolKpisResource::view)
        .of(report);
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

  private static ObjectNode view(PatrolKpis.Counts c) {
    ObjectNode view = Json.MAPPER.valueToTree(c);
    OfficersResource.rate(view, "doneRate", c.done(), c.planned());
    OfficersResource.rate(view, "onTimeRate", c.onTime(), c.planned());
    OfficersResource.rate(view, "missRate", c.missed(), c.planned());
    OfficersResource.rate(view, "coverageRate", c.visited(), c.points());
    return view;
  }

  private String text(Compared<PatrolKpis.By, PatrolKpis.Counts> report) {
    StringBuilder csv = new StringBuilder(HEAD);
    for (String each : report.groups()) {
      String name = Csv.cell(each) + ',' + Csv.cell(name(report.by(), each));
      row(csv, name, "now", report.now().get(each));
      row(csv, name, "previous", report.previous().get(each));
      row(csv, name, "last_year", report.lastYear().get(each));
    }
    return csv.toString();
  }

  private static void row(
      StringBuilder csv, String name, String period, PatrolKpis.@Nullable Counts c) {
    if (c == null) {
      return;
    }
    csv.append(name).append(',').append(period);
    for (long each :
        new long[] {c.planned(), c.done(), c.onTime(), c.missed(), c.points(), c.visited()}) {
      csv.append(',').append(each);
    }
    OfficersResource.rate(csv, c.done(), c.planned());
    OfficersResource.rate(csv, c.onTime(), c.planned());
    OfficersResource.rate(csv, c.missed(), c.planned());
    OfficersResource.rate(csv, c.visited(), c.points());
    csv.append("\r\n");
  }
}
