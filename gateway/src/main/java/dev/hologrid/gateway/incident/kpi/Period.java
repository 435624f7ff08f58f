package dev.hologrid.gateway.incident.kpi;

import dev.hologrid.gateway.incident.CaseFacts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A span cut into whole days, whose sums are stored, and the begun days at its two ends, which are
 * counted from the cases.
 *
 * @param first the first whole day, in days since 1970
 * @param end the day after the last whole one; not after {@code first} when there is none
 * @param edges what is left, at most two
 */
record Period(Span span, long first, long end, List<Span> edges) {

  static Period of(Span span, ZoneId zone) {
    LocalDate day = LocalDate.ofInstant(span.from(), zone);
    LocalDate first = start(day, zone).isBefore(span.from()) ? day.plusDays(1) : day;
    LocalDate end = LocalDate.ofInstant(span.to(), zone);
    if (!first.isBefore(end)) {
      return new Period(span, 0, 0, List.of(span));
    }
    List<Span> edges = new ArrayList<>();
    edge(edges, span.from(), start(first, zone));
    edge(edges, start(end, zone), span.to());
    return new Period(span, first.toEpochDay(), end.toEpochDay(), List.copyOf(edges));
  }

  private static Instant start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  private static void edge(List<Span> edges, Instant from, Instant to) {
    if (from.isBefore(to)) {
      edges.add(new Span(from, to));
    }
  }

  boolean hasDays() {
    return first < end;
  }

  /** Whether a moment is in a begun day. */
  boolean inEdge(long at) {
    for (Span each : edges) {
      if (each.holds(at)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the stored sums count it as due and not done, though it was done in the begun day at
   * the end.
   */
  boolean doneInLastEdge(long due, long done) {
    return hasDays()
        && span.holds(due)
        && !inEdge(due)
        && done != CaseFacts.NEVER
        && done < span.to().toEpochMilli()
        && done >= edges.getLast().from().toEpochMilli()
        && inEdge(done);
  }
}
