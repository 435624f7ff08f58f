package dev.hologrid.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.identity.Credentials;
import dev.hologrid.gateway.incident.Role;
import dev.hologrid.gateway.stream.StreamLimits;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, in mode password: every operation, every role, inside and outside the scope. */
class AccessTest {
  private static final String PASSWORD = "correct horse battery";
  @TempDir static Path folder;
  private static Front front;
  private static final Map<String, String> TOKENS = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    Credentials credentials = Credentials.open(folder.resolve("secrets"));
    credentials.setPassword("dispatcher-in", PASSWORD);
    for (Role role : Role.values()) {
      for (String side : new String[] {"-in", "-out"}) {
        TOKENS.put(role.word() + side, credentials.makeToken(role.word() + side));
      }
    }
    front = new Front(folder, HttpConfig.Mode.PASSWORD, StreamLimits.standard());
    HttpResponse<String> made =
        front.send(
            as("admin-in", "/api/v1/devices/sm-1/token").POST(HttpRequest.BodyPublishers.noBody()));
    TOKENS.put("device", Json.MAPPER.readTree(made.body()).path("token").asText());
  }

  @AfterAll
  static void stop() throws Exception {
    front.close();
  }

  private static HttpRequest.Builder as(String who, String path) {
    return front
        .request(path)
        .header("X-HoloGrid", "1")
        .header("Authorization", "Bearer " + TOKENS.get(who));
  }

  /** A path of the operation, with an id that nothing has. */
  private static String path(Operation operation) {
    return operation.path().replace("{format}", "json").replaceAll("\\{\\w+\\}", "x");
  }

  @Test
  void nothing_but_the_public_answers_without_a_login() throws Exception {
    for (Operation each : Contract.load().operations().values()) {
      HttpResponse<String> response =
          front.send(
              front
                  .request(path(each))
                  .header("X-HoloGrid", "1")
                  .method(each.method(), HttpRequest.BodyPublishers.noBody()));
      if (each.open()) {
        assertThat(response.statusCode()).as(each.id()).isNotIn(403, 500);
        if (!path(each).contains("/x")) {
          assertThat(response.statusCode()).as(each.id()).isNotEqualTo(404);
        }
      } else {
        assertThat(response.statusCode()).as(each.id()).isEqualTo(401);
      }
    }
  }

  @Test
  void a_role_may_use_what_the_contract_gives_it_and_nothing_else() throws Exception {
    for (Operation each : Contract.load().operations().values()) {
      if (each.open() || each.id().equals("streamEvents")) {
        continue;
      }
      for (Role role : Role.values()) {
        HttpResponse<String> response =
            front.send(
                as(role.word() + "-in", path(each))
                    .method(each.method(), HttpRequest.BodyPublishers.noBody()));
        boolean may = each.roles().isEmpty() || each.roles().contains(role);
        if (may) {
          boolean byRole = response.body().contains("one of the roles");
          assertThat(byRole).as("%s by %s: %s", each.id(), role, response.body()).isFalse();
          assertThat(response.statusCode()).as("%s by %s", each.id(), role).isNotIn(401, 500);
        } else {
          assertThat(response.statusCode()).as("%s by %s", each.id(), role).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void everybody_sees_their_own_area_only() throws Exception {
    String opened =
        front
            .send(
                as("dispatcher-in", "/api/v1/incidents")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"category\":\"FIRE_SMOKE\",\"place\":\"b1\",\"title\":\"t\"}")))
            .body();
    String incident = Json.MAPPER.readTree(opened).path("id").asText();
    for (Role role : Role.values()) {
      boolean staff = role != Role.RESIDENT;
      assertSees(role.word() + "-in", "/api/v1/incidents/" + incident, staff ? 200 : 404);
      assertSees(role.word() + "-out", "/api/v1/incidents/" + incident, 404);
      assertThat(body(role.word() + "-out", "/api/v1/incidents")).doesNotContain(incident);
      if (staff) {
        assertSees(role.word() + "-in", "/api/v1/devices/sm-1", 200);
        assertSees(role.word() + "-out", "/api/v1/devices/sm-1", 404);
        assertSees(role.word() + "-out", "/api/v1/devices?place=440605011", 403);
        assertSees(role.word() + "-out", "/api/v1/alerts?place=b1", 403);
        assertSees(role.word() + "-out", "/api/v1/grids/b1", 404);
        assertSees(role.word() + "-out", "/api/v1/readings?device=sm-1&metric=x", 404);
        assertThat(body(role.word() + "-out", "/api/v1/devices")).doesNotContain("\"sm-1\"");
        assertThat(body(role.word() + "-out", "/api/v1/grids")).doesNotContain("\"b1\"");
        assertThat(body(role.word() + "-out", "/api/v1/grids/geojson?level=building"))
            .doesNotContain("\"b1\"");
        assertThat(body(role.word() + "-out", "/api/v1/people"))
            .doesNotContain("officer-in")
            .contains("chief");
      }
      HttpResponse<String> command =
          front.send(
              as(role.word() + "-out", "/api/v1/incidents/" + incident + "/commands")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"command\":\"file\"}")));
      assertThat(command.statusCode()).as("%s from outside", role).isIn(403, 404);
    }
  }

  private static String body(String who, String path) throws Exception {
    return front.send(as(who, path)).body();
  }

  private static void assertSees(String who, String path, int status) throws Exception {
    HttpResponse<String> response = front.send(as(who, path));
    assertThat(response.statusCode())
        .as("%s of %s: %s", path, who, response.body())
        .isEqualTo(status);
  }

  @Test
  void a_device_may_send_its_own_telemetry_and_nothing_else() throws Exception {
    String own = "{\"kind\":\"smoke\",\"device\":\"sm-1\",\"values\":{\"obscuration\":0.1}}";
    assertThat(telemetry(own)).isEqualTo(202);
    assertThat(telemetry(own.replace("sm-1", "sm-2"))).isEqualTo(403);
    assertSees("device", "/api/v1/session", 403);
    assertSees("device", "/api/v1/incidents", 403);
  }

  private static int telemetry(String message) throws Exception {
    return front
        .send(as("device", "/api/v1/telemetry").POST(HttpRequest.BodyPublishers.ofString(message)))
        .statusCode();
  }

  @Test
  void signing_in_gives_a_cookie_that_signing_out_ends() throws Exception {
    HttpResponse<String> in = signIn("dispatcher-in", PASSWORD);
    assertThat(in.statusCode()).isEqualTo(204);
    String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .startsWith("__Host-hologrid=")
        .contains("HttpOnly", "SameSite=Lax", "Secure", "Path=/");
    String pair = cookie.substring(0, cookie.indexOf(';'));
    assertThat(front.get("/api/v1/session", "Cookie", pair).body()).contains("dispatcher-in");
    front.send(
        front.request("/api/v1/session").DELETE().headers("X-HoloGrid", "1", "Cookie", pair));
    assertThat(front.get("/api/v1/session", "Cookie", pair).statusCode()).isEqualTo(401);
  }

  @Test
  void guessing_is_slowed_and_tells_nothing() throws Exception {
    String unknown = signIn("nobody-there", "x").body();
    assertThat(signIn("supervisor-in", "x").body()).isEqualTo(unknown);
    int status = 0;
    for (int i = 0; i < 8 && status != 429; i++) {
      status = signIn("admin-in", "guess " + i).statusCode();
    }
    assertThat(status).isEqualTo(429);
  }

  private static HttpResponse<String> signIn(String name, String password) throws Exception {
    return front.post(
        "/api/v1/session", "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}");
  }

  @Test
  void the_file_of_secrets_is_ours_alone_and_holds_no_secret() throws Exception {
    Path file = folder.resolve("secrets/credentials.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).doesNotContain(PASSWORD, TOKENS.get("device"));
  }
}
