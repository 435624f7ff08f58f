package dev.hologrid.gateway.openid;

import dev.hologrid.gateway.identity.Credentials;
import dev.hologrid.gateway.openid.SignInRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Logins that have been begun and not yet finished, each known by a key that one browser holds in a
 * cookie. A key finishes one login, whether that is let in or not. Safe for use by many threads.
 */
final class PendingLogins {
  static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int MOST = 10_000;

  private final Map<String, Held> begun = new ConcurrentHashMap<>();
  private final InstantSource clock;

  private record Held(Login login, long until) {}

  PendingLogins(InstantSource clock) {
    this.clock = clock;
  }

  /** Keeps a login under the key's hash. */
  void keep(String key, Login login) throws SignInRefused {
    long now = clock.millis();
    begun.values().removeIf(each -> each.until < now);
    if (begun.size() >= MOST) {
      throw new SignInRefused(Reason.UNREACHABLE, "too many logins are under way");
    }
    begun.put(Credentials.digest(key), new Held(login, now + LONGEST.toMillis()));
  }

  /** Takes the login away; its state must be the one that the provider gave back. */
  Login take(@Nullable String key, @Nullable String state) throws SignInRefused {
    Held held = key == null ? null : begun.remove(Credentials.digest(key));
    if (held == null || held.until < clock.millis()) {
      throw new SignInRefused(Reason.NOT_BEGUN, "no login under way for the browser's cookie");
    }
    if (state == null || !same(held.login.state(), state)) {
      throw new SignInRefused(Reason.WRONG_STATE, "the state is not that of the login");
    }
    return held.login;
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
