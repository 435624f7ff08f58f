package dev.hologrid.gateway.patrol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A patrol that is or was due (巡查任务): one day's window of a schedule.
 *
 * @param officer who is to walk it; null: nobody was on duty when it came due
 * @param named the schedule or the plan names the officer, so nobody else walks it
 * @param reminded the reminder was given
 * @param visits when each target was visited first
 * @param told the supervisors who were told that it was missed
 * @param excuse why it need not be walked, or null
 */
public record Round(
    String id,
    int version,
    Slot slot,
    @Nullable String officer,
    boolean named,
    State state,
    boolean reminded,
    Map<Integer, Instant> visits,
    List<String> told,
    @Nullable String excuse) {
  public Round {
    visits = Map.copyOf(visits);
    told = List.copyOf(told);
  }

  /** How it stands. */
  public enum State {
    /** The window is open, or was just now. */
    DUE,
    /** All was visited in time. */
    DONE,
    /** The window is over, and something was not visited. */
    MISSED,
    /** Missed first, then all was visited. */
    LATE,
    /** It need not be walked; counted nowhere. */
    EXCUSED
  }

  /** What was not visited, by number. */
  public List<Integer> missing() {
    return slot.all().filter(each -> !visits.containsKey(each)).boxed().toList();
  }

  /** Where time alone will do something next, when; else null. */
  @Nullable Instant nextAt() {
    if (state != State.DUE) {
      return null;
    }
    return reminded ? slot.times().closes() : slot.times().remind();
  }
}
