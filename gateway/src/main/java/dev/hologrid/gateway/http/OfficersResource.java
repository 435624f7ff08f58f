package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.incident.Border;
import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.kpi.Compared;
import dev.hologrid.gateway.incident.kpi.Span;
import dev.hologrid.gateway.patrol.OfficerKpis;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What officers did, in figures. */
final class OfficersResource implements Resource {
  /** A share of two counts, by its name in JSON and in CSV. */
  private record Rate(
      String key,
      String column,
      ToLongFunction<OfficerKpis.Counts> part,
      ToLongFunction<OfficerKpis.Counts> whole) {}

  private static final List<Rate> RATES =
      List.of(
          new Rate(
              "missRate",
              "miss_rate",
              OfficerKpis.Counts::roundsMissed,
              OfficerKpis.Counts::rounds),
          new Rate(
              "validReportRate",
              "valid_report_rate",
              OfficerKpis.Counts::reportedValid,
              OfficerKpis.Counts::reported),
          new Rate(
              "checkInRate",
              "check_in_rate",
              OfficerKpis.Counts::checkInsValid,
              OfficerKpis.Counts::checkIns),
          new Rate(
              "coverageRate",
              "coverage_rate",
              OfficerKpis.Counts::visited,
              OfficerKpis.Counts::points),
          new Rate(
              "inTimeVerifyRate",
              "in_time_verify_rate",
              OfficerKpis.Counts::verifiedInTime,
              OfficerKpis.Counts::verified),
          new Rate(
              "inTimeCheckRate",
              "in_time_check_rate",
              OfficerKpis.Counts::checkedInTime,
              OfficerKpis.Counts::checked),
          new Rate(
              "eventsPerPatrol",
              "events_per_patrol",
              OfficerKpis.Counts::reported,
              OfficerKpis.Counts::patrols));
  private static final String HEAD =
      "group,name,period,rounds,rounds_missed,points_missed,patrols,check_ins,check_ins_valid,"
          + "points,visited,reported,reported_valid,self_handled,verified,verified_in_time,checked,"
          + "checked_in_time";

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
    Border border = scopes.border(call);
    Span span = Spans.of(call, clock.instant(), kpis.zone());
    ComparedView<OfficerKpis.Counts> view =
        new ComparedView<>(this::name, OfficersResource::figures);
    return call.off(() -> Answer.json(view.of(kpis.report(border, span))));
  }

  private Future<Answer> csv(Call call) {
    Border border = scopes.border(call);
    Span span = Spans.of(call, clock.instant(), kpis.zone());
    return call.off(
        () ->
            Answer.of("text/csv; charset=utf-8", Buffer.buffer(text(kpis.report(border, span))))
                .with("Content-Disposition", "attachment; filename=\"officer-kpis.csv\""));
  }

  private String name(String id) {
    Person person = people.find(id);
    return person == null ? id : person.name();
  }

  private static ObjectNode figures(OfficerKpis.Counts counts) {
    ObjectNode figures = Json.MAPPER.valueToTree(counts);
    for (Rate each : RATES) {
      rate(figures, each.key(), each.part().applyAsLong(counts), each.whole().applyAsLong(counts));
    }
    return figures;
  }

  /** A share, or null of nothing. */
  static void rate(ObjectNode to, String key, long part, long whole) {
    if (whole == 0) {
      to.putNull(key);
    } else {
      to.put(key, (double) part / whole);
    }
  }

  private String text(Compared<OfficerKpis.By, OfficerKpis.Counts> report) {
    StringBuilder csv = new StringBuilder(HEAD);
    RATES.forEach(each -> csv.append(',').append(each.column()));
    csv.append("\r\n");
    for (String each : report.groups()) {
      String name = Csv.cell(each) + ',' + Csv.cell(name(each));
      row(csv, name, "now", report.now().get(each));
      row(csv, name, "previous", report.previous().get(each));
      row(csv, name, "last_year", report.lastYear().get(each));
    }
    return csv.toString();
  }

  private static void row(
      StringBuilder csv, String name, String period, OfficerKpis.@Nullable Counts c) {
    if (c == null) {
      return;
    }
    csv.append(name).append(',').append(period);
    for (long each :
        new long[] {
          c.rounds(), c.roundsMissed(), c.pointsMissed(), c.patrols(), c.checkIns(),
          c.checkInsValid(), c.points(), c.visited(), c.reported(), c.reportedValid(),
          c.selfHandled(), c.verified(), c.verifiedInTime(), c.checked(), c.checkedInTime()
        }) {
      csv.append(',').append(each);
    }
    for (Rate each : RATES) {
      rate(csv, each.part().applyAsLong(c), each.whole().applyAsLong(c));
    }
    csv.append("\r\n");
  }

  /** A share as a cell of a table, which is empty of nothing. */
  static void rate(StringBuilder csv, long part, long whole) {
    csv.append(',');
    if (whole > 0) {
      csv.append(String.format(Locale.ROOT, "%.4f", (double) part / whole));
    }
  }
}
