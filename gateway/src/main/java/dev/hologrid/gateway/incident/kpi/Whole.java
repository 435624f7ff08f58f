package dev.hologrid.gateway.incident.kpi;

import dev.hologrid.gateway.incident.Border;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Whole days or months, each by itself, read at once for a report over time. For one thread. */
final class Whole {
  private final KpiGroup by;
  private final LocalDate first;
  private final ZoneId zone;
  private final Map<String, Kpi> parts = new HashMap<>();
  private boolean read;

  /**
   * @param first the first day of the first part
   */
  Whole(KpiGroup by, LocalDate first, ZoneId zone) {
    this.by = by;
    this.first = first;
    this.zone = zone;
  }

  /** Reads the span with the part before it, and the same a year earlier. */
  void read(Handle handle, Border border, Span span) {
    if (!Stored.knows(border)) {
      return;
    }
    LocalDate end = LocalDate.ofInstant(span.to(), zone).plusDays(1);
    Sums sums = new Sums();
    LocalDate before = minus(first);
    if (end.minusYears(1).isBefore(before)) {
      Stored.addEach(handle, by, border, before, end, sums);
      Stored.addEach(handle, by, border, first.minusYears(1), end.minusYears(1), sums);
    } else {
      Stored.addEach(handle, by, border, first.minusYears(1), end, sums);
    }
    parts.putAll(sums.kpis());
    read = true;
  }

  private LocalDate minus(LocalDate day) {
    return by == KpiGroup.MONTH ? day.minusMonths(1) : day.minusDays(1);
  }

  private LocalDate plus(LocalDate day) {
    return by == KpiGroup.MONTH ? day.plusMonths(1) : day.plusDays(1);
  }

  /** Whether a span is one of the parts. */
  boolean has(Span span) {
    LocalDate day = LocalDate.ofInstant(span.from(), zone);
    return read
        && (by == KpiGroup.DAY || day.getDayOfMonth() == 1)
        && day.atStartOfDay(zone).toInstant().equals(span.from())
        && plus(day).atStartOfDay(zone).toInstant().equals(span.to());
  }

  Map<String, Kpi> kpis(Span part) {
    Kpi kpi = parts.get(String.valueOf(LocalDate.ofInstant(part.from(), zone).toEpochDay()));
    return kpi == null ? Map.of() : Map.of("", kpi);
  }
}
