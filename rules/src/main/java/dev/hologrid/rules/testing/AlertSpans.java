package dev.hologrid.rules.testing;

import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.alert.AlertId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins alert events to spans, in the order in which they were raised. */
public final class AlertSpans {
  private final Map<AlertId, AlertSpan> spans = new LinkedHashMap<>();

  /** Takes an event; an event of an alert that was never raised here counts as its raise. */
  public void take(AlertEvent event) {
    spans.merge(
        event.alert().id(),
        AlertSpan.of(event.alert()),
        (known, fresh) -> known.then(event.alert()));
  }

  /** The alerts that were raised from {@code from} on and before {@code to}. */
  public List<AlertSpan> raised(long from, long to) {
    return spans.values().stream()
        .filter(each -> each.startedAt() >= from && each.startedAt() < to)
        .toList();
  }
}
