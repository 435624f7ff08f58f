package dev.hologrid.gateway.source.endpoint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected, and the sessions of those who left and may come back. Safe for use by many
 * threads.
 */
final class Sessions {
  private final int mostKept;
  private final Map<String, Connection> connected = new HashMap<>();
  // Oldest first, so that the longest gone is forgotten first.
  private final LinkedHashMap<String, Session> left = new LinkedHashMap<>();

  Sessions(int mostKept) {
    this.mostKept = mostKept;
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
    if (replaced != null) {
      kept = replaced.session();
    }
    boolean present = !clean && kept != null;
    if (kept != null && present) {
      connection.attach(kept);
    }
    return new Opened(present, replaced);
  }

  synchronized void left(String client, Connection connection, boolean keep) {
    if (!connected.remove(client, connection)) {
      return; // another connection has taken over
    }
    if (keep && mostKept > 0) {
      if (left.size() >= mostKept) {
        left.pollFirstEntry();
      }
      left.put(client, connection.session());
    }
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
      if (each.device().equals(device)) {
        found.add(each);
      }
    }
    return List.copyOf(found);
  }
}
