package dev.hologrid.gateway.http;

import dev.hologrid.gateway.alerting.AlertLog;
import dev.hologrid.gateway.alerting.AlertingConfig;
import dev.hologrid.gateway.attachment.Attachments;
import dev.hologrid.gateway.audit.SecurityAudit;
import dev.hologrid.gateway.backtest.Backtests;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.decode.Decoders;
import dev.hologrid.gateway.identity.Credentials;
import dev.hologrid.gateway.identity.DeviceAccounts;
import dev.hologrid.gateway.identity.ParkedDevices;
import dev.hologrid.gateway.incident.Catalog;
import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.DutyWatch;
import dev.hologrid.gateway.incident.IncidentDesk;
import dev.hologrid.gateway.incident.IncidentQueries;
import dev.hologrid.gateway.incident.IncidentTotals;
import dev.hologrid.gateway.incident.Mediation;
import dev.hologrid.gateway.incident.Outbox;
import dev.hologrid.gateway.incident.Outlet;
import dev.hologrid.gateway.incident.Places;
import dev.hologrid.gateway.incident.Policy;
import dev.hologrid.gateway.incident.Roster;
import dev.hologrid.gateway.incident.ServiceRequests;
import dev.hologrid.gateway.incident.Subscribers;
import dev.hologrid.gateway.incident.kpi.KpiQueries;
import dev.hologrid.gateway.ingest.Ingest;
import dev.hologrid.gateway.ingest.Quarantine;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.JournalConfig;
import dev.hologrid.gateway.patrol.OfficerKpis;
import dev.hologrid.gateway.patrol.PatrolKpis;
import dev.hologrid.gateway.patrol.Patrols;
import dev.hologrid.gateway.patrol.Rounds;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.Site;
import dev.hologrid.gateway.site.SiteConfig;
import dev.hologrid.gateway.stream.LiveStream;
import dev.hologrid.gateway.stream.StreamLimits;
import dev.hologrid.rules.Shapes;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A front with real parts behind it, on a free port, for two small towns. */
final class Front implements AutoCloseable {
  /** A channel that nobody sends from, so that its notices wait. */
  private static final Outlet PROBE =
      (after, entry) -> entry.event().name().equals("opened") ? List.of("probe") : List.of();

  final Vertx vertx = Vertx.vertx();
  final LiveStream stream;
  final HttpFront http;
  final IncidentDesk desk;
  final Rounds rounds;
  final DeviceAccounts accounts;
  final HttpClient client = HttpClient.newHttpClient();
  private final Database database;
  private final List<Component> components;

  /** Makes the database of a front. */
  @FunctionalInterface
  interface Databases {
    Database in(Path folder) throws IOException;
  }

  /** The embedded default; {@link PostgresFront} replaces it while a class runs. */
  static final Databases SQLITE =
      folder -> Database.open("jdbc:sqlite:" + folder.resolve("incidents.db"), "", "");

  static Databases databases = SQLITE;

  Front(Path folder, HttpConfig.Mode mode, StreamLimits limits) throws IOException {
    Clock clock = Clock.systemUTC();
    Site site = new Site(SiteConfig.defaults().from(files(folder)), folder.resolve("site"));
    site.start();
    DeviceRegistry devices = new DeviceRegistry(site, SiteConfig.defaults(), clock::millis);
    devices.start();
    JournalConfig journals = JournalConfig.defaults();
    FileJournal readings = FileJournal.open("readings", folder.resolve("readings"), journals);
    FileJournal alertJournal = FileJournal.open("alerts", folder.resolve("alerts"), journals);
    Quarantine quarantine =
        new Quarantine(FileJournal.open("quarantine", folder.resolve("quarantine"), journals));
    Shapes shapes = new Shapes(100);
    Ingest ingest =
        new Ingest(new Decoders(shapes), new ReadingCodec(shapes), readings, quarantine);
    AlertLog alerts = new AlertLog(alertJournal, site, AlertingConfig.defaults());
    alerts.start();
    database = databases.in(folder);
    Roster roster = new Roster(database).load();
    roster.importCsv(Files.readString(folder.resolve("files/people.csv")));
    Places places = code -> site.places().pathCodes(code);
    Mediation mediation = new Mediation(database).load();
    IncidentTotals totals = new IncidentTotals().load(database);
    desk =
        new IncidentDesk(
            database, new Policy(Catalog.standard(), roster).with(mediation), places, clock, PROBE);
    desk.listen(totals);
    stream = new LiveStream(vertx, limits, "test", clock.millis());
    stream.start();
    components = List.of(stream, desk, alerts, alertJournal, quarantine, readings, devices);
    accounts = DeviceAccounts.open(folder.resolve("secrets"), clock::millis);
    HttpParts.Keys keys =
        new HttpParts.Keys(
            Credentials.open(folder.resolve("secrets")),
            accounts,
            new ParkedDevices(),
            SecurityAudit.NONE,
            null);
    HttpParts parts =
        new HttpParts(
            new HttpParts.Server("test", clock, keys, () -> components, List.of()),
            new HttpParts.Area(
                site,
                devices,
                new dev.hologrid.gateway.control.DeviceCommands(
                    clock, dev.hologrid.gateway.audit.SecurityAudit.NONE)),
            new HttpParts.Work(
                roster,
                alerts,
                desk,
                new IncidentQueries(database, places),
                new ServiceRequests(database),
                totals,
                stream),
            new HttpParts.Intake(
                ingest,
                quarantine,
                query -> List.of(),
                new Figures(ingest.books(), List::of, Map::of),
                dev.hologrid.gateway.source.endpoint.EndpointConfig.defaults().rates()),
            new HttpParts.Records(
                new KpiQueries(database, ZoneId.of("Asia/Shanghai")),
                new Outbox(database),
                roster,
                mediation,
                walks(database, places, site, roster),
                new OfficerKpis(database, ZoneId.of("Asia/Shanghai")),
                new Attachments(folder.resolve("attachments"), database),
                new Backtests(folder, devices::rulesDevices),
                new DutyWatch(roster, Subscribers.NONE, Catalog.standard().calendar())));
    rounds = parts.records().walks().rounds();
    http = new HttpFront(vertx, config(mode), parts);
    Wait.on(http.start());
  }

  private static HttpParts.Walks walks(Database database, Places places, Site site, Roster roster) {
    Catalog catalog = Catalog.standard();
    Rounds rounds =
        new Rounds(
            database,
            places,
            roster,
            new Rounds.Rules(catalog.calendar(), catalog.remindAt(), site.places()::metresOutside),
            event -> List.of("probe"));
    return new HttpParts.Walks(
        new Patrols(database, places, site.places()::metresOutside, rounds),
        rounds,
        new PatrolKpis(database, catalog.calendar().zone()));
  }

  private static HttpConfig config(HttpConfig.Mode mode) {
    return new HttpConfig(
        "127.0.0.1",
        0,
        mode,
        Duration.ofSeconds(60),
        Duration.ofSeconds(1),
        1 << 20,
        1000,
        Duration.ofHours(1),
        null);
  }

  private static Path files(Path folder) throws IOException {
    Path files = Files.createDirectories(folder.resolve("files"));
    Files.writeString(
        files.resolve("places.csv"),
        """
        code,name,name_en,level,parent,lon,lat,floors
        440605,南海区,Nanhai,district,,113.14,23.03,
        440605011,桂城街道,Guicheng,town,440605,113.15,23.04,
        440605121,九江镇,Jiujiang,town,440605,113.0,22.8,
        b1,一号楼,One,building,440605011,113.16,23.05,2
        b2,二号楼,Two,building,440605121,113.0,22.8,3
        """);
    Files.writeString(
        files.resolve("devices.csv"),
        """
        id,kind,place,lon,lat,labels
        sm-1,smoke,b1,113.16,23.05,
        sm-2,smoke,b2,113.0,22.8,
        """);
    Files.writeString(
        files.resolve("places.geojson"),
        """
        {"type": "FeatureCollection", "features": [
          {"type": "Feature", "properties": {"code": "440605011"}, "geometry": {"type": "Polygon", "coordinates":
            [[[113.14, 23.03], [113.16, 23.03], [113.16, 23.05], [113.14, 23.05], [113.14, 23.03]]]}},
          {"type": "Feature", "properties": {"code": "440605121"}, "geometry": {"type": "Polygon", "coordinates":
            [[[112.99, 22.79], [113.01, 22.79], [113.01, 22.81], [112.99, 22.81], [112.99, 22.79]]]}}]}
        """);
    StringBuilder people = new StringBuilder("id,name,roles,scope,phone\n");
    for (String role :
        List.of("resident", "officer", "handler", "dispatcher", "supervisor", "admin")) {
      people.append(role).append("-in,甲,").append(role).append(",440605011,1\n");
      people.append(role).append("-out,乙,").append(role).append(",440605121,1\n");
    }
    people.append("chief,主任,dispatcher,440605,\n");
    Files.writeString(files.resolve("people.csv"), people);
    return files;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), http.port());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + http.port() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        request(path)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("X-HoloGrid", "1");
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  @Override
  public void close() throws Exception {
    http.close();
    for (Component each : components) {
      each.close();
    }
    database.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
