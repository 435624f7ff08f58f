package dev.hologrid.gateway.http;

import dev.hologrid.gateway.openid.Identity;
import dev.hologrid.gateway.openid.OpenId;
import dev.hologrid.gateway.openid.ProvidedPeople;
import dev.hologrid.gateway.openid.ProvidedPeople.Admitted;
import dev.hologrid.gateway.openid.SignInRefused;
import dev.hologrid.gateway.openid.SignInRefused.Reason;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signing in by the OpenID provider: the browser is sent there and comes back. What it is asked and
 * what it answers takes threads of its own, so that a slow provider slows nobody else.
 */
final class OpenIdSession implements Resource {
  static final String LOGIN = "/api/v1/openid/login";

  /** Holds the key of one login under way. */
  static final String COOKIE = "__Host-hologrid-login";

  private static final Logger LOG = LoggerFactory.getLogger(OpenIdSession.class);
  private static final int THREADS = 4;
  private static final int LONGEST_TOKEN = 8192;

  /** A minute, from one address: as many as of passwords; of logouts what a busy provider sends. */
  private static final int MOST_LOGINS = 30;

  private static final int MOST_LOGOUTS = 600;

  /** A page of ours: no host, no scheme, nothing that a browser would mend into one. */
  private static final Pattern PAGE =
      Pattern.compile("/(?![/\\\\])[A-Za-z0-9/._~!$&'()*+,;=:@%?#-]*");

  private final WorkerExecutor asking;
  private final OpenId openId;
  private final ProvidedPeople people;
  private final Sessions sessions;
  private final HttpParts.Keys keys;
  private final GuessLimit limit;

  OpenIdSession(
      Vertx vertx,
      OpenId openId,
      ProvidedPeople people,
      Sessions sessions,
      HttpParts.Keys keys,
      GuessLimit limit) {
    this.asking = vertx.createSharedWorkerExecutor("openid", THREADS);
    this.openId = openId;
    this.people = people;
    this.sessions = sessions;
    this.keys = keys;
    this.limit = limit;
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "getSignIn",
        call -> Future.succeededFuture(Answer.json(SignInView.of(openId))),
        "beginOpenId",
        this::begin,
        "finishOpenId",
        this::finish,
        "hearOpenIdLogout",
        this::hear);
  }

  private Future<Answer> begin(Call call) {
    navigation(call);
    limit.spendOne("openid login", call.address(), MOST_LOGINS);
    String page = page(call.query("return"));
    try {
      OpenId.Begun begun = openId.begin(page, call.flag("anew"));
      return Future.succeededFuture(
          redirect(begun.to().toString())
              .with("Set-Cookie", Cookies.set(COOKIE, begun.key(), OpenId.longest().toSeconds())));
    } catch (SignInRefused e) {
      return Future.succeededFuture(refused(Asker.of(call), e, "nobody"));
    }
  }

  /** A look ahead (HEAD) must not begin a login, and even less use one up. */
  private static void navigation(Call call) {
    if (call.context().request().method() != HttpMethod.GET) {
      throw new Refused(Problem.of(405, "this is for a browser that goes here, by GET"));
    }
  }

  private static String page(@Nullable String asked) {
    if (asked == null) {
      return "/";
    }
    String path = asked.split("[?#]", 2)[0];
    if (!PAGE.matcher(asked).matches() || Paths.machine(path)) {
      throw Refused.badRequest("return", "must be a page of the console, for example /#/incidents");
    }
    return asked;
  }

  private Future<Answer> finish(Call call) {
    navigation(call);
    limit.spendOne("openid callback", call.address(), MOST_LOGINS);
    Return back =
        new Return(
            Cookies.read(call.context().request(), COOKIE),
            Cookies.read(call.context().request(), PasswordGate.COOKIE),
            answer(call.context().queryParams()),
            Asker.of(call));
    MultiMap headers = call.context().response().headers();
    return asking
        .executeBlocking(() -> signIn(back), false)
        .map(
            done -> {
              headers.add("Set-Cookie", Cookies.remove(COOKIE));
              if (done.session() != null) {
                headers.add("Set-Cookie", Cookies.set(PasswordGate.COOKIE, done.session()));
              }
              return done.answer();
            });
  }

  /**
   * A browser that comes back.
   *
   * @param key of the login that it began
   * @param session that it has from before
   */
  private record Return(
      @Nullable String key, @Nullable String session, Map<String, String> answer, Asker asker) {}

  /** What the browser is told, and the key of its session if it has one now. */
  private record Done(Answer answer, @Nullable String session) {}

  /** Who asks, as far as it matters to a refusal. */
  private record Asker(String address, String request, boolean browser) {
    static Asker of(Call call) {
      String accept = call.header("Accept");
      return new Asker(
          call.address(),
          PasswordSession.requestId(call),
          accept != null && accept.contains("text/html"));
    }
  }

  private static Map<String, String> answer(MultiMap parameters) {
    Map<String, String> answer = new HashMap<>();
    for (String each : new String[] {"code", "state", "iss", "error"}) {
      String value = parameters.get(each);
      if (value != null && !value.isEmpty()) {
        answer.put(each, value);
      }
    }
    return answer;
  }

  private Done signIn(Return back) {
    String who = "nobody";
    try {
      Identity identity = openId.finish(back.key(), back.answer());
      who = "person:" + identity.person();
      note(admit(identity), identity, back.asker().address());
      return new Done(redirect(identity.page()), session(identity, back.session()));
    } catch (SignInRefused e) {
      return new Done(refused(back.asker(), e, who), null);
    }
  }

  private void note(Admitted admitted, Identity identity, String address) {
    String who = "person:" + identity.person();
    if (admitted.change() != ProvidedPeople.Change.NONE) {
      String what = "person-" + admitted.change().name().toLowerCase(Locale.ROOT);
      keys.note(what, who, address, admitted.said() + ", is " + identity);
    }
    keys.note("sign-in", who, address, "by " + identity);
  }

  /** Whoever has lost their last role here is out with all sessions and tokens. */
  private Admitted admit(Identity identity) throws SignInRefused {
    if (keys.credentials().isBarred(identity.person())) {
      throw new SignInRefused(Reason.BARRED, "barred here: " + identity);
    }
    try {
      return people.admit(identity);
    } catch (SignInRefused e) {
      sessions.endAll(identity.person());
      keys.credentials().dropTokens(identity.person());
      throw e;
    }
  }

  /** A new one: nobody goes on with a session from before the login. */
  private String session(Identity identity, @Nullable String before) {
    if (before != null) {
      sessions.end(before);
    }
    boolean keep = openId.signsOut() && identity.idToken().length() <= LONGEST_TOKEN;
    return sessions.begin(
        identity.person(),
        new Sessions.Provided(keep ? identity.idToken() : "", identity.session()));
  }

  private Answer refused(Asker asker, SignInRefused refused, String who) {
    LOG.info("sign-in by openid refused, request {}: {}", asker.request(), refused.reason());
    return RefusalPage.of(noted(asker, refused, who), asker.browser());
  }

  private Reason noted(Asker asker, SignInRefused refused, String who) {
    Reason reason = refused.reason();
    keys.note("openid-refused", who, asker.address(), reason.name() + ": " + refused.detail());
    return reason;
  }

  /** The provider itself asks, not a browser: its signature is all that counts. */
  private Future<Answer> hear(Call call) {
    limit.spendOne("openid logout", call.address(), MOST_LOGOUTS);
    String type = call.header("Content-Type");
    String token = call.context().request().formAttributes().get("logout_token");
    if (type == null || !type.startsWith("application/x-www-form-urlencoded") || token == null) {
      throw Refused.badRequest(
          "logout_token", "send logout_token as application/x-www-form-urlencoded");
    }
    Asker asker = Asker.of(call);
    return asking.executeBlocking(() -> heard(token, asker), false);
  }

  private Answer heard(String token, Asker asker) {
    try {
      OpenId.SignedOut out = openId.heard(token);
      int ended = sessions.endProvided(out.person(), out.session());
      String who = out.person() == null ? "nobody named" : "person:" + out.person();
      keys.note("openid-logout", who, asker.address(), ended + " sessions ended");
      return new Answer(200, "", Buffer.buffer(), Map.of());
    } catch (SignInRefused e) {
      Reason reason = noted(asker, e, "nobody");
      int status = reason == Reason.UNREACHABLE ? 503 : 400;
      return Answer.problem(Problem.of(status, e.detail()).because(reason.name()));
    }
  }

  private static Answer redirect(String to) {
    return new Answer(302, "", Buffer.buffer(), Map.of("Location", to));
  }
}
