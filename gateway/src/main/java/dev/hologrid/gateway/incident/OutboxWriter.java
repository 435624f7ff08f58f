package dev.hologrid.gateway.incident;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes notices in the transaction of the events that they tell of. */
final class OutboxWriter {
  private final Handle handle;

  OutboxWriter(Handle handle) {
    this.handle = handle;
  }

  void write(List<IncidentEntry> entries, List<Incident> after, Outlet outlet) {
    List<Outbox.Addressed> letters = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      IncidentEntry entry = entries.get(i);
      List<String> channels = outlet.channels(after.get(i), entry);
      if (channels.isEmpty()) {
        continue;
      }
      Outbox.Letter letter =
          new Outbox.Letter(
              entry.incident() + "/" + entry.version(),
              entry.incident(),
              entry.event().name(),
              body(after.get(i), entry),
              entry.at());
      channels.forEach(each -> letters.add(new Outbox.Addressed(letter, each)));
    }
    if (!letters.isEmpty()) {
      Outbox.put(handle, letters);
    }
  }

  /** The notice as channels get it. */
  private ObjectNode body(Incident after, IncidentEntry entry) {
    ObjectNode notice = IncidentJson.object();
    notice.put("id", after.id());
    notice.put("number", after.number());
    notice.put("title", after.report().title());
    notice.put("category", after.report().category());
    notice.put("priority", after.priority().name());
    notice.put("state", after.state().name());
    notice.put("level", after.level().name());
    notice.put("origin", after.report().origin().name());
    notice.put("place", after.spot().place());
    notice.put("assignee", after.hands().assignee());
    notice.put("openedAt", IncidentJson.time(after.times().opened()));
    notice.put("version", entry.version());
    notice.put("at", IncidentJson.time(entry.at()));
    notice.put("by", entry.by());
    notice.put("event", entry.event().name());
    if (!after.isOpen() || entry.event() instanceof IncidentEvent.PriorityRaised) {
      earlierPriorities(after, entry).forEach(notice.putArray("earlierPriorities")::add);
    }
    notice.set("detail", IncidentJson.fields(entry.event()));
    return notice;
  }

  /** For targets that know an incident by its priority, too. Its events are stored already. */
  private List<String> earlierPriorities(Incident after, IncidentEntry entry) {
    return handle
        .createQuery(
            "select name, detail from incident_events where incident = :i and version < :v"
                + " and name in ('opened', 'priority_raised') order by version")
        .bind("i", entry.incident())
        .bind("v", entry.version())
        .map((rs, ctx) -> IncidentJson.event(rs.getString(1), rs.getString(2)))
        .stream()
        .flatMap(each -> Stream.ofNullable(priority(each)))
        .filter(each -> each != after.priority())
        .map(Priority::name)
        .toList();
  }

  private static @Nullable Priority priority(IncidentEvent event) {
    return switch (event) {
      case IncidentEvent.Opened e -> e.priority();
      case IncidentEvent.PriorityRaised e -> e.priority();
      default -> null;
    };
  }
}
