package dev.hologrid.gateway.incident.kpi;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Figures of a period by group, beside the period before (环比) and the same one a year earlier (同比).
 * Days and months have their own names in each period.
 *
 * @param <B> what the figures are grouped by
 * @param <C> the figures of a group
 */
public record Compared<B extends Enum<B>, C>(
    B by, Span span, Map<String, C> now, Map<String, C> previous, Map<String, C> lastYear) {
  /** All groups that any of the three has, in order. */
  public Set<String> groups() {
    Set<String> groups = new TreeSet<>(now.keySet());
    groups.addAll(previous.keySet());
    groups.addAll(lastYear.keySet());
    return groups;
  }
}
