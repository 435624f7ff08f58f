package dev.hologrid.rules.testing;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.Shapes;
import dev.hologrid.rules.language.Issues;
import dev.hologrid.rules.language.Nearest;
import dev.hologrid.rules.language.Section;
import dev.hologrid.rules.language.Spot;
import dev.hologrid.rules.language.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes readings of series and events: one reading per device and moment from all its series. */
final class ReadingDrafts {
  private static final Pattern SERIES =
      Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_.]*)\\s*\\{(.*)}\\s*");
  private static final Pattern LABEL =
      Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*\"([^\"]*)\"\\s*(?:,|$)");
  private static final Set<String> EVENT_KEYS =
      Set.of("at", "device", "received", "times", "every", "values");

  private record Key(String device, long time) {}

  private record Draft(String device, long time, long receivedAt, Map<String, Object> values) {}

  private final DeviceBook devices;
  private final Vocabulary vocabulary;
  private final Issues issues;
  private final long start;
  private final Map<Key, Draft> fromSeries = new LinkedHashMap<>();
  private final List<Draft> others = new ArrayList<>();

  ReadingDrafts(DeviceBook devices, Vocabulary vocabulary, Issues issues, long start) {
    this.devices = devices;
    this.vocabulary = vocabulary;
    this.issues = issues;
    this.start = start;
  }

  /** An item of {@code input_series:}. */
  void series(Section section, long interval) {
    Spot series = section.scalar("series");
    Spot device = section.scalar("device");
    Spot metric = section.scalar("metric");
    Spot values = section.scalar("values");
    String name = metric == null ? "" : metric.text();
    String id = device == null ? "" : device.text();
    Spot at = metric == null ? section.here() : metric;
    Map<String, String> labels = Map.of();
    if (series != null) {
      at = series;
      Matcher form = SERIES.matcher(series.text());
      if (!form.matches()) {
        issues.add(series, "not a series", "for example obscuration{device=\"sm-1\"}");
        return;
      }
      name = form.group(1);
      labels = labels(series, form);
      id = labels.getOrDefault("device", id);
    }
    if (name.isEmpty() || id.isEmpty()) {
      issues.add(
          section.here(), "a series needs device and metric", "or series: metric{device=\"sm-1\"}");
      return;
    }
    Shape.Type type = type(at, name);
    if (values == null) {
      issues.add(section.here(), "a series needs 'values'", "");
    } else {
      List<Sample> samples = Sample.parse(values, issues);
      for (String each : DeviceBook.ids(id)) {
        devices.declare(at, each, labels);
        put(each, name, type, samples, interval, values);
      }
    }
  }

  private Map<String, String> labels(Spot series, Matcher form) {
    Map<String, String> labels = new LinkedHashMap<>();
    Matcher label = LABEL.matcher(form.group(2));
    int end = 0;
    while (label.find() && label.start() == end) {
      labels.put(label.group(1), label.group(2));
      end = label.end();
    }
    if (!form.group(2).substring(end).isBlank()) {
      issues.add(series.within(form.start(2) + end), "not a label", "for example device=\"sm-1\"");
    }
    return labels;
  }

  private void put(
      String device,
      String metric,
      Shape.@Nullable Type type,
      List<Sample> samples,
      long interval,
      Spot at) {
    for (int i = 0; i < samples.size(); i++) {
      long time = start + i * interval;
      switch (samples.get(i)) {
        case Sample.Missing missing -> {}
        case Sample.Stale stale ->
            others.add(new Draft(device, time, time, Map.of("online", false)));
        case Sample.Value value -> {
          Object fitting = fitting(metric, type, value.value(), at);
          if (fitting == null) {
            return;
          }
          fromSeries
              .computeIfAbsent(
                  new Key(device, time),
                  key -> new Draft(device, time, time, new LinkedHashMap<>()))
              .values()
              .put(metric, fitting);
        }
      }
    }
  }

  /** An item of {@code events:}; every key that is not of its own is a metric. */
  void event(Section section) {
    Spot device = section.scalar("device");
    long at = start + (section.has("at") ? section.duration("at", 0) : 0);
    long received = section.has("received") ? start + section.duration("received", 0) : at;
    int times = section.whole("times", 1);
    long every = section.duration("every", 1_000);
    Map<String, Spot> spots = new LinkedHashMap<>(section.map("values"));
    for (String key : section.keys()) {
      if (!EVENT_KEYS.contains(key)) {
        Spot value = section.scalar(key);
        if (value != null) {
          spots.put(key, value);
        }
      }
    }
    if (device == null || !section.has("at")) {
      issues.add(section.here(), "an event needs 'at' and 'device'", "");
      return;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    spots.forEach(
        (metric, spot) -> {
          Shape.Type type =
              type(section.keys().contains(metric) ? section.key(metric) : spot, metric);
          Object value = fitting(metric, type, plain(spot.text(), type), spot);
          if (value != null) {
            values.put(metric, value);
          }
        });
    if (spots.isEmpty()) {
      issues.add(section.here(), "an event says something, such as event: denied", "");
    }
    for (String id : DeviceBook.ids(device.text())) {
      if (devices.find(id) == null) {
        List<String> known = devices.all().stream().map(Device::id).toList();
        issues.add(device, "no device '" + id + "' is under devices", Nearest.hint(id, known));
        return;
      }
      for (int i = 0; i < times; i++) {
        others.add(new Draft(id, at + i * every, Math.max(received, at) + i * every, values));
      }
    }
  }

  private static Object plain(String text, Shape.@Nullable Type type) {
    if (type != Shape.Type.TEXT && (text.equals("true") || text.equals("false"))) {
      return text.equals("true");
    }
    return type != Shape.Type.TEXT && Sample.PLAIN.matcher(text).matches()
        ? (Object) Double.valueOf(text)
        : text;
  }

  private Shape.@Nullable Type type(Spot at, String metric) {
    Shape.Type type = vocabulary.metrics().get(metric);
    if (type == null) {
      String hint = Nearest.hint(metric, vocabulary.metrics().keySet());
      issues.add(
          at,
          "no metric is named '" + metric + "'",
          hint.isEmpty() ? "declare it in the rule file, under metrics:" : hint);
    }
    return type;
  }

  /** The value in the metric's type, or null with an issue. */
  private @Nullable Object fitting(
      String metric, Shape.@Nullable Type type, Object value, Spot at) {
    if (type == null) {
      return null;
    }
    Object fitting =
        switch (type) {
          case NUMBER -> value instanceof Double ? value : null;
          case BOOLEAN ->
              value instanceof Double number && (number == 0 || number == 1)
                  ? (Object) (number == 1)
                  : value instanceof Boolean ? value : null;
          case TEXT -> value.toString();
        };
    if (fitting == null) {
      String article = "'" + metric + "' is a ";
      issues.add(
          at, article + type.name().toLowerCase(java.util.Locale.ROOT) + ", not " + value, "");
    }
    return fitting;
  }

  /** All readings in the order of their receipt, their journal offsets counted from 0. */
  List<Reading> readings() {
    List<Draft> all = new ArrayList<>(fromSeries.values());
    all.addAll(others);
    all.sort(Comparator.comparingLong(Draft::receivedAt).thenComparingLong(Draft::time));
    Shapes shapes = new Shapes(10_000);
    List<Reading> readings = new ArrayList<>();
    for (Draft draft : all) {
      Device device = devices.find(draft.device());
      String kind = device == null ? "unknown" : device.kind();
      readings.add(reading(draft, kind, readings.size(), shapes));
    }
    return readings;
  }

  private static Reading reading(Draft draft, String kind, long offset, Shapes shapes) {
    List<String> metrics = List.copyOf(draft.values().keySet());
    List<Shape.Type> types = new ArrayList<>();
    double[] numbers = new double[metrics.size()];
    @Nullable String[] texts = new String[metrics.size()];
    for (int i = 0; i < numbers.length; i++) {
      switch (draft.values().get(metrics.get(i))) {
        case Double number -> {
          types.add(Shape.Type.NUMBER);
          numbers[i] = number;
        }
        case Boolean truth -> {
          types.add(Shape.Type.BOOLEAN);
          numbers[i] = truth ? 1 : 0;
        }
        case null, default -> {
          types.add(Shape.Type.TEXT);
          numbers[i] = Double.NaN;
          texts[i] = String.valueOf(draft.values().get(metrics.get(i)));
        }
      }
    }
    Shape shape = shapes.intern(new Shape(kind, metrics, types));
    return new Reading(
        draft.device(), shape, draft.time(), draft.receivedAt(), offset, 0, numbers, texts);
  }
}
