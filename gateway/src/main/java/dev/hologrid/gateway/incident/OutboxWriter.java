package dev.hologrid.gateway.incident;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes notices in the transaction of the events that they tell of. */
final class OutboxWriter {
  private static final int MOST_CHANNELS = 1000;
  private final Handle handle;

  OutboxWriter(Handle handle) {
    this.handle = handle;
  }

  void write(List<IncidentEntry> entries, List<Incident> after, Outlet outlet) {
    PreparedBatch batch =
        handle.prepareBatch(
            "insert into outbox (id, key, incident, channel, event, body, created_at, next_at,"
                + " attempts, state, last_error) values (?, ?, ?, ?, ?, ?, ?, ?, 0, 'WAITING', '')");
    for (int i = 0; i < entries.size(); i++) {
      IncidentEntry entry = entries.get(i);
      List<String> channels = outlet.channels(after.get(i), entry);
      for (int c = 0; c < channels.size(); c++) {
        String key = entry.incident() + "/" + entry.version() + "/" + channels.get(c);
        batch.add(
            entry.seq() * MOST_CHANNELS + c,
            key,
            entry.incident(),
            channels.get(c),
            entry.event().name(),
            body(after.get(i), entry),
            entry.at().toEpochMilli(),
            entry.at().toEpochMilli());
      }
    }
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  /** The notice as channels get it. */
  private static String body(Incident after, IncidentEntry entry) {
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
    notice.set("detail", IncidentJson.fields(entry.event()));
    return notice.toString();
  }
}
