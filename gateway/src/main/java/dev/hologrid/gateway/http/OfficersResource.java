package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.kpi.Compared;
import dev.hologrid.gateway.incident.kpi.Span;
import dev.hologrid.gateway.patrol.OfficerKpis;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** What officers did, in figures. */
final class OfficersResource implements Resource {
  private static final String HEAD =
      "group,name,period,rounds,rounds_missed,points_missed,patrols,check_ins,check_ins_valid,"
          + "points,visited,reported,reported_valid,self_handled,verified,verified_in_time,checked,"
          + "checked_in_time,miss_rate,valid_report_rate,check_in_rate,coverage_rate,"
          + "in_time_verify_rate,in_time_check_rate,events_per_patrol\r\n";

  private final OfficerKpis kpis;
  private final People people;
  private final Clock clock;
  private final Scopes scopes;

  OfficersResource(HttpParts parts, Scopes scopes) {
    this.kpis = parts.records().officers();
    this.people = parts.work().people();
    this.clock = parts.server().clock();
    this.scopes = scopes;
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("getOfficerKpis", this::json, "exportOfficerKpis", this::csv);
  }

  private Future<Answer> json(Call call) {
    return report(call, report -> Answer.json(view().of(report)));
  }

  private Future<Answer> csv(Call call) {
    return report(call, report -> view().csv(report, HEAD, "officer-kpis.csv"));
  }

  private Future<Answer> report(
      Call call, Function<Compared<OfficerKpis.By, OfficerKpis.Counts>, Answer> show) {
    Border border = scopes.border(call);
    Span span = Spans.of(call, clock.instant(), kpis.zone());
    return call.off(() -> show.apply(kpis.report(border, span)));
  }

  private ComparedView<OfficerKpis.Counts> view() {
    return new ComparedView<>(this::name, OfficersResource::figures);
  }

  private String name(String id) {
    Person person = people.find(id);
    return person == null ? id : person.name();
  }

  private static ObjectNode figures(OfficerKpis.Counts c) {
    ObjectNode figures = Json.MAPPER.valueToTree(c);
    ComparedView.rate(figures, "missRate", c.roundsMissed(), c.rounds());
    ComparedView.rate(figures, "validReportRate", c.reportedValid(), c.reported());
    ComparedView.rate(figures, "checkInRate", c.checkInsValid(), c.checkIns());
    ComparedView.rate(figures, "coverageRate", c.visited(), c.points());
    ComparedView.rate(figures, "inTimeVerifyRate", c.verifiedInTime(), c.verified());
    ComparedView.rate(figures, "inTimeCheckRate", c.checkedInTime(), c.checked());
    ComparedView.rate(figures, "eventsPerPatrol", c.reported(), c.patrols());
    return figures;
  }
}
