package dev.hologrid.gateway.http;

import dev.hologrid.gateway.alerting.AlertLog;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.ingest.Quarantine;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.Site;
import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.stream.LiveStream;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the HTTP front shows of the other parts. */
public record HttpParts(Server server, Area area, Work work, Intake intake) {

  /**
   * The server itself.
   *
   * @param secrets the folder of passwords and tokens
   * @param components all, for the health page
   * @param metrics further figures for the metrics page
   */
  public record Server(
      String version,
      Clock clock,
      Path secrets,
      Supplier<List<Component>> components,
      List<Metrics> metrics) {}

  /** Places and devices. */
  public record Area(Site site, DeviceRegistry devices) {}

  /** What happens there. */
  public record Work(People people, AlertLog alerts, LiveStream stream) {}

  /** What comes in. */
  public record Intake(Inbox inbox, Quarantine quarantine) {}

  List<Resource> resources(Contract contract, Access access, List<Metrics> own) {
    List<Metrics> metrics = new ArrayList<>(server.metrics());
    metrics.addAll(own);
    metrics.add(new StreamMetrics(work.stream()));
    Scopes scopes = new Scopes(area.site());
    AlertLog alerts = work.alerts();
    AlertViews alertViews =
        new AlertViews(area.site(), ignored -> Future.succeededFuture(Map.of()));
    return List.of(
        new HealthResource(server.components(), metrics),
        new ContractResource(),
        access.sessions(),
        new PeopleResource(work.people(), scopes),
        new AlertsResource(alerts, alertViews, scopes),
        new DevicesResource(area, alerts, scopes),
        new GridsResource(area, alerts, () -> Future.succeededFuture(Map.of()), scopes),
        new QuarantineResource(intake.quarantine()),
        new TelemetryResource(intake.inbox(), server.clock()),
        new StreamResource(work.stream(), access.gate(), scopes));
  }
}
