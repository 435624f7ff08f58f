package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.alerting.AlertLog;
import dev.hologrid.gateway.alerting.hygiene.Flood;
import dev.hologrid.gateway.alerting.hygiene.Hygiene;
import dev.hologrid.gateway.alerting.hygiene.Occurrence;
import dev.hologrid.gateway.alerting.hygiene.Standing;
import dev.hologrid.gateway.incident.DutyWatch;
import dev.hologrid.gateway.incident.IncidentQueries;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Resolution;
import dev.hologrid.gateway.incident.Role;
import dev.hologrid.gateway.site.Place;
import dev.hologrid.gateway.site.Site;
import dev.hologrid.rules.PlaceLevel;
import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.Alert;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How much the alerts ask of the people who answer them, and which rules and devices cause it. */
final class HygieneResource implements Resource {
  /** Rows of each table in one answer; the file has them all. */
  private static final int ROWS = 50;

  private final AlertLog alerts;
  private final IncidentQueries incidents;
  private final DutyWatch duty;
  private final Site site;
  private final Clock clock;
  private final Scopes scopes;

  HygieneResource(HttpParts parts, Scopes scopes) {
    this.alerts = parts.work().alerts();
    this.incidents = parts.work().incidents();
    this.duty = parts.records().duty();
    this.site = parts.area().site();
    this.clock = parts.server().clock();
    this.scopes = scopes;
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("getHygiene", this::json, "exportHygiene", this::csv);
  }

  private Hygiene measure(Call call) {
    return measure(
        Long.parseLong(call.query("hours", "24")),
        scopes.narrow(call.person(), call.query("place")));
  }

  /** Of the last hours, under a place or, with null, everywhere. Blocks. */
  Hygiene measure(long hours, @Nullable String place) {
    long to = clock.millis();
    long from = to - Duration.ofHours(hours).toMillis();
    AlertLog.Filter filter = new AlertLog.Filter(null, null, null, null, place, null);
    Map<String, Resolution> verdicts = incidents.resolutionsSince(from);
    List<Occurrence> all = new ArrayList<>();
    for (Alert each : alerts.list(filter, Integer.MAX_VALUE, null).alerts()) {
      all.add(occurrence(each, verdicts.get(each.id().key())));
    }
    return Hygiene.of(all, from, to);
  }

  private Occurrence occurrence(Alert alert, @Nullable Resolution verdict) {
    boolean says = verdict == Resolution.REAL || (verdict != null && verdict.isFalseAlarm());
    return new Occurrence(
        alert.id().rule(),
        alert.id().subject(),
        building(alert.place()),
        alert.severity(),
        alert.startedAt(),
        alert.endedAt(),
        says ? verdict != Resolution.REAL : null);
  }

  /** The building that a place is in, or the place. */
  private String building(String code) {
    return site.places().path(code).stream()
        .filter(each -> each.level() == PlaceLevel.BUILDING)
        .map(Place::code)
        .findFirst()
        .orElse(code);
  }

  private Future<Answer> json(Call call) {
    return call.off(() -> Answer.json(view(call, measure(call))));
  }

  private Future<Answer> csv(Call call) {
    return call.off(
        () -> {
          Hygiene measured = measure(call);
          List<Standing> rows =
              switch (call.query("by", "rule")) {
                case "device" -> measured.byDevice();
                case "place" -> measured.byPlace();
                default -> measured.byRule();
              };
          StringBuilder out =
              new StringBuilder("key,alerts,share,chattering,stale,judged,falseAlarms,advice\r\n");
          for (Standing each : rows) {
            out.append(Csv.cell(each.key())).append(',').append(each.alerts()).append(',');
            out.append(String.format(Locale.ROOT, "%.4f", each.share())).append(',');
            out.append(each.chattering()).append(',').append(each.stale()).append(',');
            out.append(each.judged()).append(',').append(each.falseAlarms()).append(',');
            out.append(each.advice()).append("\r\n");
          }
          return Answer.of("text/csv; charset=utf-8", Buffer.buffer(out.toString()))
              .with("Content-Disposition", "attachment; filename=\"hygiene.csv\"");
        });
  }

  private ObjectNode view(Call call, Hygiene measured) {
    ObjectNode view = Json.MAPPER.createObjectNode();
    view.put("from", Json.time(measured.from())).put("to", Json.time(measured.to()));
    view.put("alerts", measured.alerts()).put("perHour", measured.perHour());
    view.put("operators", operators());
    view.put("floodShare", measured.floodShare()).put("chattering", measured.chattering());
    view.put("stale", measured.stale()).put("worstTenShare", measured.worstTenShare());
    view.put("judged", measured.judged()).put("falseAlarms", measured.falseAlarms());
    ObjectNode bySeverity = view.putObject("bySeverity");
    for (Severity each : Severity.values()) {
      bySeverity.put(
          each.name().toLowerCase(Locale.ROOT), measured.bySeverity().getOrDefault(each, 0));
    }
    ArrayNode floods = view.putArray("floods");
    for (Flood each : measured.floods()) {
      floods
          .addObject()
          .put("from", Json.time(each.from()))
          .put("to", Json.time(each.to()))
          .put("alerts", each.alerts());
    }
    rows(view.putArray("byRule"), measured.byRule());
    rows(view.putArray("byDevice"), measured.byDevice());
    rows(view.putArray("byPlace"), measured.byPlace());
    duty(view.putObject("duty"), call.person());
    calendar(view.putObject("calendar"));
    return view;
  }

  /** Whom among those below the viewer nothing reaches. */
  private void duty(ObjectNode view, Person viewer) {
    Instant now = clock.instant();
    view.put(
        "onDuty",
        duty.onDuty(now).stream().filter(each -> scopes.covers(viewer, each.scope())).count());
    ArrayNode unreachable = view.putArray("unreachable");
    for (Person each : duty.unreachable(now)) {
      if (scopes.covers(viewer, each.scope())) {
        unreachable
            .addObject()
            .put("id", each.id())
            .put("name", each.name())
            .put("scope", each.scope());
      }
    }
  }

  private void calendar(ObjectNode view) {
    OptionalInt last = duty.calendar().lastYear();
    OptionalLong left = duty.calendar().daysLeft(clock.instant());
    view.put("knownTo", last.isEmpty() ? null : last.getAsInt() + "-12-31");
    view.put("daysLeft", left.isEmpty() ? null : left.getAsLong());
  }

  /** The load is quoted for one operator; nobody on duty counts as one. */
  private int operators() {
    return Math.max(
        1,
        (int)
            duty.onDuty(clock.instant()).stream()
                .filter(each -> each.has(Role.DISPATCHER))
                .count());
  }

  private void rows(ArrayNode rows, List<Standing> standings) {
    for (Standing each : standings.subList(0, Math.min(ROWS, standings.size()))) {
      ObjectNode row = rows.addObject().put("key", each.key());
      row.set("placePath", Json.MAPPER.valueToTree(PlaceRef.path(site.places(), each.key())));
      row.put("alerts", each.alerts()).put("share", each.share());
      row.put("chattering", each.chattering()).put("stale", each.stale());
      row.put("judged", each.judged()).put("falseAlarms", each.falseAlarms());
      row.put("advice", each.advice().name());
    }
  }
}
