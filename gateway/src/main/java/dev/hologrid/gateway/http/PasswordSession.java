package dev.hologrid.gateway.http;

import dev.hologrid.gateway.identity.Passwords;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.Cookie;
import java.util.Map;
import java.util.Set;
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
              return Answer.noContent().with("Set-Cookie", cookie(sessions.begin(name)));
            });
  }

  private static String requestId(Call call) {
    return call.context().response().headers().get(Headers.REQUEST);
  }

  private static String cookie(String key) {
    return PasswordGate.COOKIE + "=" + key + "; Path=/; Secure; HttpOnly; SameSite=Lax";
  }

  private Future<Answer> end(Call call) {
    Cookie cookie = call.context().request().getCookie(PasswordGate.COOKIE);
    if (cookie != null) {
      sessions.end(cookie.getValue());
    }
    return Future.succeededFuture(
        Answer.noContent().with("Set-Cookie", cookie("") + "; Max-Age=0"));
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
