package dev.hologrid.gateway.http;

import dev.hologrid.gateway.identity.Credentials;
import dev.hologrid.gateway.identity.FirstAdmin;
import dev.hologrid.gateway.identity.Passwords;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * Who may come in, by the configured mode.
 *
 * @param gate says who a request comes from
 * @param sessions answers for signing in and out
 */
record Access(Gatekeeper gate, Resource sessions) {
  static Access of(Vertx vertx, HttpConfig config, HttpParts parts) {
    return switch (config.mode()) {
      case OPEN ->
          new Access(
              new OpenGate(parts.work().people(), parts.server().keys().accounts()),
              new OpenSession());
      case PASSWORD -> password(vertx, config, parts);
    };
  }

  private static Access password(Vertx vertx, HttpConfig config, HttpParts parts) {
    HttpParts.Keys keys = parts.server().keys();
    Credentials credentials = keys.credentials();
    if (credentials.isEmpty()) {
      String password = Passwords.random(20);
      credentials.setPassword(FirstAdmin.ADMIN.id(), password);
      firstPassword(password);
    }
    Sessions sessions = new Sessions(parts.server().clock(), config.session());
    PasswordGate gate = new PasswordGate(new FirstAdmin(parts.work().people()), sessions, keys);
    GuessLimit limit = new GuessLimit(parts.server().clock());
    Scopes scopes = new Scopes(parts.area().site());
    return new Access(gate, new PasswordSession(vertx, gate, sessions, keys, limit, scopes));
  }

  /** To the terminal and not to the log, which is kept and copied. */
  @SuppressWarnings("SystemOut")
  private static void firstPassword(String password) {
    for (String line :
        List.of(
            "", "  First start: sign in as admin with the password", "", "    " + password, "")) {
      System.out.println(line);
    }
  }
}
