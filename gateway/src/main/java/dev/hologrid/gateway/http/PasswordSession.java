package dev.hologrid.gateway.http;

import dev.hologrid.gateway.identity.Passwords;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Role;
import dev.hologrid.gateway.openid.Identity;
import dev.hologrid.gateway.openid.OpenId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing in and out, passwords and tokens. Hashing has one thread, so guessing takes one core. */
final class PasswordSession implements Resource {
  private static final Logger LOG = LoggerFactory.getLogger(PasswordSession.class);
  private static final int SHORTEST = 12;

  private final WorkerExecutor hashing;
  private final PasswordGate gate;
  private final Sessions sessions;
  private final HttpParts.Keys keys;
  private final GuessLimit limit;
  private final Scopes scopes;

  PasswordSession(
      Vertx vertx,
      PasswordGate gate,
      Sessions sessions,
      HttpParts.Keys keys,
      GuessLimit limit,
      Scopes scopes) {
    this.scopes = scopes;
    this.hashing = vertx.createSharedWorkerExecutor("passwords", 1);
    this.gate = gate;
    this.sessions = sessions;
    this.keys = keys;
    this.limit = limit;
  }

  private record Token(String token) {}

  private record SignedOut(String next) {}

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of(
        "getSession",
        call -> Future.succeededFuture(Answer.json(SessionView.of(call.person(), "password"))),
        "beginSession",
        this::begin,
        "endSession",
        this::end,
        "setPassword",
        this::setPassword,
        "makeToken",
        this::makeToken);
  }

  private Future<Answer> begin(Call call) {
    checkPasswords();
    Body body = call.body();
    body.only(Set.of("username", "password"));
    String name = body.text("username");
    String password = body.text("password");
    String address = call.address();
    limit.spend(name, address);
    return hashing
        .executeBlocking(() -> Passwords.matches(password, keys.credentials().password(name)))
        .map(
            right -> {
              if (!right || gate.person(name) == null) {
                LOG.info("sign-in refused, request {}", requestId(call));
                keys.note("sign-in-refused", "person:" + name, address, "wrong name or password");
                throw new Refused(Problem.of(401, "the name or the password is wrong"));
              }
              keys.note("sign-in", "person:" + name, address, "");
              return Answer.noContent()
                  .with("Set-Cookie", Cookies.set(PasswordGate.COOKIE, sessions.begin(name)));
            });
  }

  static String requestId(Call call) {
    return call.context().response().headers().get(Headers.REQUEST);
  }

  private Future<Answer> end(Call call) {
    String key = Cookies.read(call.context().request(), PasswordGate.COOKIE);
    Sessions.Ended ended = key == null ? null : sessions.end(key);
    if (ended != null) {
      keys.note("sign-out", "person:" + ended.person(), call.address(), "");
    }
    URI next = ended == null ? null : elsewhere(ended.provided());
    Answer answer = next == null ? Answer.noContent() : Answer.json(new SignedOut(next.toString()));
    return Future.succeededFuture(answer.with("Set-Cookie", Cookies.remove(PasswordGate.COOKIE)));
  }

  /** Where to sign out at the provider too, or null. */
  private @Nullable URI elsewhere(Sessions.@Nullable Provided provided) {
    OpenId openId = keys.openId();
    return provided == null || openId == null || provided.idToken().isEmpty()
        ? null
        : openId.signOut(provided.idToken());
  }

  private void checkPasswords() {
    OpenId openId = keys.openId();
    if (openId != null && !openId.config().passwords()) {
      throw new Refused(
          Problem.of(403, "passwords are off here; sign in at " + OpenIdSession.LOGIN)
              .because("PASSWORDS_OFF"));
    }
  }

  private Future<Answer> setPassword(Call call) {
    Person by = call.person();
    String id = call.path("id");
    Body body = call.body();
    body.only(Set.of("password"));
    String password = body.text("password");
    if (!by.id().equals(id) && !by.has(Role.ADMIN)) {
      throw Refused.forbidden("only " + id + " or an admin may set this password");
    }
    Person whose = gate.person(id);
    boolean own = by.id().equals(id);
    if (whose == null || !(own || scopes.covers(by, whose.scope()))) {
      throw Refused.notFound("there is no person " + id + " in your area");
    }
    checkPasswords();
    if (Identity.provided(id)) {
      throw new Refused(
          Problem.of(409, id + " signs in by the OpenID provider and has no password here")
              .because("PROVIDED"));
    }
    if (password.length() < SHORTEST) {
      throw Refused.badRequest("password", "must have at least " + SHORTEST + " characters");
    }
    return hashing.executeBlocking(
        () -> {
          keys.credentials().setPassword(id, password);
          sessions.endAll(id);
          keys.note("password-set", "person:" + id, "person:" + by.id(), "");
          return Answer.noContent();
        });
  }

  private Future<Answer> makeToken(Call call) {
    String id = call.person().id();
    return hashing.executeBlocking(
        () -> {
          String token = keys.credentials().makeToken(id);
          keys.note("token-made", "person:" + id, call.address(), "");
          return Answer.json(201, new Token(token));
        });
  }
}
