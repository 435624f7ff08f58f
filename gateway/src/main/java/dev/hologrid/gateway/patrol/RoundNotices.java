package dev.hologrid.gateway.patrol;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.incident.IncidentJson;
import dev.hologrid.gateway.incident.Outbox;
import dev.hologrid.gateway.incident.Subscribers;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What people are told of rounds, written in the transaction of the events. */
final class RoundNotices {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NAMED = 10;
  private final Subscribers subscribers;

  RoundNotices(Subscribers subscribers) {
    this.subscribers = subscribers;
  }

  void tell(Handle handle, Round after, RoundEvent event, Instant now) {
    String word = word(after, event, now);
    List<String> channels = word == null ? List.of() : subscribers.channels(word);
    if (word == null || channels.isEmpty()) {
      return;
    }
    String key = after.id() + "/" + after.version();
    ObjectNode body = body(after, event, word, now);
    Outbox.put(handle, new Outbox.Letter(key, after.id(), word, body, now), channels);
  }

  private static @Nullable String word(Round after, RoundEvent event, Instant now) {
    return switch (event) {
      case RoundEvent.CameDue e when !now.isBefore(after.slot().times().closes()) -> null;
      case RoundEvent.CameDue e -> e.officer() == null ? "patrol_unassigned" : "patrol_due";
      case RoundEvent.Reminded ignored -> "patrol_reminder";
      case RoundEvent.Missed ignored -> "patrol_missed";
      default -> null;
    };
  }

  /** The same fields as an incident's notice, so that every format can show it. */
  private static ObjectNode body(Round after, RoundEvent event, String word, Instant now) {
    Slot slot = after.slot();
    ObjectNode notice = JSON.createObjectNode();
    notice.put("id", after.id());
    notice.put("number", after.id());
    notice.put("title", title(after, word));
    notice.put("category", "PATROL");
    notice.put("priority", "P4");
    notice.put("state", after.state().name());
    notice.put("level", "GRID");
    notice.put("origin", "PATROL");
    notice.put("place", slot.grid());
    notice.put("assignee", after.officer());
    notice.put("openedAt", IncidentJson.time(slot.times().opens()));
    notice.put("version", after.version());
    notice.put("at", IncidentJson.time(now));
    notice.put("by", "system");
    notice.put("event", word);
    ObjectNode detail = notice.putObject("detail");
    detail.put("officer", after.officer());
    detail.put("closes", IncidentJson.time(slot.times().closes()));
    var missing = detail.putArray("missing");
    after.missing().forEach(each -> missing.add(slot.target(each)));
    var to = detail.putArray("to");
    told(after, event).forEach(to::add);
    return notice;
  }

  private static List<String> told(Round after, RoundEvent event) {
    return switch (event) {
      case RoundEvent.CameDue e when e.officer() == null -> e.told();
      case RoundEvent.Missed e -> e.told();
      default -> after.officer() == null ? List.of() : List.of(after.officer());
    };
  }

  private static String title(Round round, String word) {
    Slot slot = round.slot();
    String name = slot.name() + " " + slot.day();
    if (word.equals("patrol_due")) {
      return name;
    }
    if (word.equals("patrol_unassigned")) {
      return name + ": nobody is on duty";
    }
    List<Integer> missing = round.missing();
    return name
        + ": not visited "
        + missing.stream().limit(NAMED).map(slot::target).collect(Collectors.joining(", "))
        + (missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "");
  }
}
