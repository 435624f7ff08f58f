package dev.hologrid.rules.testing;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.PlaceLevel;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.language.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Expected alerts against those that fire, each of either used once. */
final class Difference {
  private final TestCase test;
  private final List<TestCase.Expected> missing = new ArrayList<>();
  private final List<Alert> surplus;

  Difference(TestCase test, List<TestCase.Expected> expected, List<Alert> found) {
    this.test = test;
    this.surplus = new ArrayList<>(found);
    for (TestCase.Expected each : expected) {
      Alert fitting = null;
      for (Alert alert : surplus) {
        if (fitting == null && faults(each, alert).isEmpty()) {
          fitting = alert;
        }
      }
      if (fitting == null) {
        missing.add(each);
      } else {
        surplus.remove(fitting);
      }
    }
  }

  boolean none() {
    return missing.isEmpty() && surplus.isEmpty();
  }

  /** A line for each alert, with what is different where two are of one subject. */
  String text() {
    List<Alert> rest = new ArrayList<>(surplus);
    List<String> lines = new ArrayList<>();
    for (TestCase.Expected each : missing) {
      Alert near = near(each, rest);
      if (near == null) {
        lines.add("- " + words(each));
      } else {
        rest.remove(near);
        lines.add("~ " + near.id().subject());
        faults(each, near).forEach(fault -> lines.add("    " + fault));
      }
    }
    rest.forEach(alert -> lines.add("+ " + words(alert)));
    return String.join("\n", lines);
  }

  private @Nullable Alert near(TestCase.Expected expected, List<Alert> rest) {
    Alert best = null;
    int least = Integer.MAX_VALUE;
    for (Alert alert : rest) {
      String device = expected.labels().get("device");
      int faults = faults(expected, alert).size();
      boolean other = device != null && !device.equals(alert.id().subject());
      if (!other && faults < least) {
        best = alert;
        least = faults;
      }
    }
    return best;
  }

  private List<String> faults(TestCase.Expected expected, Alert alert) {
    List<String> faults = new ArrayList<>();
    Map<String, String> labels = labels(alert);
    new TreeMap<>(expected.labels())
        .forEach((key, value) -> compare(key, value, labels.getOrDefault(key, ""), faults));
    new TreeMap<>(expected.annotations())
        .forEach(
            (key, value) -> compare(key, value, alert.annotations().getOrDefault(key, ""), faults));
    Double value = expected.value();
    if (value != null && !(Math.abs(value - alert.value()) < 1e-9)) {
      faults.add("value: expected " + value + ", found " + alert.value());
    }
    Long since = expected.since();
    if (since != null && since != alert.startedAt()) {
      faults.add("since: expected " + elapsed(since) + ", found " + elapsed(alert.startedAt()));
    }
    return faults;
  }

  private static void compare(String key, String expected, String found, List<String> faults) {
    if (!expected.equals(found)) {
      faults.add(key + ": expected '" + expected + "', found '" + found + "'");
    }
  }

  private Map<String, String> labels(Alert alert) {
    Map<String, String> labels = new TreeMap<>(alert.labels());
    String subject = alert.id().subject();
    for (Device device : test.devices()) {
      int depth = device.path().indexOf(subject) + 1;
      int known = device.id().equals(subject) ? device.path().size() : depth;
      for (int i = 0; i < known; i++) {
        labels.put(PlaceLevel.values()[i].name().toLowerCase(Locale.ROOT), device.path().get(i));
      }
    }
    labels.put("device", subject);
    labels.put("subject", subject);
    labels.put("rule", alert.id().rule());
    labels.put("alertname", alert.id().rule());
    labels.put("severity", alert.severity().name().toLowerCase(Locale.ROOT));
    labels.put("category", alert.category());
    labels.put("place", alert.place());
    return labels;
  }

  private String elapsed(long moment) {
    return Durations.format(moment - test.start());
  }

  private static String words(TestCase.Expected expected) {
    Map<String, String> all = new TreeMap<>(expected.labels());
    all.putAll(expected.annotations());
    return all.isEmpty() ? "any alert" : all.toString();
  }

  private String words(Alert alert) {
    return alert.id().rule()
        + " "
        + alert.id().subject()
        + " "
        + alert.severity().name().toLowerCase(Locale.ROOT)
        + ", since "
        + elapsed(alert.startedAt())
        + ": "
        + alert.annotations().getOrDefault("summary", "");
  }
}
