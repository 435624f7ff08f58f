package dev.hologrid.gateway.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.testing.OpenIdProvider;
import dev.hologrid.gateway.testing.RunningGateway;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People sign in with a real provider, through its own forms. */
class OpenIdLoginTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "a secret of the client that nobody may see";
  private static final String CALLBACK = "/api/v1/openid/callback";

  @TempDir static Path folder;
  private static OpenIdProvider provider;
  private static RunningGateway gateway;
  private static String base;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(OpenIdProvider.installed(), "install Node 20 or newer with npm");
    int port = OpenIdProvider.freePort();
    base = "http://127.0.0.1:" + port;
    provider = OpenIdProvider.of(folder.resolve("provider"), base, SECRET);
    provider.people(Map.of("lin", person("dispatch", "guicheng"))).start();
    Files.createDirectories(folder.resolve("site"));
    Files.writeString(
        folder.resolve("site/places.csv"),
        """
        code,name,name_en,level,parent,lon,lat,floors
        440605,南海区,Nanhai,district,,113.14,23.03,
        440605011,桂城街道,Guicheng,town,440605,113.15,23.04,
        440605121,九江镇,Jiujiang,town,440605,113.0,22.8,
        """);
    Files.writeString(
        folder.resolve("site/people.csv"),
        """
        id,name,roles,scope,phone
        lin,林本地,admin,440605,1
        """);
    gateway =
        RunningGateway.in(
            folder.resolve("data"),
            Settings.parse(
                "hologrid.yaml",
                yaml(provider.issuer(), base),
                Map.of("HOLOGRID_OPENID_CLIENT_SECRET", SECRET)),
            Map.of(
                "http.port", String.valueOf(port),
                "http.mode", "password",
                "site.files", folder.resolve("site").toString()));
  }

  static String yaml(String issuer, String base) {
    return """
        openid:
          issuer: %s
          client-id: hologrid
          base-url: %s
          roles-claim: groups
          roles:
            - {value: dispatch, role: dispatcher}
            - {value: patrol, role: officer}
          area-claim: area
          areas:
            - {value: guicheng, place: "440605011"}
        """
        .formatted(issuer, base);
  }

  static Map<String, Object> person(String group, String area) {
    return Map.of("name", "林华", "groups", List.of("everybody", group), "area", area);
  }

  @AfterAll
  static void stop() throws Exception {
    if (gateway != null) {
      gateway.close();
    }
    if (provider != null) {
      provider.close();
    }
  }

  /** Signs in there and says yes to all it asks, until it is about to come back. */
  private static URI provide(Visitor visitor, String subject, String page) throws Exception {
    HttpResponse<String> now =
        visitor.follow(URI.create(base + "/api/v1/openid/login?return=" + page), CALLBACK);
    if (now.statusCode() == 200) {
      now = visitor.submit(now, Map.of("login", subject, "password", "any"));
      now = visitor.follow(now, CALLBACK);
    }
    if (now.statusCode() == 200) {
      now = visitor.follow(visitor.submit(now, Map.of()), CALLBACK);
    }
    return visitor.next(now);
  }

  private static JsonNode session(Visitor visitor) throws Exception {
    HttpResponse<String> response = visitor.get(URI.create(base + "/api/v1/session"));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body()).path("user");
  }

  @Test
  void a_person_comes_back_signed_in_to_the_page_where_they_were() throws Exception {
    Visitor visitor = new Visitor();
    URI callback = provide(visitor, "lin", "/%23/incidents");
    HttpResponse<String> back = visitor.get(callback);

    assertThat(back.statusCode()).as(back.body()).isEqualTo(302);
    assertThat(back.headers().firstValue("Location")).contains("/#/incidents");
    assertThat(back.headers().allValues("Set-Cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith("__Host-hologrid=")
                    .contains("HttpOnly", "SameSite=Lax", "Secure", "Path=/"))
        .anySatisfy(
            cookie ->
                assertThat(cookie).startsWith("__Host-hologrid-login=;").contains("Max-Age=0"));
    JsonNode user = session(visitor);
    assertThat(user.path("name").asText()).isEqualTo("林华");
    assertThat(user.path("roles").findValuesAsText("")).isEmpty();
    assertThat(user.path("roles").toString()).isEqualTo("[\"dispatcher\"]");
    assertThat(user.path("scope").asText()).isEqualTo("440605011");
    assertThat(user.path("id").asText()).startsWith("openid-");
  }
}
