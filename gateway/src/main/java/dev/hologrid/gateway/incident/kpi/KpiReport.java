package dev.hologrid.gateway.incident.kpi;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Indicators of a period by group, beside the period before (环比) and the same one a year earlier
 * (同比). Days and months have their own names in each period.
 */
public record KpiReport(
    KpiGroup by,
    Span span,
    Map<String, Kpi> now,
    Map<String, Kpi> previous,
    Map<String, Kpi> lastYear) {
  /** All groups that any of the three has, in order. */
  public Set<String> groups() {
    Set<String> groups = new TreeSet<>(now.keySet());
    groups.addAll(previous.keySet());
    groups.addAll(lastYear.keySet());
    return groups;
  }
}
