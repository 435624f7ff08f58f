package dev.hologrid.gateway.incident.kpi;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Figures of a period by group, beside the period before (环比) and the same one a year earlier (同比).
 * Days and months have their own names in each period.
 *
 * @param <B> what the figures are grouped by
 * @param <C> the figures of a group
 */
public record Compared<B extends Enum<B>, C>(
    B by, Span span, Map<String, C> now, Map<String, C> previous, Map<String, C> lastYear) {
  /** The three periods, each asked for by itself. */
  public static <B extends Enum<B>, C> Compared<B, C> of(
      B by, Span span, ZoneId zone, Function<Span, Map<String, C>> read) {
    return new Compared<>(
        by,
        span,
        read.apply(span),
        read.apply(span.before(zone)),
        read.apply(span.yearBefore(zone)));
  }

  /**
   * Each day or month beside the one before it and the one a year before it.
   *
   * @param read what there was in one of them, under any name
   */
  public static <B extends Enum<B>, C> Compared<B, C> overTime(
      B by, Span span, List<Part> parts, ZoneId zone, Function<Span, Map<String, C>> read) {
    Compared<B, C> all =
        new Compared<>(by, span, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    for (Part each : parts) {
      Compared<B, C> one = of(by, each.span(), zone, read);
      one.now.values().forEach(c -> all.now.put(each.name(), c));
      one.previous.values().forEach(c -> all.previous.put(each.name(), c));
      one.lastYear.values().forEach(c -> all.lastYear.put(each.name(), c));
    }
    return all;
  }

  /** All groups that any of the three has, in order. */
  public Set<String> groups() {
    Set<String> groups = new TreeSet<>(now.keySet());
    groups.addAll(previous.keySet());
    groups.addAll(lastYear.keySet());
    return groups;
  }
}
