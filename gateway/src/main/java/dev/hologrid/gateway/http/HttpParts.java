package dev.hologrid.gateway.http;

import dev.hologrid.gateway.alerting.AlertLog;
import dev.hologrid.gateway.archive.History;
import dev.hologrid.gateway.attachment.Attachments;
import dev.hologrid.gateway.audit.Decision;
import dev.hologrid.gateway.audit.SecurityAudit;
import dev.hologrid.gateway.backtest.Backtests;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.control.DeviceCommands;
import dev.hologrid.gateway.identity.Credentials;
import dev.hologrid.gateway.identity.DeviceAccounts;
import dev.hologrid.gateway.identity.ParkedDevices;
import dev.hologrid.gateway.incident.DutyWatch;
import dev.hologrid.gateway.incident.IncidentDesk;
import dev.hologrid.gateway.incident.IncidentQueries;
import dev.hologrid.gateway.incident.IncidentTotals;
import dev.hologrid.gateway.incident.Mediation;
import dev.hologrid.gateway.incident.Outbox;
import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Roster;
import dev.hologrid.gateway.incident.ServiceRequests;
import dev.hologrid.gateway.incident.kpi.KpiQueries;
import dev.hologrid.gateway.ingest.Quarantine;
import dev.hologrid.gateway.openid.OpenId;
import dev.hologrid.gateway.patrol.OfficerKpis;
import dev.hologrid.gateway.patrol.PatrolKpis;
import dev.hologrid.gateway.patrol.Patrols;
import dev.hologrid.gateway.patrol.Rounds;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.Site;
import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.endpoint.EndpointConfig;
import dev.hologrid.gateway.stream.LiveStream;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the HTTP front shows of the other parts. */
public record HttpParts(Server server, Area area, Work work, Intake intake, Records records) {

  /**
   * The server itself.
   *
   * @param keys who may come in
   * @param components all, for the health page
   * @param metrics further figures for the metrics page
   */
  public record Server(
      String version,
      Clock clock,
      Keys keys,
      Supplier<List<Component>> components,
      List<Metrics> metrics) {}

  /**
   * Credentials of people, programs and devices, and where decisions about them are noted.
   *
   * @param openId by whom people may sign in; null: by this server alone
   */
  public record Keys(
      Credentials credentials,
      DeviceAccounts accounts,
      ParkedDevices parked,
      SecurityAudit audit,
      @Nullable OpenId openId) {
    void note(String what, String who, String from, String why) {
      audit.note(new Decision(what, who, from, why));
    }
  }

  /** Places and devices, and what devices are told to do. */
  public record Area(Site site, DeviceRegistry devices, DeviceCommands commands) {}

  /** What happens there, and who sees to it. */
  public record Work(
      People people,
      AlertLog alerts,
      IncidentDesk desk,
      IncidentQueries incidents,
      ServiceRequests serviceRequests,
      IncidentTotals totals,
      LiveStream stream) {}

  /**
   * What comes in, and what came in.
   *
   * @param rates how much may come in how fast
   */
  public record Intake(
      Inbox inbox,
      Quarantine quarantine,
      History history,
      Figures figures,
      EndpointConfig.Rates rates) {}

  /** What is asked about incidents and alerts afterwards. */
  public record Records(
      KpiQueries kpis,
      Outbox outbox,
      Roster roster,
      Mediation mediation,
      Walks walks,
      OfficerKpis officers,
      Attachments attachments,
      Backtests backtests,
      DutyWatch duty) {
    /** Told where officers are. */
    OfficerPositions positions() {
      return roster::seen;
    }

    Patrols patrols() {
      return walks.patrols();
    }

    Rounds rounds() {
      return walks.rounds();
    }

    PatrolKpis patrolKpis() {
      return walks.kpis();
    }
  }

  /** Patrols as they are planned, due, walked and counted. */
  public record Walks(Patrols patrols, Rounds rounds, PatrolKpis kpis) {}
}
