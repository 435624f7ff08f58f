package dev.hologrid.gateway;

import dev.hologrid.gateway.alerting.AlertJson;
import dev.hologrid.gateway.alerting.AlertLog;
import dev.hologrid.gateway.alerting.Alerting;
import dev.hologrid.gateway.alerting.Watchdog;
import dev.hologrid.gateway.archive.Archive;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.decode.Decoders;
import dev.hologrid.gateway.decode.Profile;
import dev.hologrid.gateway.decode.Profiles;
import dev.hologrid.gateway.decode.Rebirth;
import dev.hologrid.gateway.http.Figures;
import dev.hologrid.gateway.http.HttpFront;
import dev.hologrid.gateway.http.HttpParts;
import dev.hologrid.gateway.http.MetricText;
import dev.hologrid.gateway.incident.AuditAnchors;
import dev.hologrid.gateway.incident.Catalog;
import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.IncidentDesk;
import dev.hologrid.gateway.incident.IncidentFollower;
import dev.hologrid.gateway.incident.IncidentQueries;
import dev.hologrid.gateway.incident.IncidentTotals;
import dev.hologrid.gateway.incident.Outbox;
import dev.hologrid.gateway.incident.Places;
import dev.hologrid.gateway.incident.Policy;
import dev.hologrid.gateway.incident.Roster;
import dev.hologrid.gateway.incident.kpi.KpiQueries;
import dev.hologrid.gateway.ingest.Ingest;
import dev.hologrid.gateway.ingest.Quarantine;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.FollowerRunner;
import dev.hologrid.gateway.notify.Channels;
import dev.hologrid.gateway.notify.Notifier;
import dev.hologrid.gateway.notify.NotifyConfig;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.Site;
import dev.hologrid.gateway.source.Source;
import dev.hologrid.gateway.source.broker.BrokerConfig;
import dev.hologrid.gateway.source.broker.BrokerSource;
import dev.hologrid.gateway.source.endpoint.MqttEndpointSource;
import dev.hologrid.gateway.source.firepanel.FirePanelSource;
import dev.hologrid.gateway.stream.LiveStream;
import dev.hologrid.gateway.stream.StreamLimits;
import dev.hologrid.rules.Shapes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the server's parts and joins them, in the order the data flows: the one long constructor of
 * the project. Sources start last, so that nothing comes in before it can be judged.
 */
final class Assembly {
  private static final int MOST_SHAPES = 10_000;

  /** Readings that are looked at again after a start, for the latest values of the devices. */
  private static final long LATEST = 100_000;

  private static final long START_SECONDS = 30;
  private static final long TIMERS_EVERY_MS = 1_000;
  private static final long ANCHOR_EVERY_MS = 600_000;

  final Ingest ingest;
  final Alerting alerting;
  final AlertLog alerts;
  final IncidentTotals incidents;
  final MqttEndpointSource endpoint;
  final HttpFront http;
  private final FollowerRunner<?> incidentRunner;
  private volatile @Nullable BrokerSource broker;
  private final StopStack stack;
  private final List<Component> components = new CopyOnWriteArrayList<>();

  Assembly(GatewayConfig config, Clock clock, StopStack stack) throws IOException {
    this.stack = stack;
    Path data = config.data();
    Path checkpoints = data.resolve("checkpoints");
    Vertx vertx = Vertx.vertx();
    stack.started("vertx", () -> await("vertx", vertx.close()));

    // What is on disk.
    FileJournal readings =
        part(FileJournal.open("readings", data.resolve("journal/readings"), config.journal()));
    FileJournal alertJournal =
        part(FileJournal.open("alerts", data.resolve("journal/alerts"), config.journal()));
    Quarantine quarantine =
        part(
            new Quarantine(
                FileJournal.open("quarantine", data.resolve("quarantine"), config.journal())));
    Shapes shapes = new Shapes(MOST_SHAPES);
    ReadingCodec codec = new ReadingCodec(shapes);

    // Where it stands.
    Site site = part(new Site(config.site(), data.resolve("site")));
    site.start();
    DeviceRegistry devices = part(new DeviceRegistry(site, config.site(), clock::millis));
    devices.start();
    FollowerRunner<?> deviceRunner =
        part(
            new FollowerRunner<>(readings, new DeviceFollower(devices), codec::decode, null)
                .startAt(readings.end() - LATEST));

    // From readings to alerts.
    alerts = part(new AlertLog(alertJournal, site, config.alerting()));
    alerts.start();
    alerting =
        part(
            new Alerting(
                readings,
                alertJournal,
                devices,
                config.alerting(),
                data.resolve("engine"),
                clock::millis));
    alerting.start();

    // From alerts to incidents.
    Database database = database(config, data);
    Roster people = people(database, data.resolve("site").resolve("people.csv"));
    Places places = code -> path(site, code);
    incidents = new IncidentTotals().load(database);
    Policy policy =
        new Policy(Catalog.read(config.desk().catalog(), config.desk().holidays()), people);
    NotifyConfig notify = config.desk().channels();
    IncidentDesk desk = part(new IncidentDesk(database, policy, places, clock, notify.interest()));
    desk.listen(incidents);
    Outbox outbox = new Outbox(database);
    Notifier notifier =
        part(
            new Notifier(
                vertx, outbox, Channels.of(vertx, notify, clock), clock, notify.attempts()));
    vertx.setPeriodic(TIMERS_EVERY_MS, timer -> notifier.tick());
    AuditAnchors anchors = part(new AuditAnchors(database, config.desk().anchors(), clock));
    anchors.start();
    vertx.setPeriodic(ANCHOR_EVERY_MS, timer -> vertx.executeBlocking(anchors::note, false));
    vertx.setPeriodic(TIMERS_EVERY_MS, timer -> desk.tick());
    IncidentFollower follower = new IncidentFollower(desk);
    incidentRunner =
        part(
            new FollowerRunner<>(
                    alertJournal,
                    follower,
                    (offset, record) -> AlertJson.read(offset, record).event(),
                    null)
                .startAt(follower.nextOffset()));

    // The archive may come up later than everything else: nothing waits for it.
    Archive archive =
        part(
            new Archive(readings, config.stores().archive(), data.resolve("archive"), checkpoints));
    archive.start();

    // The front door, what people see, and last the ways in.
    List<Profile> profiles = profiles(config.sources().profiles());
    Decoders decoders = new Decoders(shapes, profiles, this::askForRebirth);
    ingest = part(new Ingest(decoders, codec, readings, quarantine));
    LiveStream stream =
        part(new LiveStream(vertx, StreamLimits.standard(), Main.VERSION, clock.millis()));
    stream.start();
    Watchdog watchdog = part(new Watchdog(ingest, alerting, clock::millis));
    Figures figures =
        new Figures(
            ingest.books(),
            () ->
                List.of(
                    lag("devices", deviceRunner.lag()),
                    lag("alerting", alerting.lag()),
                    lag("incidents", incidentRunner.lag()),
                    lag("archive", archive.lag())),
            () ->
                Map.of(
                    "0.5", alerting.latency().percentile(50) / 1e3,
                    "0.99", alerting.latency().percentile(99) / 1e3));
    HttpParts parts =
        new HttpParts(
            new HttpParts.Server(
                Main.VERSION,
                clock,
                data.resolve("secrets"),
                this::components,
                List.of(out -> notices(notifier, out))),
            new HttpParts.Area(site, devices),
            new HttpParts.Work(
                people, alerts, desk, new IncidentQueries(database, places), incidents, stream),
            new HttpParts.Intake(ingest, quarantine, archive, figures),
            new HttpParts.Records(
                new KpiQueries(database, policy.catalog().calendar().zone()), outbox));
    http = part(new HttpFront(vertx, config.http(), parts));
    await("the HTTP server", http.start());

    endpoint = part(new MqttEndpointSource(vertx, config.sources().endpoint(), ingest, clock));
    start(endpoint);
    if (config.sources().broker() != null) {
      BrokerConfig all = config.sources().broker().reading(Decoders.filters(profiles));
      broker = part(new BrokerSource(all, ingest, clock));
      start(broker);
    }
    if (config.sources().panels() != null) {
      start(part(new FirePanelSource(config.sources().panels(), ingest, clock)));
    }
    watchdog.start();
  }

  private static List<Profile> profiles(@Nullable Path folder) throws IOException {
    if (folder == null) {
      return Profiles.shipped();
    }
    if (!Files.isDirectory(folder)) {
      throw new StartFailed("decode.profiles is no folder: " + folder);
    }
    try {
      return Profiles.with(folder);
    } catch (IllegalArgumentException e) {
      throw new StartFailed("a decoder profile is wrong: " + e.getMessage(), e);
    }
  }

  /** A Sparkplug edge node behind a broker is asked there; others send births as they connect. */
  private void askForRebirth(String group, String node, long now) {
    BrokerSource asked = broker;
    if (asked != null) {
      asked.tell(Rebirth.topic(group, node), Rebirth.payload(now));
    }
  }

  private Database database(GatewayConfig config, Path data) {
    GatewayConfig.Stores stores = config.stores();
    String url =
        stores.incidents().isEmpty()
            ? "jdbc:sqlite:" + data.resolve("incidents.db")
            : stores.incidents();
    return stack.started("database", Database.open(url, stores.user(), stores.password().reveal()));
  }

  private static Roster people(Database database, Path file) throws IOException {
    Roster roster = new Roster(database).load();
    if (Files.exists(file)) {
      roster.importCsv(Files.readAllLines(file));
    }
    return roster;
  }

  /** What stands nowhere is the whole district's matter. */
  private static List<String> path(Site site, String code) {
    List<String> path = site.places().pathCodes(code);
    if (path.isEmpty() && site.places().roots().size() == 1) {
      return List.of(site.places().roots().getFirst().code());
    }
    return path;
  }

  private static void notices(Notifier notifier, MetricText out) {
    out.gauge("hologrid_notifications", "Notifications that wait or were given up");
    notifier
        .backlog()
        .forEach(
            (channel, counts) ->
                counts.forEach(
                    (state, count) ->
                        out.sample(
                            "hologrid_notifications",
                            Map.of("channel", channel, "state", state.toLowerCase(Locale.ROOT)),
                            count)));
  }

  private static Figures.Lag lag(String follower, long records) {
    return new Figures.Lag(follower, records, 0);
  }

  /** Whether the followers that make alerts and incidents have taken all there is. */
  boolean settled() {
    return ingest.books().page().inFlight() == 0
        && alerting.lag() == 0
        && alerts.lag() == 0
        && incidentRunner.lag() == 0;
  }

  private <C extends Component> C part(C component) {
    components.add(component);
    return stack.started(component.name(), component);
  }

  List<Component> components() {
    return List.copyOf(components);
  }

  private static void start(Source source) {
    await(source.name(), source.start());
  }

  private static <T> T await(String what, Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StartFailed(what + " could not start: " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw new StartFailed(what + " did not start within " + START_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailed(what + " was interrupted while starting", e);
    }
  }
}
