package dev.hologrid.gateway;

import dev.hologrid.gateway.alerting.AlertJson;
import dev.hologrid.gateway.alerting.AlertLog;
import dev.hologrid.gateway.alerting.Alerting;
import dev.hologrid.gateway.alerting.Watchdog;
import dev.hologrid.gateway.archive.Archive;
import dev.hologrid.gateway.attachment.Attachments;
import dev.hologrid.gateway.audit.AuditJournal;
import dev.hologrid.gateway.backtest.Backtests;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.control.CommandAnswers;
import dev.hologrid.gateway.control.DeviceCommands;
import dev.hologrid.gateway.decode.Decoders;
import dev.hologrid.gateway.decode.Profile;
import dev.hologrid.gateway.decode.Profiles;
import dev.hologrid.gateway.decode.Rebirth;
import dev.hologrid.gateway.disk.DiskReserve;
import dev.hologrid.gateway.http.Figures;
import dev.hologrid.gateway.http.HttpFront;
import dev.hologrid.gateway.http.HttpParts;
import dev.hologrid.gateway.http.MetricText;
import dev.hologrid.gateway.identity.Credentials;
import dev.hologrid.gateway.identity.DeviceAccounts;
import dev.hologrid.gateway.identity.FirstAdmin;
import dev.hologrid.gateway.identity.Following;
import dev.hologrid.gateway.identity.IdentityGate;
import dev.hologrid.gateway.identity.ParkedDevices;
import dev.hologrid.gateway.incident.AuditAnchors;
import dev.hologrid.gateway.incident.Catalog;
import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.DutyWatch;
import dev.hologrid.gateway.incident.IncidentDesk;
import dev.hologrid.gateway.incident.IncidentFollower;
import dev.hologrid.gateway.incident.IncidentQueries;
import dev.hologrid.gateway.incident.IncidentTotals;
import dev.hologrid.gateway.incident.Mediation;
import dev.hologrid.gateway.incident.Outbox;
import dev.hologrid.gateway.incident.Places;
import dev.hologrid.gateway.incident.Policy;
import dev.hologrid.gateway.incident.Roster;
import dev.hologrid.gateway.incident.ServiceRequests;
import dev.hologrid.gateway.incident.kpi.KpiQueries;
import dev.hologrid.gateway.ingest.Ingest;
import dev.hologrid.gateway.ingest.Quarantine;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.FollowerRunner;
import dev.hologrid.gateway.notify.Channels;
import dev.hologrid.gateway.notify.Notifier;
import dev.hologrid.gateway.notify.NotifyConfig;
import dev.hologrid.gateway.openid.OpenId;
import dev.hologrid.gateway.patrol.Borders;
import dev.hologrid.gateway.patrol.OfficerKpis;
import dev.hologrid.gateway.patrol.PatrolFile;
import dev.hologrid.gateway.patrol.PatrolKpis;
import dev.hologrid.gateway.patrol.Patrols;
import dev.hologrid.gateway.patrol.Rounds;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.Site;
import dev.hologrid.gateway.source.Source;
import dev.hologrid.gateway.source.broker.BrokerConfig;
import dev.hologrid.gateway.source.broker.BrokerSource;
import dev.hologrid.gateway.source.endpoint.EndpointConfig;
import dev.hologrid.gateway.source.endpoint.MqttEndpointSource;
import dev.hologrid.gateway.source.firepanel.FirePanelSource;
import dev.hologrid.gateway.stream.LiveStream;
import dev.hologrid.gateway.stream.StreamLimits;
import dev.hologrid.rules.Shapes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the server's parts and joins them, in the order the data flows; each method makes one
 * stretch of the way. Sources start last, so that nothing comes in before it can be judged.
 */
final class Assembly {
  private static final Logger log = LoggerFactory.getLogger(Assembly.class);
  private static final int MOST_SHAPES = 10_000;

  /** Readings that are looked at again after a start, for the latest values of the devices. */
  private static final long LATEST = 100_000;

  private static final Duration DEVICES_EVERY = Duration.ofMillis(50);
  private static final long START_SECONDS = 30;
  private static final long TIMERS_EVERY_MS = 1_000;
  private static final long ANCHOR_EVERY_MS = 600_000;
  private static final long FORGET_EVERY_MS = 3_600_000;

  private final GatewayConfig config;
  private final Path data;
  private final Clock clock;
  private final StopStack stack;
  private final long begun = System.nanoTime();
  private final List<Component> components = new CopyOnWriteArrayList<>();
  private final DiskReserve reserve;

  final Ingest ingest;
  final Alerting alerting;
  final AlertLog alerts;
  final IncidentTotals incidents;
  final DeviceCommands commands;
  final MqttEndpointSource endpoint;
  final HttpFront http;
  private final FollowerRunner<?> incidentRunner;
  private volatile @Nullable BrokerSource broker;

  /** The three journals, and how readings look in theirs. */
  private record Kept(
      FileJournal readings, FileJournal alerts, Quarantine quarantine, ReadingCodec codec) {}

  /** Where things stand, and which device is where and how. */
  private record Area(Site site, DeviceRegistry devices, FollowerRunner<?> runner) {}

  /** The desk with what it needs, and the follower that brings it alerts. */
  private record Desk(
      Database database,
      Policy policy,
      Roster people,
      Mediation mediation,
      Places places,
      IncidentTotals totals,
      IncidentDesk desk,
      FollowerRunner<?> runner) {}

  /** What is to be told to people, and who tells it. */
  private record Notices(Outbox outbox, Notifier notifier) {}

  Assembly(GatewayConfig config, Clock clock, StopStack stack) throws IOException {
    this.config = config;
    this.data = config.data();
    this.clock = clock;
    this.stack = stack;
    this.reserve = new DiskReserve(data, config.stores().reserve());
    Files.createDirectories(data);
    Vertx vertx = Vertx.vertx();
    stack.started("vertx", () -> await("vertx", vertx.close()));
    part(new EventLoops(vertx).start());
    CompletableFuture<Database> opening = openDatabase();
    AuditJournal audit = part(AuditJournal.open(data, clock::millis));
    HttpParts.Keys keys = keys(audit);

    Shapes shapes = new Shapes(MOST_SHAPES);
    Kept kept = journals(shapes);
    Area area = area(kept);
    alerts = part(new AlertLog(kept.alerts(), area.site(), config.alerting()));
    alerts.start();
    alerting = alerting(kept, area);
    Desk desk =
        desk(
            kept,
            area,
            await("the database of incidents", Future.fromCompletionStage(opening)),
            vertx);
    incidents = desk.totals();
    incidentRunner = desk.runner();
    Notices notices = notices(desk.database(), audit, vertx);
    Archive archive = archive(kept);
    List<Profile> profiles = profiles(config.sources().profiles());
    Decoders decoders = new Decoders(shapes, profiles, this::askForRebirth);
    ingest = part(new Ingest(decoders, kept.codec(), kept.readings(), kept.quarantine()));
    commands = new DeviceCommands(clock, keys.audit());
    Watchdog watchdog = part(new Watchdog(ingest, alerting, clock::millis));
    LiveStream stream = stream(vertx);
    HttpParts.Records records = records(desk, area, notices);
    http =
        http(
            vertx,
            new HttpParts(
                new HttpParts.Server(
                    Main.VERSION,
                    clock,
                    keys,
                    this::components,
                    List.of(
                        out -> backlog(notices.notifier(), out),
                        out ->
                            out.gauge("hologrid_disk_reserve_bytes", "Put by for a full disk")
                                .sample("hologrid_disk_reserve_bytes", (double) reserve.held()),
                        new SecurityFigures(
                            this::endpoint, keys.audit()::counts, this::certificates))),
                new HttpParts.Area(area.site(), area.devices(), commands),
                new HttpParts.Work(
                    desk.people(),
                    alerts,
                    desk.desk(),
                    new IncidentQueries(desk.database(), desk.places()),
                    new ServiceRequests(desk.database()),
                    desk.totals(),
                    stream),
                new HttpParts.Intake(
                    ingest,
                    kept.quarantine(),
                    archive,
                    figures(area.runner(), archive),
                    config.sources().endpoint().rates()),
                records));
    endpoint = sources(vertx, profiles, gate(vertx, keys, desk.people()), keys);
    stream.onPublish(new Announcer(endpoint));
    begin(records.walks(), vertx);
    watchdog.start();
    archive.start(); // nothing waits for it, so it comes up last
  }

  /** Who may come in, and what was decided about it. */
  private HttpParts.Keys keys(AuditJournal audit) throws IOException {
    Path secrets = data.resolve("secrets");
    DeviceAccounts accounts = part(DeviceAccounts.open(secrets, clock::millis));
    accounts.start();
    return new HttpParts.Keys(
        Credentials.open(secrets), accounts, new ParkedDevices(), audit, openId());
  }

  private @Nullable OpenId openId() throws IOException {
    if (config.openId() == null) {
      return null;
    }
    OpenId made = part(OpenId.of(config.openId(), clock));
    made.start();
    return made;
  }

  private IdentityGate gate(Vertx vertx, HttpParts.Keys keys, Roster people) {
    WorkerExecutor hashing = vertx.createSharedWorkerExecutor("passwords", 1);
    EndpointConfig.Entry entry = config.sources().endpoint().entry();
    return new IdentityGate(
        new IdentityGate.Parts(
            keys.accounts(),
            keys.parked(),
            keys.credentials(),
            new FirstAdmin(people),
            keys.audit(),
            work -> hashing.executeBlocking(Executors.callable(work), false),
            clock::millis),
        entry.devices(),
        entry.insecure());
  }

  /** When the certificates of the listeners that have one end. */
  private Map<String, Instant> certificates() {
    Map<String, Instant> ends = new TreeMap<>();
    Instant web = http.certificateEnds();
    MqttEndpointSource source = endpoint();
    Instant mqtt = source == null ? null : source.certificateEnds();
    if (web != null) {
      ends.put("http", web);
    }
    if (mqtt != null) {
      ends.put("mqtt", mqtt);
    }
    return ends;
  }

  private @Nullable MqttEndpointSource endpoint() {
    return endpoint;
  }

  /** What comes in waits while the disk is full; alerts of what is stored do not. */
  private Kept journals(Shapes shapes) throws IOException {
    Kept kept =
        new Kept(
            part(journal("readings", "journal/readings", true)),
            part(journal("alerts", "journal/alerts", false)),
            part(new Quarantine(journal("quarantine", "quarantine", true))),
            new ReadingCodec(shapes));
    part(reserve.start());
    return kept;
  }

  private FileJournal journal(String name, String folder, boolean yields) throws IOException {
    return FileJournal.open(name, data.resolve(folder), config.journal(), reserve, yields);
  }

  private Area area(Kept kept) {
    Site site = part(new Site(config.site(), data.resolve("site")));
    site.start();
    DeviceRegistry devices = part(new DeviceRegistry(site, config.site(), clock::millis));
    devices.start();
    FollowerRunner<?> runner =
        new FollowerRunner<>(
                kept.readings(), new DeviceFollower(devices), kept.codec()::decode, null)
            .sharing(ReadingCodec.Message.class)
            .gathering(DEVICES_EVERY);
    return new Area(site, devices, part(runner.startAt(kept.readings().end() - LATEST)));
  }

  /** From readings to alerts. */
  private Alerting alerting(Kept kept, Area area) throws IOException {
    Alerting made =
        part(
            new Alerting(
                kept.readings(),
                kept.alerts(),
                area.devices(),
                config.alerting(),
                data.resolve("engine"),
                clock::millis));
    made.start();
    return made;
  }

  /** From alerts to incidents. */
  private Desk desk(Kept kept, Area area, Database database, Vertx vertx) throws IOException {
    Roster people = people(database, area.site(), data.resolve("site").resolve("people.csv"));
    Mediation mediation = mediation(database, data.resolve("site").resolve("mediation.csv"));
    Places places = new SitePlaces(area.site());
    IncidentTotals totals = new IncidentTotals().load(database);
    Policy policy =
        new Policy(Catalog.read(config.desk().catalog(), config.desk().holidays()), people)
            .with(mediation);
    database.counting(policy.catalog().calendar().zone());
    IncidentDesk desk =
        part(
            new IncidentDesk(database, policy, places, clock, config.desk().channels().interest()));
    desk.listen(totals);
    desk.onFull(reserve::release);
    every(vertx, TIMERS_EVERY_MS, desk::tick);
    IncidentFollower follower = new IncidentFollower(desk);
    FollowerRunner<?> runner =
        new FollowerRunner<>(
            kept.alerts(),
            follower,
            (offset, record) -> AlertJson.read(offset, record).event(),
            null);
    return new Desk(
        database,
        policy,
        people,
        mediation,
        places,
        totals,
        desk,
        part(runner.startAt(follower.nextOffset())));
  }

  /** From incidents to people, and to the anchors of both audits. */
  private Notices notices(Database database, AuditJournal audit, Vertx vertx) {
    NotifyConfig notify = config.desk().channels();
    Outbox outbox = new Outbox(database);
    Notifier notifier =
        part(
            new Notifier(
                vertx, outbox, Channels.of(vertx, notify, clock), clock, notify.attempts()));
    every(vertx, TIMERS_EVERY_MS, notifier::tick);
    every(
        vertx,
        FORGET_EVERY_MS,
        () ->
            vertx.executeBlocking(
                () -> outbox.forget(clock.instant().minus(notify.keep())), false));
    AuditAnchors anchors =
        part(
            new AuditAnchors(
                database,
                List.of(audit::anchor),
                config.desk().anchors(),
                clock,
                notify.interest()));
    anchors.start();
    every(
        vertx,
        ANCHOR_EVERY_MS,
        () -> vertx.executeBlocking(Executors.callable(anchors::note), false));
    return new Notices(outbox, notifier);
  }

  private void every(Vertx vertx, long ms, Runnable action) {
    long timer = vertx.setPeriodic(ms, due -> action.run());
    stack.started("timer", () -> vertx.cancelTimer(timer));
  }

  /** It is slow to open, and nothing needs it before the first alert is read. */
  private CompletableFuture<Database> openDatabase() {
    GatewayConfig.Stores stores = config.stores();
    String url =
        stores.incidents().isEmpty()
            ? "jdbc:sqlite:" + data.resolve("incidents.db")
            : stores.incidents();
    CompletableFuture<Database> opening =
        CompletableFuture.supplyAsync(
            () -> Database.open(url, stores.user(), stores.password().reveal()));
    stack.started(
        "database", () -> opening.thenAccept(Database::close).exceptionally(e -> null).join());
    return opening;
  }

  private HttpParts.Records records(Desk desk, Area area, Notices notices) {
    return new HttpParts.Records(
        new KpiQueries(desk.database(), desk.policy().catalog().calendar().zone()),
        notices.outbox(),
        desk.people(),
        desk.mediation(),
        walks(desk, area.site()),
        new OfficerKpis(desk.database(), desk.policy().catalog().calendar().zone()),
        new Attachments(data.resolve("attachments"), desk.database()),
        new Backtests(data, area.devices()::rulesDevices),
        new DutyWatch(
            desk.people(),
            config.desk().channels().interest(),
            desk.policy().catalog().calendar()));
  }

  /** Patrols: planned, due, walked. */
  private HttpParts.Walks walks(Desk desk, Site site) {
    Catalog catalog = desk.policy().catalog();
    Borders borders = (place, lon, lat) -> site.places().metresOutside(place, lon, lat);
    Rounds rounds =
        part(
            new Rounds(
                desk.database(),
                desk.places(),
                desk.people(),
                new Rounds.Rules(catalog.calendar(), catalog.remindAt(), borders),
                config.desk().channels().interest()));
    Patrols patrols = new Patrols(desk.database(), desk.places(), borders, rounds);
    return new HttpParts.Walks(
        patrols, rounds, new PatrolKpis(desk.database(), catalog.calendar().zone()));
  }

  /** Reads the site's patrols, then looks each second at what is due. */
  private void begin(HttpParts.Walks walks, Vertx vertx) throws IOException {
    Path file = data.resolve("site").resolve("patrols.csv");
    if (Files.exists(file)) {
      PatrolFile.take(Files.readString(file), walks.patrols(), walks.rounds(), clock.instant());
    }
    every(
        vertx,
        TIMERS_EVERY_MS,
        () -> vertx.executeBlocking(() -> walks.rounds().tick(clock.instant()), false));
  }

  private static Mediation mediation(Database database, Path file) throws IOException {
    Mediation mediation = new Mediation(database).load();
    if (Files.exists(file)) {
      mediation.importCsv(Files.readString(file));
    }
    return mediation;
  }

  private static Roster people(Database database, Site site, Path file) throws IOException {
    Roster roster =
        new Roster(database, (place, lon, lat) -> site.places().metresOutside(place, lon, lat))
            .load();
    if (Files.exists(file)) {
      roster.importCsv(Files.readString(file));
    }
    return roster;
  }

  private Archive archive(Kept kept) {
    return part(
        new Archive(
                kept.readings(),
                config.stores().archive(),
                data.resolve("archive"),
                data.resolve("checkpoints"))
            .yielding(reserve::released));
  }

  private LiveStream stream(Vertx vertx) {
    LiveStream made =
        part(new LiveStream(vertx, StreamLimits.standard(), Main.VERSION, clock.millis()));
    made.start();
    return made;
  }

  private Figures figures(FollowerRunner<?> deviceRunner, Archive archive) {
    return new Figures(
        ingest.books(),
        () ->
            List.of(
                lag("devices", deviceRunner.lag(), deviceRunner.lagSeconds()),
                lag("alerting", alerting.lag(), alerting.lagSeconds()),
                lag("incidents", incidentRunner.lag(), incidentRunner.lagSeconds()),
                lag("archive", archive.lag(), archive.lagSeconds())),
        () ->
            Map.of(
                "0.5", alerting.latency().percentile(50) / 1e3,
                "0.99", alerting.latency().percentile(99) / 1e3));
  }

  private static void backlog(Notifier notifier, MetricText out) {
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

  private static Figures.Lag lag(String follower, long records, double seconds) {
    return new Figures.Lag(follower, records, seconds);
  }

  private HttpFront http(Vertx vertx, HttpParts parts) {
    HttpFront made = part(new HttpFront(vertx, config.http(), parts));
    await("the HTTP server on port " + config.http().port(), made.start());
    return made;
  }

  private MqttEndpointSource sources(
      Vertx vertx, List<Profile> profiles, IdentityGate gate, HttpParts.Keys keys) {
    GatewayConfig.Sources sources = config.sources();
    MqttEndpointSource made =
        part(
            new MqttEndpointSource(
                vertx,
                sources.endpoint(),
                gate,
                new Following(),
                new CommandAnswers(ingest, commands),
                clock,
                keys.audit()));
    await("the MQTT endpoint on port " + sources.endpoint().listen().port(), made.start());
    if (sources.broker() != null) {
      BrokerConfig all = sources.broker().reading(Decoders.filters(profiles));
      BrokerSource subscribed = part(new BrokerSource(all, ingest, clock));
      broker = subscribed;
      start(subscribed);
    }
    if (sources.panels() != null) {
      FirePanelSource panels =
          part(new FirePanelSource(sources.panels(), ingest.panels(clock.millis()), clock));
      start(panels);
      commands.add(new PanelCommandLine(panels));
    }
    commands.add(new MqttCommands(made));
    return made;
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

  /** Whether the followers that make alerts and incidents have taken all there is. */
  boolean settled() {
    return ingest.books().page().inFlight() == 0
        && alerting.lag() == 0
        && alerts.lag() == 0
        && incidentRunner.lag() == 0;
  }

  private <C extends Component> C part(C component) {
    components.add(component);
    log.debug("{} after {} ms", component.name(), (System.nanoTime() - begun) / 1_000_000);
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
      String wayOut = cause instanceof BindException ? "; set another port or stop who has it" : "";
      throw new StartFailed(what + " could not start: " + cause.getMessage() + wayOut, cause);
    } catch (TimeoutException e) {
      throw new StartFailed(what + " did not start within " + START_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailed(what + " was interrupted while starting", e);
    }
  }
}
