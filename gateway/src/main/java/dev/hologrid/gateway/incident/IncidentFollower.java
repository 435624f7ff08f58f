package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.journal.Follower;
import dev.hologrid.rules.alert.AlertEvent;
import java.util.List;

/**
 * Turns alerts into incidents. How far it came is stored in the transaction of the incidents
 * themselves, so after a crash nothing is missing and nothing is there twice.
 */
public final class IncidentFollower implements Follower<AlertEvent> {
  private final IncidentDesk desk;

  public IncidentFollower(IncidentDesk desk) {
    this.desk = desk;
  }

  @Override
  public String name() {
    return "incidents";
  }

  /** Where to begin reading the alerts journal. Blocks. */
  public long nextOffset() {
    return desk.nextOffset(name());
  }

  @Override
  public void handle(List<Entry<AlertEvent>> batch) {
    desk.take(name(), batch);
  }
}
