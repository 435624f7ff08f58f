package dev.hologrid.gateway.openid;

import dev.hologrid.gateway.identity.Credentials;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Logout tokens that were heard, so that none is heard twice. Safe for use by many threads. */
final class HeardTokens {
  private final Map<String, Long> heard = new ConcurrentHashMap<>();
  private final InstantSource clock;

  HeardTokens(InstantSource clock) {
    this.clock = clock;
  }

  /** True the first time; ids are kept until their token is too old anyway. */
  boolean first(String id) {
    long now = clock.millis();
    long kept = TokenCheck.LOGOUT_KEPT.multipliedBy(2).toMillis();
    heard.values().removeIf(each -> now - each > kept);
    return heard.putIfAbsent(Credentials.digest(id), now) == null;
  }
}
