package dev.hologrid.gateway.source.endpoint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected, and the sessions of those who left and may come back. Safe for use by many
 * threads.
 */
final class Sessions {
  private static final long LONGEST_SECONDS = TimeUnit.DAYS.toSeconds(7);

  private final int mostKept;
  private final Followers followers;
  private final Map<String, Connection> connected = new HashMap<>();
  // Oldest first, so that the longest gone is forgotten first.
  private final LinkedHashMap<String, Session> left = new LinkedHashMap<>();

  Sessions(int mostKept, Followers followers) {
    this.mostKept = mostKept;
    this.followers = followers;
  }

  /**
   * What a new connection finds.
   *
   * @param present whether there was a session to go on with
   * @param replaced the connection that had the client id until now
   */
  record Opened(boolean present, @Nullable Connection replaced) {}

  synchronized Opened open(String client, boolean clean, Connection connection) {
    Connection replaced = connected.put(client, connection);
    Session kept = left.remove(client);
    if (kept != null && !kept.goesOn(System.nanoTime())) {
      followers.gone(kept.outbox);
      kept = null;
    }
    if (replaced != null) {
      kept = replaced.session();
      if (kept.outbox.lost()) {
        followers.gone(kept.outbox);
        kept = null;
      }
    }
    if (kept != null && clean) {
      followers.gone(kept.outbox);
      kept = null;
    }
    if (kept != null) {
      connection.attach(kept);
    }
    return new Opened(kept != null, replaced);
  }

  /**
   * The connection has gone.
   *
   * @param keptSeconds how long its session may be gone on with; 0 not at all
   */
  synchronized void left(String client, Connection connection, long keptSeconds) {
    if (!connected.remove(client, connection)) {
      return; // another connection has taken over
    }
    Session session = connection.session();
    if (keptSeconds == 0 || mostKept == 0 || session.outbox.lost()) {
      followers.gone(session.outbox);
      return;
    }
    if (left.size() >= mostKept) {
      followers.gone(left.pollFirstEntry().getValue().outbox);
    }
    session.keptUntil(
        System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.min(keptSeconds, LONGEST_SECONDS)));
    left.put(client, session);
  }

  synchronized int connections() {
    return connected.size();
  }

  synchronized Collection<Connection> all() {
    return new ArrayList<>(connected.values());
  }

  synchronized List<Connection> of(String device) {
    ArrayDeque<Connection> found = new ArrayDeque<>();
    for (Connection each : connected.values()) {
      if (each.who().device().equals(device)) {
        found.add(each);
      }
    }
    return List.copyOf(found);
  }
}
