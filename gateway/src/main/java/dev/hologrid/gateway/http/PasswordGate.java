package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Person;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Knows people by their session's cookie, programs and devices by their token. */
final class PasswordGate implements Gatekeeper {
  static final String COOKIE = "__Host-hologrid";
  private static final String BEARER = "Bearer ";

  private final People people;
  private final Sessions sessions;
  private final HttpParts.Keys keys;

  PasswordGate(People people, Sessions sessions, HttpParts.Keys keys) {
    this.people = people;
    this.sessions = sessions;
    this.keys = keys;
  }

  @Override
  public @Nullable Person identify(RoutingContext context) {
    String authorization = context.request().getHeader("Authorization");
    if (authorization != null && authorization.startsWith(BEARER)) {
      Person device = DeviceTokens.device(context, keys.accounts());
      return device == null
          ? identity(keys.credentials().owner(authorization.substring(BEARER.length())))
          : device;
    }
    String session = Cookies.read(context.request(), COOKIE);
    return session == null ? null : identity(sessions.person(session));
  }

  private @Nullable Person identity(@Nullable String id) {
    return id == null || keys.credentials().isBarred(id) ? null : people.find(id);
  }

  /** Somebody who may sign in; null when there is no such person or they are barred. */
  @Nullable Person person(String id) {
    return identity(id);
  }
}
