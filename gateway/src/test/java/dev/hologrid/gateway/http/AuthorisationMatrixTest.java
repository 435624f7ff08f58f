package dev.hologrid.gateway.http;

import static dev.hologrid.gateway.incident.Role.ADMIN;
import static dev.hologrid.gateway.incident.Role.DISPATCHER;
import static dev.hologrid.gateway.incident.Role.HANDLER;
import static dev.hologrid.gateway.incident.Role.OFFICER;
import static dev.hologrid.gateway.incident.Role.RESIDENT;
import static dev.hologrid.gateway.incident.Role.SUPERVISOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.identity.Credentials;
import dev.hologrid.gateway.incident.Role;
import dev.hologrid.gateway.stream.StreamLimits;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of openapi.yaml, every role, inside and outside of the scope. A new operation
 * without a line here fails: somebody has to say who may see what of it.
 */
class AuthorisationMatrixTest {
  private static final Set<Role> STAFF =
      EnumSet.of(OFFICER, HANDLER, DISPATCHER, SUPERVISOR, ADMIN);
  private static final byte[] PHOTO = {
    (byte) 0xff, (byte) 0xd8, (byte) 0xff, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
  };

  @TempDir static Path folder;
  private static Front front;
  private static final Map<String, String> TOKENS = new HashMap<>();
  private static final Map<String, Line> TABLE = new LinkedHashMap<>();
  private static String incident;
  private static String other;

  /** What an answer shows of the scope. */
  private enum Kind {
    /** The same for all: no place is in it. */
    SAME,
    /** A thing inside: from outside it is 403 or 404. */
    THING,
    /** A list: what is inside is not in it from outside. */
    LIST,
    /** Asked about a place inside by name: from outside 403. */
    PLACE,
    /** Looked at by itself below. */
    STREAM
  }

  /**
   * One line of the matrix.
   *
   * @param sees which of the roles that may use the operation see the thing from inside
   * @param mark what a list shows of it
   */
  private record Line(Kind kind, String path, byte[] body, Set<Role> sees, String mark) {}

  @BeforeAll
  static void start() throws Exception {
    Credentials credentials = Credentials.open(folder.resolve("secrets"));
    for (Role role : Role.values()) {
      for (String side : new String[] {"-in", "-out"}) {
        TOKENS.put(role.word() + side, credentials.makeToken(role.word() + side));
      }
    }
    front = new Front(folder, HttpConfig.Mode.PASSWORD, StreamLimits.standard());
    String hash = made("dispatcher-in", "/api/v1/attachments", PHOTO).path("hash").asText();
    incident =
        made(
                "dispatcher-in",
                "/api/v1/incidents",
                text(
                    "{\"category\":\"FIRE_SMOKE\",\"place\":\"b1\",\"title\":\"t\",\"photos\":[\""
                        + hash
                        + "\"]}"))
            .path("id")
            .asText();
    other =
        made(
                "dispatcher-out",
                "/api/v1/incidents",
                text("{\"category\":\"FIRE_SMOKE\",\"place\":\"b2\",\"title\":\"t\"}"))
            .path("id")
            .asText();
    String plan =
        made(
                "dispatcher-in",
                "/api/v1/patrol-plans",
                text("{\"name\":\"plan-in\",\"grid\":\"440605011\"}"))
            .path("id")
            .asText();
    String schedule =
        made("dispatcher-in", "/api/v1/patrol-schedules", text(schedule(plan))).path("id").asText();
    front.rounds.tick(java.time.Instant.now());
    rounds(plan, schedule);
    String patrol = made("officer-in", "/api/v1/patrols", text("{}")).path("id").asText();
    assertThat(
            send(
                    "supervisor-in",
                    "PUT",
                    "/api/v1/mediation/med-in",
                    text("{\"name\":\"m\",\"kinds\":[\"*\"],\"place\":\"440605011\"}"))
                .statusCode())
        .isEqualTo(200);
    people();
    work(plan, patrol, hash);
    rest();
  }

  @AfterAll
  static void stop() throws Exception {
    front.close();
  }

  private static void people() {
    same("getSession", "/api/v1/session");
    same("makeToken", "/api/v1/tokens");
    list("listPeople", "/api/v1/people", "officer-in");
    // One's own, or for an admin that of anybody in the area; here it is too short for everybody.
    line(
        "setPassword",
        Kind.THING,
        "/api/v1/people/handler-in/password",
        "{\"password\":\"x\"}",
        EnumSet.of(HANDLER, ADMIN));
    line(
        "setAccess",
        Kind.THING,
        "/api/v1/people/handler-in/access",
        "{\"allowed\":true}",
        EnumSet.of(ADMIN));
    thing("getDuty", "/api/v1/people/handler-in/duty", "");
    thing("setDuty", "/api/v1/people/handler-in/duty", "{\"available\":true}");
    list("listMediation", "/api/v1/mediation", "med-in");
    line(
        "setMediation",
        Kind.THING,
        "/api/v1/mediation/med-in",
        "{\"name\":\"m\",\"kinds\":[\"*\"],\"place\":\"440605011\"}",
        STAFF);
    thing("removeMediation", "/api/v1/mediation/none-of-this-name", "");
  }

  private static void work(String plan, String patrol, String hash) {
    list("listAlerts", "/api/v1/alerts", "sm-1");
    thing("getAlert", "/api/v1/alerts/none/sm-1/7", "");
    thing("explainAlert", "/api/v1/alerts/none/sm-1/7/explanation", "");
    line("getHygiene", Kind.PLACE, "/api/v1/hygiene?place=440605011", "", STAFF);
    line("exportHygiene", Kind.PLACE, "/api/v1/hygiene.csv?place=440605011", "", STAFF);
    // No rules run on this front: a silence inside is refused for that, one outside for its place.
    same("listRules", "/api/v1/rules");
    // Nothing is recorded here; that one is told of one's own area only is shown in BacktestTest.
    line("backtestRules", Kind.SAME, "/api/v1/rules/backtest", "{\"rules\":\"groups: []\"}", STAFF);
    same("listSilences", "/api/v1/silences");
    line(
        "addSilence",
        Kind.PLACE,
        "/api/v1/silences",
        "{\"comment\":\"works\",\"place\":\"b1\",\"until\":\"2099-01-01T00:00:00Z\"}",
        STAFF);
    thing("removeSilence", "/api/v1/silences/none", "");
    list("listIncidents", "/api/v1/incidents", incident);
    line(
        "reportIncident",
        Kind.PLACE,
        "/api/v1/incidents",
        "{\"category\":\"SAFETY_HAZARD\",\"place\":\"b1\",\"title\":\"t\",\"origin\":\"PATROL\"}",
        EnumSet.of(OFFICER, DISPATCHER, ADMIN));
    list("exportIncidents", "/api/v1/incidents.csv", ",b1,");
    line(
        "commandIncidents",
        Kind.LIST,
        "/api/v1/incidents/commands",
        "{\"ids\":[\"" + incident + "\"],\"command\":\"comment\",\"note\":\"n\"}",
        STAFF,
        "\"done\":[\"" + incident);
    thing("getIncident", "/api/v1/incidents/" + incident, "");
    thing(
        "commandIncident",
        "/api/v1/incidents/" + incident + "/commands",
        "{\"command\":\"comment\",\"note\":\"n\"}");
    thing("getAttachment", "/api/v1/attachments/" + hash, "");
    TABLE.put(
        "keepAttachment",
        new Line(Kind.SAME, "/api/v1/attachments", PHOTO, EnumSet.allOf(Role.class), ""));
    list("listPatrolPlans", "/api/v1/patrol-plans", "plan-in");
    line(
        "makePatrolPlan",
        Kind.PLACE,
        "/api/v1/patrol-plans",
        "{\"name\":\"plan-in\",\"grid\":\"440605011\"}",
        STAFF);
    thing(
        "setPatrolPlan",
        "/api/v1/patrol-plans/" + plan,
        "{\"name\":\"plan-in\",\"grid\":\"440605011\"}");
    list("listPatrols", "/api/v1/patrols", "officer-in");
    line("beginPatrol", Kind.PLACE, "/api/v1/patrols", "{\"plan\":\"" + plan + "\"}", STAFF);
    thing("getPatrol", "/api/v1/patrols/" + patrol, "");
    thing(
        "checkIn",
        "/api/v1/patrols/" + patrol + "/check-ins",
        "{\"lon\":113.15,\"lat\":23.04,\"accuracyM\":5}");
    thing("endPatrol", "/api/v1/patrols/" + patrol + "/end", "");
    line("getKpis", Kind.PLACE, "/api/v1/kpis?place=440605011", "", STAFF);
    line("exportKpis", Kind.PLACE, "/api/v1/kpis.csv?place=440605011", "", STAFF);
    line("getOfficerKpis", Kind.PLACE, "/api/v1/kpis/officers?place=440605011", "", STAFF);
    line("exportOfficerKpis", Kind.PLACE, "/api/v1/kpis/officers.csv?place=440605011", "", STAFF);
    same("getKpiDefinitions", "/api/v1/kpis/definitions");
    list("listNotifications", "/api/v1/notifications?state=waiting", incident);
    thing("retryNotification", "/api/v1/notifications/1/retry", "");
  }

  /** All day long, every day: there is a round at any time. */
  private static String schedule(String plan) {
    return "{\"plan\":\""
        + plan
        + "\",\"recurrence\":{\"kind\":\"every\"},\"from\":\"00:00\",\"to\":\"00:00\"}";
  }

  private static void rounds(String plan, String schedule) {
    list("listPatrolSchedules", "/api/v1/patrol-schedules", schedule);
    line("makePatrolSchedule", Kind.PLACE, "/api/v1/patrol-schedules", schedule(plan), STAFF);
    thing("setPatrolSchedule", "/api/v1/patrol-schedules/" + schedule, schedule(plan));
    list("listPatrolRounds", "/api/v1/patrol-rounds", schedule + "-");
    String round =
        front
            .rounds
            .list(
                new dev.hologrid.gateway.patrol.Rounds.Filter(null, null, null, null, null, null),
                1)
            .getFirst()
            .id();
    thing("getPatrolRound", "/api/v1/patrol-rounds/" + round, "");
    thing(
        "commandPatrolRound",
        "/api/v1/patrol-rounds/" + round + "/commands",
        "{\"command\":\"assign\",\"officer\":\"officer-in\"}");
    line("getPatrolKpis", Kind.PLACE, "/api/v1/kpis/patrols?place=440605011", "", STAFF);
    line("exportPatrolKpis", Kind.PLACE, "/api/v1/kpis/patrols.csv?place=440605011", "", STAFF);
  }

  private static void rest() {
    list("listDevices", "/api/v1/devices", "sm-1");
    thing("getDevice", "/api/v1/devices/sm-1", "");
    // No device is there to take it, which only those hear who may give it.
    thing("giveDeviceCommand", "/api/v1/devices/sm-1/commands", "{\"command\":\"mute\"}");
    thing("listDeviceCommands", "/api/v1/devices/sm-1/commands", "");
    thing("getDeviceCommand", "/api/v1/devices/sm-1/commands/none", "");
    // An admin's key to a device; the admin of another area does not get it.
    thing("makeDeviceToken", "/api/v1/devices/sm-1/token", "");
    // Credentials of devices: of one's own area one by one, of all only for the whole site's admin.
    thing("registerDevice", "/api/v1/devices", "{\"id\":\"sm-1\"}");
    thing("getDeviceCredentials", "/api/v1/devices/sm-1/credentials", "");
    thing("renewDeviceCredentials", "/api/v1/devices/sm-1/credentials", "");
    thing("revokeDeviceCredentials", "/api/v1/devices/sm-1/credentials", "");
    same("approveParkedDevice", "/api/v1/parked-devices/none");
    same("listDeviceCredentials", "/api/v1/device-credentials");
    same("exportDeviceCredentials", "/api/v1/device-credentials.csv");
    same("importDeviceCredentials", "/api/v1/device-credentials.csv");
    same("listParkedDevices", "/api/v1/parked-devices");
    line("postTelemetry", Kind.SAME, "/api/v1/telemetry", "[]", STAFF);
    list("listGrids", "/api/v1/grids", "\"b1\"");
    list("getGridShapes", "/api/v1/grids/geojson?level=building", "\"b1\"");
    thing("getGrid", "/api/v1/grids/b1", "");
    thing("getReadings", "/api/v1/readings?device=sm-1&metric=obscuration", "");
    // Messages that nobody could read stand nowhere.
    same("listQuarantine", "/api/v1/quarantine");
    same("getSummary", "/api/v1/summary");
    line("streamEvents", Kind.STREAM, "/api/v1/stream?events=incident", "", STAFF);
    line("openSocket", Kind.STREAM, "/api/v1/stream/socket?events=incident", "", STAFF);
  }

  private static void same(String operation, String path) {
    line(operation, Kind.SAME, path, "", EnumSet.allOf(Role.class));
  }

  private static void thing(String operation, String path, String body) {
    line(operation, Kind.THING, path, body, STAFF);
  }

  private static void list(String operation, String path, String mark) {
    line(operation, Kind.LIST, path, "", STAFF, mark);
  }

  private static void line(String operation, Kind kind, String path, String body, Set<Role> sees) {
    line(operation, kind, path, body, sees, "");
  }

  private static void line(
      String operation, Kind kind, String path, String body, Set<Role> sees, String mark) {
    TABLE.put(operation, new Line(kind, path, text(body), sees, mark));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> send(String who, String method, String path, byte[] body)
      throws Exception {
    return front.send(
        front
            .request(path)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .headers("Content-Type", "application/json", "X-HoloGrid", "1")
            .header("Authorization", "Bearer " + TOKENS.get(who)));
  }

  private static JsonNode made(String who, String path, byte[] body) throws Exception {
    HttpResponse<String> response = send(who, "POST", path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return Json.MAPPER.readTree(response.body());
  }

  @Test
  void every_operation_has_a_line() {
    Set<String> closed = new java.util.TreeSet<>();
    Contract.load()
        .operations()
        .values()
        .forEach(
            each -> {
              if (!each.open()) {
                closed.add(each.id());
              }
            });
    assertThat(TABLE.keySet()).containsExactlyInAnyOrderElementsOf(closed);
  }

  @Test
  void every_role_from_outside_and_then_from_inside() throws Exception {
    for (Operation each : Contract.load().operations().values()) {
      Line line = TABLE.get(each.id());
      if (line == null || line.kind() == Kind.STREAM) {
        continue;
      }
      for (Role role : Role.values()) {
        outside(each, line, role);
      }
      for (Role role : Role.values()) {
        inside(each, line, role);
      }
    }
  }

  private static boolean may(Operation operation, Role role) {
    return operation.roles().isEmpty() || operation.roles().contains(role);
  }

  private static void outside(Operation operation, Line line, Role role) throws Exception {
    HttpResponse<String> response =
        send(role.word() + "-out", operation.method(), line.path(), line.body());
    String what = operation.id() + " by " + role + " from outside: " + response.body();
    if (!may(operation, role)) {
      assertThat(response.statusCode()).as(what).isEqualTo(403);
      return;
    }
    switch (line.kind()) {
      case SAME -> assertThat(response.statusCode()).as(what).isNotIn(401, 500);
      case THING -> assertThat(response.statusCode()).as(what).isIn(403, 404);
      case PLACE -> {
        // A resident may report from anywhere; nobody else reaches over the border.
        boolean reports = operation.id().equals("reportIncident") && role == RESIDENT;
        assertThat(response.statusCode()).as(what).isEqualTo(reports ? 201 : 403);
      }
      case LIST, STREAM -> {
        assertThat(response.statusCode()).as(what).isEqualTo(200);
        assertThat(response.body()).as(what).doesNotContain(line.mark());
      }
    }
  }

  private static void inside(Operation operation, Line line, Role role) throws Exception {
    HttpResponse<String> response =
        send(role.word() + "-in", operation.method(), line.path(), line.body());
    String what = operation.id() + " by " + role + " from inside: " + response.body();
    if (!may(operation, role)) {
      assertThat(response.statusCode()).as(what).isEqualTo(403);
      return;
    }
    assertThat(response.statusCode()).as(what).isNotIn(401, 500);
    boolean nothingThere =
        Set.of(
                "getAlert",
                "getDeviceCommand",
                "explainAlert",
                "addSilence", // no rules run in this front
                "removeSilence",
                "retryNotification",
                "removeMediation")
            .contains(operation.id());
    if (line.sees().contains(role) && !nothingThere && line.kind() != Kind.SAME) {
      assertThat(response.statusCode()).as(what).isNotIn(403, 404);
    }
    if (line.kind() == Kind.LIST && line.sees().contains(role) && !line.mark().equals("sm-1")) {
      assertThat(response.body()).as(what).contains(line.mark());
    }
    if (line.kind() == Kind.THING && !line.sees().contains(role)) {
      assertThat(response.statusCode()).as(what).isIn(403, 404);
    }
  }

  @Test
  void a_stream_shows_ones_own_area_only() throws Exception {
    Map<String, BlockingQueue<String>> viewers = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      for (String side : new String[] {"-in", "-out"}) {
        String who = role.word() + side;
        if (may(Contract.load().operations().get("streamEvents"), role)) {
          viewers.put(who + " sse", events(who));
          viewers.put(who + " socket", socket(who));
        } else {
          assertThat(send(who, "GET", "/api/v1/stream", new byte[0]).statusCode()).isEqualTo(403);
          assertThat(send(who, "GET", "/api/v1/stream/socket", new byte[0]).statusCode())
              .isEqualTo(403);
        }
      }
    }
    // One order for all: who is shown the third without the first was never shown it.
    comment("dispatcher-in", incident);
    comment("dispatcher-out", other);
    comment("dispatcher-in", incident);
    for (Map.Entry<String, BlockingQueue<String>> each : viewers.entrySet()) {
      boolean in = each.getKey().contains("-in ");
      String own = in ? incident : other;
      for (int i = 0; i < (in ? 2 : 1); i++) {
        String frame = each.getValue().poll(20, TimeUnit.SECONDS);
        assertThat(frame).as(each.getKey()).isNotNull().contains(own);
        assertThat(frame).as(each.getKey()).doesNotContain(in ? other : incident);
      }
    }
  }

  private static void comment(String who, String id) throws Exception {
    assertThat(
            send(
                    who,
                    "POST",
                    "/api/v1/incidents/" + id + "/commands",
                    text("{\"command\":\"comment\",\"note\":\"n\"}"))
                .statusCode())
        .isEqualTo(200);
  }

  private static BlockingQueue<String> events(String who) throws Exception {
    HttpResponse<InputStream> response =
        front.client.send(
            front
                .request("/api/v1/stream?events=incident")
                .header("Authorization", "Bearer " + TOKENS.get(who))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    while (!lines.readLine().equals("event: hello")) {
      // the stream has not begun
    }
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                lines
                    .lines()
                    .filter(line -> line.startsWith("data: ") && line.contains("\"number\""))
                    .forEach(frames::add);
              } catch (UncheckedIOException e) {
                // the server stopped at the end of the tests
              }
            });
    return frames;
  }

  private static BlockingQueue<String> socket(String who) throws Exception {
    BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    BlockingQueue<String> hello = new LinkedBlockingQueue<>();
    front
        .client
        .newWebSocketBuilder()
        .header("Authorization", "Bearer " + TOKENS.get(who))
        .connectTimeout(Duration.ofSeconds(20))
        .buildAsync(
            java.net.URI.create(
                "ws://127.0.0.1:" + front.http.port() + "/api/v1/stream/socket?events=incident"),
            new WebSocket.Listener() {
              private final StringBuilder text = new StringBuilder();

              @Override
              public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                text.append(part);
                if (last) {
                  (text.indexOf("\"number\"") >= 0 ? frames : hello).add(text.toString());
                  text.setLength(0);
                }
                socket.request(1);
                return null;
              }
            })
        .get(20, TimeUnit.SECONDS);
    assertThat(hello.poll(20, TimeUnit.SECONDS)).contains("hello");
    return frames;
  }

  @Test
  void the_roles_of_the_matrix_are_all_there_are() {
    assertThat(List.of(Role.values()))
        .containsExactly(RESIDENT, OFFICER, HANDLER, DISPATCHER, SUPERVISOR, ADMIN);
  }
}
