package dev.hologrid.gateway.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.hologrid.gateway.openid.SignInRefused.Reason;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.WrittenProvider;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a certified provider would never sign, and what a browser may be made to bring: none of it
 * lets anybody in (OpenID Connect Core 1.0, 3.1.3.7; Back-Channel Logout 1.0, 2.6).
 */
class OpenIdRefusalTest {
  private static final String CLIENT = "hologrid";
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  @TempDir static Path folder;
  private static WrittenProvider provider;
  private static OpenIdSite site;
  private static int codes;

  @BeforeAll
  static void start() throws Exception {
    provider = new WrittenProvider().start();
    site = new OpenIdSite(folder).start(provider.issuer());
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
    }
    if (provider != null) {
      provider.close();
    }
  }

  /** A login under way in a browser. */
  private record Login(Visitor visitor, String state, String nonce) {
    static Login begin() throws Exception {
      Visitor visitor = new Visitor();
      HttpResponse<String> begun = visitor.get(site.at("/api/v1/openid/login"));
      assertThat(begun.statusCode()).as(begun.body()).isEqualTo(302);
      URI to = visitor.next(begun);
      assertThat(OpenIdSite.parameter(to, "code_challenge_method")).isEqualTo("S256");
      return new Login(
          visitor, OpenIdSite.parameter(to, "state"), OpenIdSite.parameter(to, "nonce"));
    }

    JWTClaimsSet.Builder claims() {
      return provider
          .claims(CLIENT, "lin")
          .claim("nonce", nonce)
          .claim("sid", "session-of-" + nonce.substring(0, 6))
          .claim("name", "林华")
          .claim("groups", List.of("dispatch"))
          .claim("area", "guicheng");
    }

    HttpResponse<String> back(String idToken) throws Exception {
      String code = "code-" + ++codes;
      provider.give(code, idToken);
      return visitor.get(site.at(OpenIdSite.CALLBACK + "?code=" + code + "&state=" + state));
    }
  }

  private static void refused(Login login, HttpResponse<String> answer, Reason reason, String why)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(reason.status());
    assertThat(answer.body()).contains(reason.name(), reason.chinese());
    assertThat(answer.headers().allValues("Set-Cookie"))
        .noneMatch(each -> each.startsWith("__Host-hologrid="));
    assertThat(site.session(login.visitor)).isNull();
    site.audited("openid-refused", why);
  }

  private static Date in(long seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private static Arguments no(String what, String why, UnaryOperator<JWTClaimsSet.Builder> change) {
    return Arguments.of(what, why, change);
  }

  static Stream<Arguments> wrongClaims() {
    return Stream.of(
        no("another nonce", "nonce", c -> c.claim("nonce", "n".repeat(43))),
        no("no nonce", "nonce", c -> c.claim("nonce", null)),
        no("another issuer", "iss", c -> c.issuer("https://other.example.org")),
        no("another client", "aud", c -> c.audience("another")),
        no("several clients", "azp", c -> c.audience(List.of(CLIENT, "another"))),
        no(
            "several clients, for another",
            "azp",
            c -> c.audience(List.of(CLIENT, "another")).claim("azp", "another")),
        no("over", "xpired", c -> c.issueTime(in(-900)).expirationTime(in(-300))),
        no("without an end", "exp", c -> c.expirationTime(null)),
        no("made in the future", "head", c -> c.issueTime(in(900)).expirationTime(in(1800))),
        no("not yet", "does not hold yet", c -> c.notBeforeTime(in(600))),
        no("of nobody", "sub", c -> c.subject(null)),
        no(
            "of another access token",
            "access token",
            c -> c.claim("at_hash", "wrongwrongwrongwrongww")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongClaims")
  void a_token_that_is_not_for_this_login_lets_nobody_in(
      String what, String why, UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
    Login login = Login.begin();
    String token = provider.sign(change.apply(login.claims()).build());
    refused(login, login.back(token), Reason.TOKEN_INVALID, why);
  }

  private static String hmac(JWTClaimsSet claims, byte[] secret) throws Exception {
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    token.sign(new MACSigner(secret));
    return token.serialize();
  }

  @Test
  void only_the_providers_own_keys_sign() throws Exception {
    Login unsigned = Login.begin();
    String plain = new PlainJWT(unsigned.claims().build()).serialize();
    refused(unsigned, unsigned.back(plain), Reason.TOKEN_INVALID, "the ID token is refused");

    Login secret = Login.begin();
    byte[] known = OpenIdSite.SECRET.getBytes(StandardCharsets.UTF_8);
    String bySecret = hmac(secret.claims().build(), known);
    refused(secret, secret.back(bySecret), Reason.TOKEN_INVALID, "the ID token is refused");

    Login confused = Login.begin();
    byte[] pub = provider.key().toRSAPublicKey().getEncoded();
    String byPublic = hmac(confused.claims().build(), pub);
    refused(confused, confused.back(byPublic), Reason.TOKEN_INVALID, "the ID token is refused");

    RSAKey strange =
        new RSAKeyGenerator(2048).keyID(provider.key().getKeyID()).generate(); // the same name
    Login forged = Login.begin();
    String byOther = WrittenProvider.sign(forged.claims().build(), strange);
    refused(forged, forged.back(byOther), Reason.TOKEN_INVALID, "the ID token is refused");
  }

  @Test
  void an_answer_to_another_login_is_none() throws Exception {
    Login login = Login.begin();
    Login other = Login.begin();
    provider.give("mixed", provider.sign(other.claims().build()));
    HttpResponse<String> mixed =
        login.visitor.get(site.at(OpenIdSite.CALLBACK + "?code=mixed&state=" + other.state));
    refused(login, mixed, Reason.WRONG_STATE, "WRONG_STATE");
    HttpResponse<String> again = login.back(provider.sign(login.claims().build()));
    refused(login, again, Reason.NOT_BEGUN, "NOT_BEGUN"); // a login is finished by any answer

    Login stateless = Login.begin();
    HttpResponse<String> none = stateless.visitor.get(site.at(OpenIdSite.CALLBACK + "?code=mixed"));
    refused(stateless, none, Reason.WRONG_STATE, "WRONG_STATE");

    Login elsewhere = Login.begin();
    HttpResponse<String> foreign =
        elsewhere.visitor.get(
            site.at(
                OpenIdSite.CALLBACK
                    + "?code=x&iss=https://other.example.org&state="
                    + elsewhere.state));
    refused(elsewhere, foreign, Reason.WRONG_ISSUER, "WRONG_ISSUER");
  }

  @Test
  void a_new_key_is_fetched_once_it_is_needed_and_not_for_every_stranger() throws Exception {
    Login first = Login.begin();
    assertThat(first.back(provider.sign(first.claims().build())).statusCode()).isEqualTo(302);
    provider.rotate();
    Await.until(
        "a token by the new key is taken, as soon as keys may be fetched again",
        () -> {
          Login next = Login.begin();
          return next.back(provider.sign(next.claims().build())).statusCode() == 302;
        });
    int asked = provider.keysAsked();
    RSAKey strange = new RSAKeyGenerator(2048).keyID("nobody's").generate();
    for (int i = 0; i < 4; i++) {
      Login login = Login.begin();
      login.back(WrittenProvider.sign(login.claims().build(), strange));
    }
    assertThat(provider.keysAsked() - asked).as("fetched for four strangers").isLessThan(4);
  }

  @Test
  void what_the_token_lacks_is_asked_for_and_must_be_about_the_same_person() throws Exception {
    Login login = Login.begin();
    String lean = provider.sign(login.claims().claim("groups", null).build());
    provider.tell(Map.of("sub", "another", "groups", List.of("dispatch")));
    refused(login, login.back(lean), Reason.TOKEN_INVALID, "tells of another person");

    Login right = Login.begin();
    provider.tell(Map.of("sub", "lin", "groups", List.of("patrol")));
    right.back(provider.sign(right.claims().claim("groups", null).build()));
    assertThat(site.session(right.visitor).path("roles").toString()).isEqualTo("[\"officer\"]");
    assertThat(provider.lastAsked())
        .containsKey("code_verifier")
        .doesNotContainKey("client_secret");
  }

  private static Login signedIn() throws Exception {
    Login login = Login.begin();
    HttpResponse<String> back = login.back(provider.sign(login.claims().build()));
    assertThat(back.statusCode()).as(back.body()).isEqualTo(302);
    return login;
  }

  private static JWTClaimsSet.Builder logout(Login login) {
    return provider
        .claims(CLIENT, "lin")
        .jwtID("logout-" + login.nonce)
        .claim("sid", "session-of-" + login.nonce.substring(0, 6))
        .claim("events", Map.of(EVENT, Map.of()));
  }

  private static HttpResponse<String> tell(String token) throws Exception {
    return new Visitor()
        .post(
            site.at("/api/v1/openid/logout"),
            "application/x-www-form-urlencoded",
            "logout_token=" + token);
  }

  @Test
  void a_logout_token_that_is_not_one_ends_nothing() throws Exception {
    Login login = signedIn();
    List<String> wrong =
        List.of(
            provider.sign(logout(login).claim("events", null).build()),
            provider.sign(logout(login).claim("nonce", login.nonce).build()),
            provider.sign(logout(login).jwtID(null).build()),
            provider.sign(logout(login).audience("another").build()),
            provider.sign(logout(login).issuer("https://other.example.org").build()),
            provider.sign(logout(login).issueTime(in(-900)).expirationTime(in(60)).build()),
            provider.sign(logout(login).expirationTime(in(-300)).build()),
            provider.sign(logout(login).subject(null).claim("sid", null).build()),
            provider.sign(login.claims().build()), // an ID token
            new PlainJWT(logout(login).build()).serialize(),
            hmac(logout(login).build(), OpenIdSite.SECRET.getBytes(StandardCharsets.UTF_8)),
            "nonsense");
    for (String each : wrong) {
      HttpResponse<String> answer = tell(each);
      assertThat(answer.statusCode()).as(each + answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("TOKEN_INVALID");
    }
    HttpResponse<String> none =
        new Visitor().post(site.at("/api/v1/openid/logout"), "application/json", "{}");
    assertThat(none.statusCode()).isBetween(400, 415);
    assertThat(site.session(login.visitor)).isNotNull();
    site.audited("openid-refused", "the logout token");
  }

  @Test
  void a_logout_token_ends_its_session_or_all_of_the_person_and_is_heard_once() throws Exception {
    Login one = signedIn();
    Login two = signedIn();
    String token = provider.sign(logout(one).build());
    HttpResponse<String> heard = tell(token);
    assertThat(heard.statusCode()).as(heard.body()).isEqualTo(200);
    assertThat(heard.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(site.session(one.visitor)).isNull();
    assertThat(site.session(two.visitor)).as("the other session").isNotNull();
    assertThat(tell(token).statusCode()).as("a second time").isEqualTo(400);

    Login three = signedIn();
    Visitor local = site.local("lin");
    tell(provider.sign(logout(two).claim("sid", null).build()));
    assertThat(site.session(two.visitor)).isNull();
    assertThat(site.session(three.visitor)).isNull();
    assertThat(site.session(local)).as("a local person of that name").isNotNull();
  }

  @Test
  void whom_an_admin_has_barred_is_out_and_stays_out() throws Exception {
    Login login = signedIn();
    String id = site.session(login.visitor).path("id").asText();
    Visitor admin = site.local("lin");
    URI access = site.at("/api/v1/people/" + id + "/access");
    try {
      assertThat(admin.put(access, "{\"allowed\":false}").statusCode()).isEqualTo(200);
      assertThat(site.session(login.visitor)).isNull();
      Login again = Login.begin();
      HttpResponse<String> back = again.back(provider.sign(again.claims().build()));
      refused(again, back, Reason.BARRED, "BARRED");
      assertThat(
              admin.put(site.at("/api/v1/people/lin/access"), "{\"allowed\":false}").statusCode())
          .as("oneself")
          .isEqualTo(403);
    } finally {
      assertThat(admin.put(access, "{\"allowed\":true}").statusCode()).isEqualTo(200);
    }
    signedIn();
    site.audited("person-barred", "");
  }
}
