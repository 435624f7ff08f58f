package dev.hologrid.gateway.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.OpenIdProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People sign in with a real provider, through its own forms. */
class OpenIdLoginTest {
  @TempDir static Path folder;
  private static OpenIdProvider provider;
  private static OpenIdSite site;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(OpenIdProvider.installed(), "install Node 20 or newer with npm");
    site = new OpenIdSite(folder);
    provider = OpenIdProvider.of(folder.resolve("provider"), site.base, OpenIdSite.SECRET);
    provider.people(people("dispatch")).start();
    site.start(provider.issuer());
  }

  /** Lin is of this group, the others are as they are. */
  private static Map<String, Map<String, Object>> people(String lin) {
    return Map.of(
        "lin", person(lin, "guicheng"),
        "wang", person("patrol", "guicheng"),
        "guest", person("visitors", "guicheng"),
        "far", person("dispatch", "another city"));
  }

  private static Map<String, Object> person(String group, String area) {
    return Map.of("name", "林华", "groups", List.of("everybody", group), "area", area);
  }

  @AfterAll
  static void stop() throws Exception {
    if (site != null) {
      site.close();
    }
    if (provider != null) {
      provider.close();
    }
  }

  /** Signs in there and says yes to all it asks, until it is about to come back. */
  private static URI provide(Visitor visitor, String subject, String page) throws Exception {
    HttpResponse<String> now =
        visitor.follow(site.at("/api/v1/openid/login?return=" + page), OpenIdSite.CALLBACK);
    if (now.statusCode() == 200) {
      now = visitor.submit(now, Map.of("login", subject, "password", "any"));
      now = visitor.follow(now, OpenIdSite.CALLBACK);
    }
    if (now.statusCode() == 200) {
      now = visitor.follow(visitor.submit(now, Map.of()), OpenIdSite.CALLBACK);
    }
    assertThat(now.statusCode()).as(visitor.at + " " + now.body()).isEqualTo(303);
    return visitor.next(now);
  }

  private static HttpResponse<String> signIn(Visitor visitor, String subject) throws Exception {
    return visitor.get(provide(visitor, subject, "/"));
  }

  private static void refused(HttpResponse<String> answer, SignInRefused.Reason reason) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(reason.status());
    assertThat(answer.body()).contains(reason.name(), reason.chinese());
    assertThat(answer.headers().allValues("Set-Cookie"))
        .noneMatch(each -> each.startsWith("__Host-hologrid="));
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
    JsonNode user = site.session(visitor);
    assertThat(user.path("name").asText()).isEqualTo("林华");
    assertThat(user.path("roles").toString()).isEqualTo("[\"dispatcher\"]");
    assertThat(user.path("scope").asText()).isEqualTo("440605011");
    assertThat(user.path("id").asText()).startsWith("openid-");
  }

  @Test
  void a_local_person_of_the_same_name_stays_somebody_else() throws Exception {
    Visitor provided = new Visitor();
    signIn(provided, "lin");
    Visitor local = site.local("lin");

    assertThat(site.session(local).path("name").asText()).isEqualTo("林本地");
    assertThat(site.session(local).path("roles").toString()).isEqualTo("[\"admin\"]");
    assertThat(site.session(provided).path("id").asText()).isNotEqualTo("lin");
    assertThat(site.session(provided).path("roles").toString()).isEqualTo("[\"dispatcher\"]");
  }

  @Test
  void a_callback_is_of_use_once_and_its_code_too() throws Exception {
    Visitor visitor = new Visitor();
    URI callback = provide(visitor, "lin", "/");
    assertThat(visitor.get(callback).statusCode()).isEqualTo(302);
    refused(visitor.get(callback), SignInRefused.Reason.NOT_BEGUN);

    Visitor thief = new Visitor();
    HttpResponse<String> begun = thief.get(site.at("/api/v1/openid/login"));
    String state = OpenIdSite.parameter(thief.next(begun), "state");
    String code = OpenIdSite.parameter(callback, "code");
    String iss = "&iss=" + provider.issuer();
    refused(
        thief.get(site.at(OpenIdSite.CALLBACK + "?code=" + code + "&state=" + state + iss)),
        SignInRefused.Reason.CODE_REFUSED);
    assertThat(site.session(thief)).isNull();
    site.audited("openid-refused", "CODE_REFUSED: its token endpoint answered invalid_grant");
  }

  @Test
  void a_code_taken_from_one_browser_is_of_no_use_in_another() throws Exception {
    Visitor victim = new Visitor();
    URI callback = provide(victim, "lin", "/");
    refused(new Visitor().get(callback), SignInRefused.Reason.NOT_BEGUN);

    Visitor other = new Visitor(); // PKCE: its login has another verifier
    HttpResponse<String> begun = other.get(site.at("/api/v1/openid/login"));
    String state = OpenIdSite.parameter(other.next(begun), "state");
    String code = OpenIdSite.parameter(callback, "code");
    String iss = "&iss=" + provider.issuer();
    refused(
        other.get(site.at(OpenIdSite.CALLBACK + "?code=" + code + "&state=" + state + iss)),
        SignInRefused.Reason.CODE_REFUSED);
  }

  @Test
  void who_has_no_role_or_no_area_here_is_told_so_and_stays_outside() throws Exception {
    Visitor guest = new Visitor();
    refused(signIn(guest, "guest"), SignInRefused.Reason.NO_ROLE);
    assertThat(site.session(guest)).isNull();
    URI anew = guest.next(guest.get(site.at("/api/v1/openid/login?anew=true")));
    assertThat(guest.follow(anew, OpenIdSite.CALLBACK).body()).as("asked again").contains("<form");
    refused(signIn(new Visitor(), "far"), SignInRefused.Reason.NO_AREA);
    site.audited("openid-refused", "NO_ROLE: nothing in the claim groups gives a role");
  }

  @Test
  void who_loses_the_last_role_is_out_everywhere_at_the_next_login() throws Exception {
    Visitor before = new Visitor();
    signIn(before, "lin");
    String token =
        OpenIdSite.JSON
            .readTree(before.post(site.at("/api/v1/tokens"), "application/json", "").body())
            .path("token")
            .asText();
    assertThat(bearer(token)).isEqualTo(200);
    try {
      provider.people(people("visitors"));
      refused(signIn(new Visitor(), "lin"), SignInRefused.Reason.NO_ROLE);
      assertThat(site.session(before)).isNull();
      assertThat(bearer(token)).isEqualTo(401);
    } finally {
      provider.people(people("dispatch"));
    }
  }

  private static int bearer(String token) throws Exception {
    return new Visitor()
        .send(
            HttpRequest.newBuilder(site.at("/api/v1/incidents"))
                .header("Authorization", "Bearer " + token))
        .statusCode();
  }

  @Test
  void signing_out_at_the_provider_ends_the_session_here_and_what_it_watches() throws Exception {
    Visitor visitor = new Visitor();
    signIn(visitor, "wang");
    Visitor elsewhere = new Visitor();
    signIn(elsewhere, "lin");
    HttpResponse<InputStream> stream = visitor.open(site.at("/api/v1/stream"));
    assertThat(stream.statusCode()).isEqualTo(200);

    URI end = URI.create(provider.issuer() + "/session/end");
    HttpResponse<String> asked = visitor.get(end);
    visitor.submit(asked, Map.of("logout", "yes"));

    Await.until("the session here has ended", () -> site.session(visitor) == null);
    assertThat(site.session(elsewhere)).as("somebody else's").isNotNull();
    assertThatThrownBy(() -> stream.body().transferTo(OutputStream.nullOutputStream()))
        .as("cut off; or the test's time is over")
        .isInstanceOf(IOException.class);
    site.audited("openid-logout", "1 sessions ended");
  }

  @Test
  void the_provider_may_change_its_key_and_be_away_meanwhile() throws Exception {
    signIn(new Visitor(), "lin");
    Visitor inside = new Visitor();
    signIn(inside, "lin");
    provider.stop();
    Visitor visitor = new Visitor();
    HttpResponse<String> begun = visitor.get(site.at("/api/v1/openid/login"));
    String state = OpenIdSite.parameter(visitor.next(begun), "state");
    String away = OpenIdSite.CALLBACK + "?code=x&state=" + state + "&iss=" + provider.issuer();
    refused(visitor.get(site.at(away)), SignInRefused.Reason.UNREACHABLE);
    assertThat(site.gateway().api().get("/health").toString()).contains("openid", "degraded");
    assertThat(site.session(inside)).as("who is in stays in").isNotNull();

    provider.newKey().start();
    site.knowsProvider();
    Await.until(
        "somebody signs in by the new key", () -> signIn(new Visitor(), "lin").statusCode() == 302);
  }

  @Test
  void the_clients_secret_is_told_to_nobody() throws Exception {
    Visitor visitor = new Visitor();
    signIn(visitor, "lin");
    signIn(new Visitor(), "guest");
    Visitor admin = site.local("lin");
    for (String path :
        List.of("/api/v1/sign-in", "/api/v1/session", "/health", "/metrics", "/api/v1/people")) {
      assertThat(admin.get(site.at(path)).body()).as(path).doesNotContain(OpenIdSite.SECRET);
    }
    assertThat(site.audit().toString()).doesNotContain(OpenIdSite.SECRET);
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      byte[] secret = OpenIdSite.SECRET.getBytes(StandardCharsets.UTF_8);
      assertThat(files.filter(Files::isRegularFile))
          .noneMatch(each -> OpenIdSite.holds(each, secret));
    }
  }
}
