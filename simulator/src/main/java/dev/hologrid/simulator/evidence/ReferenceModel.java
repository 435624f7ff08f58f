package dev.hologrid.simulator.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which alerts a list of stored readings must give under the rules of {@code chaos/rules.yaml},
 * written down once more without the rule engine: it holds all readings and looks through all of
 * them for each question. Slow on purpose; it is the judge of what is fast.
 *
 * <p>A reading that came before (same device, moment and values) says nothing. One older than what
 * its device has said since may raise an alert and ends none. One more than a minute ahead of its
 * receipt counts at its receipt.
 */
final class ReferenceModel {
  private static final long AHEAD_MS = 60_000;

  private record Rule(
      String name,
      String kind,
      String metric,
      Predicate<Object> raises,
      Predicate<Object> clears) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule("chaos-smoke", "smoke", "obscuration", v -> num(v) >= 0.15, v -> num(v) < 0.10),
          new Rule("chaos-heat", "smoke", "temperature", v -> num(v) >= 40, v -> num(v) < 35),
          new Rule("chaos-denied", "access", "event", "denied"::equals, "granted"::equals));

  private final Map<String, List<StoredReading>> byDevice = new HashMap<>();

  private static double num(Object value) {
    return value instanceof Double number ? number : Double.NaN;
  }

  /** Readings in the order of the journal. */
  void take(StoredReading reading) {
    byDevice.computeIfAbsent(reading.device(), any -> new ArrayList<>()).add(reading);
  }

  /** The alerts, as {@code rule/subject/offset}. */
  Set<String> alerts() {
    Set<String> alerts = new LinkedHashSet<>();
    byDevice.forEach(
        (device, readings) -> RULES.forEach(rule -> alerts.addAll(alerts(rule, device, readings))));
    return alerts;
  }

  private static List<String> alerts(Rule rule, String device, List<StoredReading> readings) {
    List<String> alerts = new ArrayList<>();
    boolean firing = false;
    for (int i = 0; i < readings.size(); i++) {
      StoredReading reading = readings.get(i);
      Object value = reading.values().get(rule.metric());
      if (value == null || !reading.kind().equals(rule.kind()) || cameBefore(readings, i)) {
        continue;
      }
      if (!firing && rule.raises().test(value)) {
        firing = true;
        alerts.add(rule.name() + "/" + device + "/" + reading.offset());
      } else if (firing
          && rule.clears().test(value)
          && !rule.raises().test(value)
          && time(reading) >= newestBefore(readings, i)) {
        firing = false;
      }
    }
    return alerts;
  }

  private static boolean cameBefore(List<StoredReading> readings, int at) {
    StoredReading here = readings.get(at);
    return readings.subList(0, at).stream()
        .anyMatch(each -> each.time() == here.time() && each.values().equals(here.values()));
  }

  private static long newestBefore(List<StoredReading> readings, int at) {
    return readings.subList(0, at).stream()
        .filter(each -> !each.status())
        .mapToLong(ReferenceModel::time)
        .max()
        .orElse(Long.MIN_VALUE);
  }

  private static long time(StoredReading reading) {
    return reading.time() > reading.receivedAt() + AHEAD_MS ? reading.receivedAt() : reading.time();
  }
}
