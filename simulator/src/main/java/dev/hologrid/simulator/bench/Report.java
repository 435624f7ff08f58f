package dev.hologrid.simulator.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures, in the order they are told. */
final class Report {
  /** A figure and how it is read; the goal is empty where there is none. */
  private record Row(String key, @Nullable Double value, String unit, String goal) {}

  private final Map<String, List<Double>> trials = new LinkedHashMap<>();
  private final Map<String, Row> rows = new LinkedHashMap<>();

  void trial(String name, double perSecond) {
    trials.computeIfAbsent(name, any -> new ArrayList<>()).add(perSecond);
  }

  void put(String key, double value, String unit, String goal) {
    rows.put(key, new Row(key, value, unit, goal));
  }

  /** A figure that could not be measured, said by name. */
  void missing(String key) {
    rows.putIfAbsent(key, new Row(key, null, "", ""));
  }

  /** The median of a subject's trials. */
  void median(String name, String unit, String goal) {
    List<Double> values = trials.get(name);
    if (values == null) {
      missing(name);
    } else {
      put(name, (double) Math.round(middle(values)), unit, goal);
    }
  }

  /** The median of the ratios of trials made one after the other. */
  void ratio(String key, String subject, String peer, String goal) {
    List<Double> above = trials.getOrDefault(subject, List.of());
    List<Double> below = trials.getOrDefault(peer, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(above.size(), below.size()); i++) {
      ratios.add(above.get(i) / Math.max(1, below.get(i)));
    }
    if (ratios.isEmpty()) {
      missing(key);
    } else {
      put(key, middle(ratios), "", goal);
    }
  }

  static double middle(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(each -> each).toArray();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  String table() {
    StringBuilder out = new StringBuilder();
    for (Row each : rows.values()) {
      out.append(
          String.format(
              Locale.ROOT,
              "  %-32s %14s %-7s %s%n",
              each.key(),
              shown(each.value()),
              each.unit(),
              each.goal().isEmpty() ? "" : "goal " + each.goal()));
    }
    return out.toString();
  }

  private static String shown(@Nullable Double value) {
    if (value == null) {
      return "not measured";
    }
    return Math.abs(value) >= 1_000
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  void write(Path file) throws IOException {
    Map<String, @Nullable Number> all = new LinkedHashMap<>();
    rows.forEach((key, row) -> all.put(key, number(row.value())));
    Map<String, Object> document = new LinkedHashMap<>(all);
    document.put("trials", trials);
    Files.writeString(
        file,
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
  }

  private static @Nullable Number number(@Nullable Double value) {
    if (value == null) {
      return null;
    }
    double rounded = Math.round(value * 1000) / 1000.0;
    if (rounded == Math.rint(rounded)) {
      return (long) rounded;
    }
    return rounded;
  }
}
