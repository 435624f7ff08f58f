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
   * @param ended the session that ends by this; its will may wait to be sent
   */
  record Opened(boolean present, @Nullable Connection replaced, @Nullable Session ended) {}

  synchronized Opened open(String client, boolean clean, Connection connection) {
    Connection replaced = connected.put(client, connection);
    Session kept = left.remove(client);
    boolean over = kept != null && !kept.goesOn(System.nanoTime());
    if (replaced != null) {
      kept = replaced.session();
      over = kept.outbox.lost();
    }
    if (kept == null) {
      return new Opened(false, replaced, null);
    }
    if (over || clean) {
      followers.gone(kept.outbox);
      return new Opened(false, replaced, kept);
    }
    kept.forgetWill();
    connection.attach(kept);
    return new Opened(true, replaced, null);
  }

  /**
   * The connection has gone.
   *
   * @param keptSeconds how long its session may be gone on with; 0 not at all
   * @param will what waits to be said for it; null: nothing
   * @param willSeconds how long that waits for it to come back
   */
  void left(
      String client,
      Connection connection,
      long keptSeconds,
      @Nullable Runnable will,
      long willSeconds) {
    Session ended = null;
    synchronized (this) {
      if (!connected.remove(client, connection)) {
        return; // another connection has taken over, and has seen to the will
      }
      Session session = connection.session();
      long now = System.nanoTime();
      if (will != null) {
        session.willLater(now + nanos(Math.min(willSeconds, keptSeconds)), will);
      }
      if (keptSeconds == 0 || mostKept == 0 || session.outbox.lost()) {
        followers.gone(session.outbox);
        ended = session;
      } else {
        if (left.size() >= mostKept) {
          ended = left.pollFirstEntry().getValue();
          followers.gone(ended.outbox);
        }
        session.keptUntil(now + nanos(keptSeconds));
        left.put(client, session);
      }
    }
    if (ended != null) {
      ended.sendWill();
    }
  }

  private static long nanos(long seconds) {
    return TimeUnit.SECONDS.toNanos(Math.min(seconds, LONGEST_SECONDS));
  }

  /** Ends the sessions, and sends the wills, whose time has come; from time to time. */
  void expire(long nanos) {
    List<Session> due = new ArrayList<>();
    synchronized (this) {
      left.values()
          .removeIf(
              session -> {
                boolean over = !session.goesOn(nanos);
                if (over) {
                  followers.gone(session.outbox);
                }
                if (over || session.willDue(nanos)) {
                  due.add(session);
                }
                return over;
              });
    }
    due.forEach(Session::sendWill);
  }

  /** No more clients come back: what they wanted said is said now. */
  void end() {
    List<Session> all;
    synchronized (this) {
      all = List.copyOf(left.values());
      left.clear();
    }
    all.forEach(Session::sendWill);
  }

  synchronized int connections() {
    return connected.size();
  }

  /** Sessions of clients that left and may come back. */
  synchronized int kept() {
    return left.size();
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
