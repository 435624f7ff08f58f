package dev.hologrid.gateway.incident;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One incident as of its latest event. Only {@link IncidentLife} makes new ones. Immutable.
 *
 * @param id global identity; sorts by the time of opening
 * @param version how many events made it
 * @param number for people, for example {@code 20261124-000017}
 * @param state where in its life it is
 * @param dues the time limits that run
 * @param left what was left of each limit when the clock was stopped, milliseconds on its clock
 * @param limits the latest limits, kept after they are over, for the on-time figures
 * @param group what later alerts find it by, and the subjects of those seen so far
 */
public record Incident(
    String id,
    int version,
    String number,
    Report report,
    Spot spot,
    State state,
    Standing standing,
    Hands hands,
    Times times,
    Counts counts,
    Ends ends,
    Map<Stage, Due> dues,
    Map<Stage, Long> left,
    Limits limits,
    Group group) {
  public Incident {
    dues = Map.copyOf(dues);
    left = Map.copyOf(left);
  }

  /**
   * What alerts join by.
   *
   * @param key place and category family, or null for a report of a person
   * @param firstAlert the alert that opened it, or null
   * @param firstSubject whose alert that was: one from another subject confirms it
   */
  public record Group(
      @Nullable String key, @Nullable String firstAlert, @Nullable String firstSubject) {}

  public boolean isOpen() {
    return state.isOpen();
  }

  public Priority priority() {
    return standing.priority();
  }

  public Level level() {
    return standing.level();
  }

  public boolean supervised() {
    return standing.supervised();
  }

  public boolean verified() {
    return times.verified() != null;
  }

  public @Nullable String parent() {
    return ends.parent();
  }

  /** The stage whose limit counts now, as shown to people; null when no clock runs. */
  public @Nullable Stage stage() {
    Stage stage =
        switch (state) {
          case REPORTED, VERIFYING, FILED, RETURNED -> Stage.DISPATCH;
          case DISPATCHED -> Stage.ACCEPT;
          case HANDLING, DEFERRAL_PENDING -> Stage.HANDLE;
          case FEEDBACK, CHECKING -> Stage.CHECK;
          case SUSPENDED, CLOSED, REJECTED, SELF_HANDLED -> null;
        };
    if (stage == null || dues.containsKey(stage)) {
      return stage;
    }
    return dues.containsKey(Stage.CASE) ? Stage.CASE : null;
  }

  public @Nullable Due due() {
    Stage stage = stage();
    return stage == null ? null : dues.get(stage);
  }

  Map<Stage, Due> duesWith(Stage stage, Due due) {
    Map<Stage, Due> more = new EnumMap<>(Stage.class);
    more.putAll(dues);
    more.put(stage, due);
    return more;
  }
}
