package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.incident.sla.TimeLimit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of incident.
 *
 * @param family its main class; alerts of one family at one place are one incident
 * @param department who handles it when no officer does, or null
 * @param limits its own time limits where they differ from those of the priority
 */
public record Category(
    String code,
    String name,
    String nameEn,
    String family,
    Priority priority,
    @Nullable String department,
    Map<Stage, TimeLimit> limits) {
  public Category {
    limits = Map.copyOf(limits);
  }
}
