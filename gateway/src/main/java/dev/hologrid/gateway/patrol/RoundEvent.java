package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.incident.IncidentJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a round. Stored for ever; replaying gives the round. */
public sealed interface RoundEvent {
  /**
   * Its window opened.
   *
   * @param told the supervisors, where nobody was on duty to walk it
   */
  record CameDue(Slot slot, @Nullable String officer, boolean named, List<String> told)
      implements RoundEvent {}

  /** Somebody else walks it. */
  record Assigned(String officer) implements RoundEvent {}

  /** A patrol for it began. */
  record Begun(String patrol) implements RoundEvent {}

  /** A target was visited for the first time. */
  record Visited(int target, String patrol) implements RoundEvent {}

  /** Little of the window is left. */
  record Reminded(List<Integer> missing) implements RoundEvent {}

  /** The last target was visited within the window. */
  record Completed() implements RoundEvent {}

  /** The window is over; told are the officer's supervisors. */
  record Missed(List<Integer> missing, List<String> told) implements RoundEvent {}

  /** The last target was visited after the window. */
  record MadeUp() implements RoundEvent {}

  /** It need not be walked. */
  record Excused(String reason) implements RoundEvent {}

  default String name() {
    return IncidentJson.snake(getClass());
  }
}
