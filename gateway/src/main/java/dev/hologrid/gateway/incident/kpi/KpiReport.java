package dev.hologrid.gateway.incident.kpi;

import java.time.Instant;
import java.util.Map;

/**
 * Indicators of a period by group, beside the period before (环比) and the same one a year earlier
 * (同比).
 */
public record KpiReport(
    KpiGroup by,
    Instant from,
    Instant to,
    Map<String, Kpi> now,
    Map<String, Kpi> previous,
    Map<String, Kpi> lastYear) {}
