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
 * @param climbsWhenOverdue a missed limit escalates by one level
 * @param supervisedAtReminder the reminder for the whole case puts it under supervision (督办)
 * @param autoDispatch sensor incidents are dispatched at once
 */
public record Urgency(
    Map<Stage, TimeLimit> limits,
    List<Step> steps,
    boolean climbsWhenOverdue,
    boolean supervisedAtReminder,
    boolean autoDispatch) {
  public Urgency {
    limits = Map.copyOf(limits);
    steps = List.copyOf(steps);
  }

  /** Escalate to a level when nobody has taken the incident so long after it was opened. */
  public record Step(Duration after, Level level) {}
}
