package dev.hologrid.gateway.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.config.Secret;
import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.incident.Catalog;
import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.Incident;
import dev.hologrid.gateway.incident.IncidentCommand;
import dev.hologrid.gateway.incident.IncidentDesk;
import dev.hologrid.gateway.incident.Opening;
import dev.hologrid.gateway.incident.Origin;
import dev.hologrid.gateway.incident.Outbox;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Policy;
import dev.hologrid.gateway.incident.Priority;
import dev.hologrid.gateway.incident.Resolution;
import dev.hologrid.gateway.incident.Result;
import dev.hologrid.gateway.incident.Town;
import dev.hologrid.gateway.journal.Follower.Entry;
import dev.hologrid.gateway.testing.Alertmanager;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.AlertEvent;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** In a real Alertmanager an incident is one alert from its opening to its end, and none after. */
@EnabledIf(
    value = "dev.hologrid.gateway.testing.Alertmanager#installed",
    disabledReason = "needs Alertmanager: apt-get install prometheus-alertmanager")
class AlertmanagerChannelTest {
  private static final Town TOWN = new Town();

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final InstantSource clock = () -> Instant.now().plus(ahead.get());
  private Alertmanager alertmanager;
  private Database database;
  private IncidentDesk desk;
  private Outbox outbox;
  private Notifier notifier;

  @BeforeEach
  void start() throws Exception {
    alertmanager = Alertmanager.start(folder.resolve("am"));
    database = Database.open("jdbc:sqlite:" + folder.resolve("i.db"), "", "");
    Interest interest =
        new Interest(List.of(new Interest.Wish("am", Interest.DEFAULT_EVENTS, Priority.P4)));
    desk = new IncidentDesk(database, new Policy(Catalog.standard(), TOWN), TOWN, clock, interest);
    outbox = new Outbox(database);
    notifier = notifier();
  }

  private Notifier notifier() {
    HttpChannel.Target target =
        new HttpChannel.Target("am", alertmanager.url(), Format.ALERTMANAGER, new Secret(""));
    HttpChannel channel =
        new HttpChannel(vertx, target, new AddressGuard(Set.of("127.0.0.1")), clock);
    return new Notifier(vertx, outbox, List.of(channel), clock, 20);
  }

  @AfterEach
  void stop() throws Exception {
    notifier.close();
    desk.close();
    database.close();
    vertx.close().await(10, TimeUnit.SECONDS);
    alertmanager.close();
  }

  /** Sends all that waits. */
  private void tell() throws Exception {
    Await.until(
        "all notices to be sent",
        () -> {
          notifier.tick().await(20, TimeUnit.SECONDS);
          return outbox.list("WAITING", Long.MAX_VALUE, 1).isEmpty();
        });
    assertThat(outbox.list("DEAD", Long.MAX_VALUE, 10)).isEmpty();
  }

  private List<String> priorities() throws Exception {
    return alertmanager.active().stream().map(each -> each.get("priority").asText()).toList();
  }

  private Incident reported() {
    Opening opening =
        new Opening("SAFETY_HAZARD", Town.GRID, "Blocked exit", "", Origin.PATROL, null, List.of());
    return done(desk.open(opening, Town.OFFICER, null).join());
  }

  private Incident done(Incident incident, IncidentCommand command, Person person) {
    return done(desk.command(incident.id(), command, person, null, null).join());
  }

  private static Incident done(Result result) {
    assertThat(result).isInstanceOf(Result.Done.class);
    return ((Result.Done) result).incident();
  }

  private void alarm(long offset, AlertEvent.Kind kind, Severity severity) {
    AlertEvent event =
        Town.raised(offset, Town.alert("leak", "d1", 1, Town.BUILDING, severity)).value();
    desk.take(
        "alerts",
        List.of(
            new Entry<>(
                offset, new AlertEvent(kind, event.alert(), event.at(), event.receivedAt()))));
  }

  @Test
  void a_raised_incident_is_one_alert_until_it_is_closed() throws Exception {
    alarm(0, AlertEvent.Kind.RAISED, Severity.INFO);
    tell();
    assertThat(priorities()).containsExactly("P4");
    alarm(1, AlertEvent.Kind.CHANGED, Severity.MAJOR);
    alarm(2, AlertEvent.Kind.CHANGED, Severity.CRITICAL);
    tell();
    assertThat(priorities()).containsExactly("P1");
    alertmanager.awaitTimeout();
    assertThat(priorities()).containsExactly("P1");

    String id = outbox.list("SENT", Long.MAX_VALUE, 1).getFirst().incident();
    IncidentCommand close = new IncidentCommand.ForceClose("the test is over");
    done(desk.command(id, close, Town.SUPERVISOR, null, null).join());
    tell();
    assertThat(alertmanager.active()).isEmpty();
    done(
        desk.command(id, new IncidentCommand.Reopen("it was not"), Town.SUPERVISOR, null, null)
            .join());
    tell();
    assertThat(priorities()).containsExactly("P1");
  }

  @Test
  void what_is_rejected_or_handled_by_its_finder_ends() throws Exception {
    Incident rejected = reported();
    done(rejected, new IncidentCommand.Reject("not ours", null), Town.DISPATCHER);
    tell();
    Incident handled = reported();
    tell();
    assertThat(alertmanager.active())
        .extracting(each -> each.get("incident").asText())
        .containsExactly(handled.number());
    done(
        handled, new IncidentCommand.SelfHandle("cleared the exit", Resolution.DONE), Town.OFFICER);
    tell();
    assertThat(alertmanager.active()).isEmpty();
  }

  @Test
  void after_a_restart_alertmanager_is_told_again_of_what_is_open() throws Exception {
    Incident over = reported();
    Incident open = reported();
    done(over, new IncidentCommand.Reject("not ours", null), Town.DISPATCHER);
    tell();
    assertThat(outbox.standing("am", "", 10))
        .extracting(Outbox.Notice::incident)
        .containsExactly(open.id());
    alertmanager.stop();
    alertmanager.start();
    assertThat(alertmanager.active()).isEmpty();
    ahead.set(AlertmanagerAlerts.REFRESH.plusSeconds(1));
    Await.until(
        "the alert to be back",
        () -> {
          notifier.tick().await(20, TimeUnit.SECONDS);
          ahead.updateAndGet(each -> each.plusSeconds(3));
          return !alertmanager.active().isEmpty();
        });
    assertThat(alertmanager.active())
        .extracting(each -> each.get("incident").asText())
        .containsExactly(open.number());
    assertThat(notifier.check().word()).isEqualTo("ok");
    ahead.updateAndGet(each -> each.plusDays(400));
    outbox.forget(clock.instant());
    assertThat(outbox.list("SENT", Long.MAX_VALUE, 10))
        .as("what is open is not forgotten, for it is told again")
        .extracting(Outbox.Notice::incident)
        .containsOnly(open.id());
  }

  @Test
  void the_address_may_have_a_path_or_be_the_whole_one() {
    desk.open(
            new Opening(
                "SAFETY_HAZARD", Town.GRID, "Blocked exit", "", Origin.PATROL, null, List.of()),
            Town.OFFICER,
            null)
        .join();
    Outbox.Notice notice = outbox.due("am", clock.instant(), 1).getFirst();
    Map.of(
            "http://am.example:9093", "http://am.example:9093/api/v2/alerts",
            "http://am.example:9093/", "http://am.example:9093/api/v2/alerts",
            "https://example.org/am", "https://example.org/am/api/v2/alerts",
            "https://example.org/am/", "https://example.org/am/api/v2/alerts",
            "https://example.org/api/v2/alerts", "https://example.org/api/v2/alerts")
        .forEach(
            (url, posted) ->
                assertThat(Format.ALERTMANAGER.post(URI.create(url), "", notice, 0).to())
                    .hasToString(posted));
  }

  @Test
  void the_events_that_end_an_alert_cannot_be_left_out() {
    Settings settings =
        Settings.parse(
            "test",
            """
            notify:
              channels:
                - {name: am, kind: alertmanager, url: "https://example.org", events: [opened]}
                - {name: hook, kind: webhook, url: "https://example.org", events: [opened]}
            """,
            Map.of());
    NotifyConfig config = NotifyConfig.read(settings);
    settings.finish();
    assertThat(config.targets().get(0).wish().events())
        .containsExactlyInAnyOrder(
            "opened", "priority_raised", "closed", "rejected", "self_handled", "reopened");
    assertThat(config.targets().get(1).wish().events()).containsExactly("opened");
    assertThat(Interest.DEFAULT_EVENTS).containsAll(AlertmanagerAlerts.NEEDED);
  }
}
