package dev.hologrid.gateway.http;

import dev.hologrid.gateway.identity.Credentials;
import dev.hologrid.gateway.identity.FirstAdmin;
import dev.hologrid.gateway.identity.Passwords;
import dev.hologrid.gateway.incident.Roster;
import dev.hologrid.gateway.openid.OpenId;
import dev.hologrid.gateway.openid.ProvidedPeople;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * Who may come in, by the configured mode.
 *
 * @param gate says who a request comes from
 * @param sessions answers for signing in and out
 * @param openId answers for signing in by a provider
 * @param admissions answers for shutting somebody out
 */
record Access(Gatekeeper gate, Resource sessions, Resource openId, Resource admissions) {
  static Access of(Vertx vertx, HttpConfig config, HttpParts parts) {
    return switch (config.mode()) {
      case OPEN ->
          new Access(
              new OpenGate(parts.work().people(), parts.server().keys().accounts()),
              new OpenSession(),
              new NoOpenId("open"),
              OpenSession.admissions());
      case PASSWORD -> password(vertx, config, parts);
    };
  }

  private static Access password(Vertx vertx, HttpConfig config, HttpParts parts) {
    HttpParts.Keys keys = parts.server().keys();
    Credentials credentials = keys.credentials();
    OpenId openId = keys.openId();
    boolean passwords = openId == null || openId.config().passwords();
    if (credentials.isEmpty() && passwords) {
      String password = Passwords.random(20);
      credentials.setPassword(FirstAdmin.ADMIN.id(), password);
      firstPassword(password);
    }
    Sessions sessions = new Sessions(parts.server().clock(), config.session());
    PasswordGate gate = new PasswordGate(new FirstAdmin(parts.work().people()), sessions, keys);
    GuessLimit limit = new GuessLimit(parts.server().clock());
    Scopes scopes = new Scopes(parts.area().site());
    Roster roster = parts.records().roster();
    return new Access(
        gate,
        new PasswordSession(vertx, gate, sessions, keys, limit, scopes),
        openId == null
            ? new NoOpenId("password")
            : new OpenIdSession(
                vertx,
                openId,
                new ProvidedPeople(roster, openId.config().rules(), parts.area().site()::places),
                sessions,
                keys,
                limit),
        new AdmissionResource(keys, sessions, roster, scopes));
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
