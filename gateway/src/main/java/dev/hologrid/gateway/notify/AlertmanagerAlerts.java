package dev.hologrid.gateway.notify;

import dev.hologrid.gateway.incident.Outbox.Notice;
import dev.hologrid.gateway.incident.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Incidents as alerts of Prometheus Alertmanager's API, version 2. Alertmanager knows an alert by
 * its labels, and the priority is one of them because receivers are chosen by it: a raised incident
 * is another alert, and the former one is ended with it. Pure.
 */
final class AlertmanagerAlerts {
  /** Alertmanager keeps its alerts in memory alone: this soon after its restart they are back. */
  static final Duration REFRESH = Duration.ofMinutes(5);

  /**
   * An open incident's alert stands so long without a refresh: while this server is away, for a
   * fire is not over because of that. Without an end Alertmanager would end it by itself, after
   * {@code resolve_timeout}.
   */
  static final Duration STANDS = Duration.ofDays(1);

  /** Without these an alert would outlive its incident, or an incident its alert. */
  static final Set<String> NEEDED =
      Set.of("priority_raised", "closed", "rejected", "self_handled", "reopened");

  private AlertmanagerAlerts() {}

  /** The incident's alert, and the ends of those that it had with earlier priorities. */
  static JsonArray told(Notice notice, Instant now) {
    JsonObject n = new JsonObject(notice.body());
    JsonArray alerts = new JsonArray();
    for (Object earlier : n.getJsonArray("earlierPriorities", new JsonArray())) {
      alerts.add(alert(n, earlier.toString(), n.getString("at")));
    }
    return alerts.add(standing(n, now));
  }

  /** The incident's alert once more, nothing if it is over. */
  static JsonArray again(Notice notice, Instant now) {
    JsonObject n = new JsonObject(notice.body());
    return isOpen(n.getString("state")) ? new JsonArray().add(standing(n, now)) : new JsonArray();
  }

  private static JsonObject standing(JsonObject n, Instant now) {
    return alert(n, n.getString("priority"), end(n, now));
  }

  /** Null for what only happens, as a missed patrol does: Alertmanager ends it by itself. */
  private static @Nullable String end(JsonObject n, Instant now) {
    String state = n.getString("state");
    if (isOpen(state)) {
      return now.plus(STANDS).toString();
    }
    return Format.isOver(state) ? n.getString("at") : null;
  }

  private static boolean isOpen(String word) {
    State state = State.find(word);
    return state != null && state.isOpen();
  }

  private static JsonObject alert(JsonObject n, String priority, @Nullable String end) {
    JsonObject alert =
        new JsonObject()
            .put(
                "labels",
                new JsonObject()
                    .put("alertname", n.getString("category"))
                    .put("incident", n.getString("number"))
                    .put("priority", priority)
                    .put("place", n.getString("place")))
            .put(
                "annotations",
                new JsonObject()
                    .put("summary", n.getString("title"))
                    .put("state", n.getString("state"))
                    .put("event", n.getString("event")))
            .put("startsAt", n.getString("openedAt"));
    return end == null ? alert : alert.put("endsAt", end);
  }
}
