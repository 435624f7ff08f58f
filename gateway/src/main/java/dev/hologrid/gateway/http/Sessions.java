package dev.hologrid.gateway.http;

import dev.hologrid.gateway.identity.Credentials;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in, in memory: a restart signs everybody out. Keys are kept as hashes, so that a
 * memory dump gives none away. Safe for use by many threads.
 */
final class Sessions {
  private static final int MOST = 20_000;
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, Session> open = new ConcurrentHashMap<>();
  private final Clock clock;
  private final Duration idle;

  private record Session(String person, long since, long usedAt, @Nullable Provided provided) {}

  /**
   * What a session by an OpenID provider remembers of it.
   *
   * @param idToken to sign out with there; empty when it takes no such token
   * @param session the provider's own, or empty
   */
  record Provided(String idToken, String session) {
    @Override
    public String toString() {
      return "a provider's session";
    }
  }

  /** A session that was ended. */
  record Ended(String person, @Nullable Provided provided) {}

  Sessions(Clock clock, Duration idle) {
    this.clock = clock;
    this.idle = idle;
  }

  String begin(String person) {
    return begin(person, null);
  }

  String begin(String person, @Nullable Provided provided) {
    long now = clock.millis();
    open.values().removeIf(each -> over(each, now));
    if (open.size() >= MOST) {
      throw new Refused(
          Problem.of(503, "too many people are signed in"), Map.of("Retry-After", "60"));
    }
    byte[] random = new byte[24];
    RANDOM.nextBytes(random);
    String key = HexFormat.of().formatHex(random);
    open.put(Credentials.digest(key), new Session(person, now, now, provided));
    return key;
  }

  @Nullable String person(String key) {
    long now = clock.millis();
    String digest = Credentials.digest(key);
    Session session =
        open.computeIfPresent(
            digest,
            (ignored, each) ->
                over(each, now) ? null : new Session(each.person, each.since, now, each.provided));
    return session == null ? null : session.person;
  }

  /** Ends one session; null when there is none of this key. */
  @Nullable Ended end(String key) {
    Session session = open.remove(Credentials.digest(key));
    return session == null ? null : new Ended(session.person, session.provided);
  }

  /**
   * Ends what the provider has ended.
   *
   * @param person null: whoever has the session
   * @param provided the provider's session; empty: all of the person
   * @return how many were ended
   */
  int endProvided(@Nullable String person, String provided) {
    int before = open.size();
    open.values()
        .removeIf(
            each ->
                each.provided != null
                    && (person == null || each.person.equals(person))
                    && (provided.isEmpty() || each.provided.session.equals(provided)));
    return before - open.size();
  }

  void endAll(String person) {
    open.values().removeIf(each -> each.person.equals(person));
  }

  private boolean over(Session session, long now) {
    return now - session.usedAt > idle.toMillis() || now - session.since > LONGEST.toMillis();
  }
}
