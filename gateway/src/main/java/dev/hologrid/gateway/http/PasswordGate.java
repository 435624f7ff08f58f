package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.People;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Role;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows people by their session's cookie, programs and devices by their token. */
final class PasswordGate implements Gatekeeper {
  static final String COOKIE = "__Host-hologrid";
  private static final String BEARER = "Bearer ";

  /** The person that a first start has a password for, where the site's files name none. */
  static final Person ADMIN =
      new Person("admin", "Administrator", Set.of(Role.ADMIN, Role.DISPATCHER), "", false, "");

  private final People people;
  private final Sessions sessions;
  private final Credentials credentials;

  PasswordGate(People people, Sessions sessions, Credentials credentials) {
    this.people = people;
    this.sessions = sessions;
    this.credentials = credentials;
  }

  @Override
  public @Nullable Person identify(RoutingContext context) {
    String authorization = context.request().getHeader("Authorization");
    if (authorization != null && authorization.startsWith(BEARER)) {
      return identity(credentials.owner(authorization.substring(BEARER.length())));
    }
    Cookie cookie = context.request().getCookie(COOKIE);
    return cookie == null ? null : identity(sessions.person(cookie.getValue()));
  }

  private @Nullable Person identity(@Nullable String id) {
    if (id == null) {
      return null;
    }
    if (id.startsWith(Credentials.DEVICE)) {
      return new Person(id, id, Set.of(), "-", false, "");
    }
    return person(id);
  }

  @Nullable Person person(String id) {
    Person person = people.find(id);
    return person == null && id.equals(ADMIN.id()) ? ADMIN : person;
  }
}
