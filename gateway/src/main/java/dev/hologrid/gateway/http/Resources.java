package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.IncidentQueries;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that answers, made and joined.
 *
 * @param all each operation of the contract is in one of them
 */
record Resources(List<Resource> all, LiveFeed feed, SummaryResource summary) {
  private static final int DEPTHS = 5;

  static Resources of(Vertx vertx, HttpParts parts, Access access, List<Metrics> own) {
    HttpParts.Work work = parts.work();
    Scopes scopes = new Scopes(parts.area().site());
    AlertViews alertViews =
        new AlertViews(
            parts.area().site(),
            keys -> vertx.executeBlocking(() -> incidentsOf(work.incidents(), keys), false));
    IncidentViews incidentViews =
        new IncidentViews(parts.area().site(), work.people(), work.desk());
    IncidentsResource incidents = new IncidentsResource(work.incidents(), incidentViews, scopes);
    SummaryResource summary =
        new SummaryResource(
            parts.intake().figures(), work.alerts(), work.totals(), parts.area().devices());
    List<Metrics> metrics = new ArrayList<>(List.of(summary));
    metrics.addAll(parts.server().metrics());
    metrics.addAll(own);
    metrics.add(new StreamMetrics(work.stream()));
    HygieneResource hygiene = new HygieneResource(parts, scopes);
    metrics.add(new HygieneMetrics(vertx, parts.server().clock(), () -> hygiene.measure(24, null)));
    metrics.add(new DutyMetrics(parts.records().duty(), parts.server().clock()));
    List<Resource> all =
        List.of(
            new HealthResource(parts.server().components(), metrics),
            new ContractResource(),
            access.sessions(),
            access.openId(),
            access.admissions(),
            new Open311Resource(parts),
            new PeopleResource(work.people(), scopes),
            new RulesResource(parts.server().components()),
            new BacktestResource(parts, scopes),
            new SilencesResource(parts.server().components(), scopes),
            new AlertsResource(work.alerts(), alertViews, scopes),
            incidents,
            new CommandsResource(work.desk(), incidents, scopes),
            new KpisResource(parts.records().kpis(), parts, scopes),
            new PatrolsResource(parts.records().patrols(), parts, scopes),
            new RoundsResource(parts, scopes),
            new PatrolKpisResource(parts, scopes),
            new OfficersResource(parts, scopes),
            new AttachmentsResource(parts, scopes),
            new MediationResource(parts.records().mediation(), scopes),
            new DutyResource(parts.records().roster(), scopes, parts.server().clock()),
            new NotificationsResource(parts, scopes),
            hygiene,
            new DevicesResource(parts.area(), work.alerts(), scopes),
            new DeviceCommandsResource(parts.area(), scopes),
            new GridsResource(
                parts.area(), work.alerts(), () -> openByPlace(vertx, work.incidents()), scopes),
            new ReadingsResource(
                parts.intake().history(), parts.area().devices(), parts.server().clock(), scopes),
            new QuarantineResource(parts.intake().quarantine()),
            summary,
            new CredentialsResource(parts.server().keys(), parts.area()),
            new TelemetryResource(
                parts.intake().inbox(),
                new TelemetryPace(parts.intake().rates()),
                parts.server().clock()),
            new StreamResource(work.stream(), access.gate(), scopes));
    return new Resources(all, new LiveFeed(parts, alertViews, incidentViews), summary);
  }

  private static Map<String, String> incidentsOf(IncidentQueries queries, List<String> alerts) {
    Map<String, String> found = new HashMap<>();
    for (String each : alerts) {
      String incident = queries.incidentOf(each);
      if (incident != null) {
        found.put(each, incident);
      }
    }
    return found;
  }

  private static Future<Map<String, Integer>> openByPlace(Vertx vertx, IncidentQueries queries) {
    return vertx.executeBlocking(
        () -> {
          Map<String, Integer> open = new HashMap<>();
          for (int depth = 0; depth < DEPTHS; depth++) {
            open.putAll(queries.openByPlace(depth));
          }
          return open;
        },
        false);
  }
}
