package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.incident.sla.TimeLimit;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a priority asks for.
 *
 * @param limits by stage
 * @param steps who is told when nobody takes it, in order
 * @param whenOverdue what a missed limit does to the level
 * @param supervisedAtReminder the reminder for the whole case puts it under supervision (督办)
 * @param autoDispatch sensor incidents are dispatched at once
 */
public record Urgency(
    Map<Stage, TimeLimit> limits,
    List<Step> steps,
    WhenOverdue whenOverdue,
    boolean supervisedAtReminder,
    boolean autoDispatch) {
  public Urgency {
    limits = Map.copyOf(limits);
    steps = List.copyOf(steps);
  }

  /** What a missed limit does to the level; steps go on besides while nobody has taken it. */
  enum WhenOverdue {
    /** Nothing. */
    STAY,
    /** Handling or the whole case climbs by one. */
    CLIMB,
    /** Whatever is missed in the work goes to the district at once, and the town is told, too. */
    TOP
  }

  /** The level after a stage went overdue; the same when it stays. */
  Level overdueLevel(Stage stage, Level now) {
    boolean work = stage == Stage.HANDLE || stage == Stage.CASE;
    return switch (whenOverdue) {
      case STAY -> now;
      case CLIMB -> work ? now.next() : now;
      case TOP -> work || stage == Stage.CHECK ? Level.DISTRICT : now;
    };
  }

  /** Escalate to a level when nobody has taken the incident so long after it was opened. */
  public record Step(Duration after, Level level) {}
}
