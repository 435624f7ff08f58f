package dev.hologrid.gateway.incident;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * How many incidents there are, kept current by the desk's events, so that asking each second costs
 * nothing. Safe for use by many threads.
 */
public final class IncidentTotals implements IncidentListener {
  private record Tag(State state, Priority priority) {}

  private final Map<String, Tag> open = new HashMap<>();
  private long opened;
  private long dispatched;
  private long closed;

  /** A picture of one moment: opened, dispatched and closed count all there ever were. */
  public record Totals(
      long opened,
      long dispatched,
      long closed,
      int open,
      Map<State, Integer> byState,
      Map<Priority, Integer> byPriority) {}

  /** Counts what is stored; call it before the desk starts. Blocks. */
  public synchronized IncidentTotals load(Database database) {
    database
        .reader()
        .useHandle(
            handle -> {
              handle
                  .createQuery("select id, state, priority from incidents where is_open = 1")
                  .map(
                      (rs, ctx) ->
                          Map.entry(
                              rs.getString(1),
                              new Tag(
                                  State.valueOf(rs.getString(2)),
                                  Priority.values()[rs.getInt(3) - 1])))
                  .forEach(each -> open.put(each.getKey(), each.getValue()));
              opened = handle.createQuery("select count(*) from incidents").mapTo(Long.class).one();
              dispatched =
                  handle
                      .createQuery("select count(*) from incidents where dispatched_at is not null")
                      .mapTo(Long.class)
                      .one();
              closed = opened - open.size();
            });
    return this;
  }

  @Override
  public synchronized void committed(Incident after, IncidentEntry entry) {
    boolean wasOpen = open.containsKey(after.id());
    if (entry.event() instanceof IncidentEvent.Opened) {
      opened++;
    } else if (wasOpen && !after.isOpen()) {
      closed++;
    } else if (!wasOpen && after.isOpen()) {
      closed--;
    }
    if (entry.event() instanceof IncidentEvent.Dispatched
        && entry.at().equals(after.times().dispatched())) {
      dispatched++;
    }
    if (after.isOpen()) {
      open.put(after.id(), new Tag(after.state(), after.priority()));
    } else {
      open.remove(after.id());
    }
  }

  public synchronized Totals totals() {
    Map<State, Integer> byState = new EnumMap<>(State.class);
    Map<Priority, Integer> byPriority = new EnumMap<>(Priority.class);
    for (Tag each : open.values()) {
      byState.merge(each.state(), 1, Integer::sum);
      byPriority.merge(each.priority(), 1, Integer::sum);
    }
    return new Totals(opened, dispatched, closed, open.size(), byState, byPriority);
  }
}
