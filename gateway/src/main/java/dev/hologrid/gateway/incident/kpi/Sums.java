package dev.hologrid.gateway.incident.kpi;

import dev.hologrid.gateway.incident.CaseFacts;
import dev.hologrid.gateway.incident.Figure;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts by group, from stored sums and from cases. */
final class Sums {
  private final Map<String, long[]> groups = new HashMap<>();

  void add(String group, Figure figure, long count) {
    groups.computeIfAbsent(group, key -> new long[Figure.values().length])[figure.ordinal()] +=
        count;
  }

  /** What of a case falls into the begun days of a period. */
  void add(String group, CaseFacts facts, Period period) {
    facts.happened(
        (at, figure, count) -> {
          if (period.inEdge(at)) {
            add(group, figure, count);
          }
        });
    facts.due(
        (due, total, done, inTime) -> {
          if (period.inEdge(due)) {
            add(group, total, 1);
            if (done < period.span().to().toEpochMilli()) {
              done(group, total, inTime);
            }
          } else if (period.doneInLastEdge(due, done)) {
            done(group, total, inTime);
          }
        });
  }

  private void done(String group, Figure total, boolean inTime) {
    add(group, total == Figure.DUE_TO_HANDLE ? Figure.DUE_HANDLED : Figure.DUE_CLOSED, 1);
    if (total == Figure.DUE_TO_CLOSE && inTime) {
      add(group, Figure.DUE_CLOSED_IN_TIME, 1);
    }
  }

  /** The groups in which anything happened, in order. */
  Map<String, Kpi> kpis() {
    Map<String, Kpi> kpis = new TreeMap<>();
    groups.forEach(
        (group, counts) -> {
          for (long each : counts) {
            if (each != 0) {
              kpis.put(group, Kpi.of(figure -> counts[figure.ordinal()]));
              return;
            }
          }
        });
    return kpis;
  }
}
