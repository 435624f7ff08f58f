package dev.hologrid.rules.engine;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.Shapes;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A district in virtual time: what devices say, what alerts come of it. */
final class Bench {
  static final long START = 1_795_473_630_000L;

  final List<AlertEvent> events = new ArrayList<>();
  RuleEngine engine;
  private final Shapes shapes = new Shapes(100);
  private long now = START;
  private long offset;

  Bench(RuleEngine engine) {
    this.engine = engine;
  }

  static RuleSet rules(String yaml) {
    return RuleSet.load(List.of(new RuleFile("test.yaml", yaml))).orThrow();
  }

  static Bench of(RuleSet rules) {
    return new Bench(new RuleEngine(rules, EngineSettings.DEFAULT));
  }

  static Bench of(String yaml) {
    return of(rules(yaml));
  }

  /** One rule given without the frame around it; each line is indented as it must be. */
  static Bench ofRule(String rule) {
    return of(group(rule));
  }

  static String group(String rules) {
    return "groups:\n  - name: test\n    rules:\n" + rules.indent(6);
  }

  /** A device in one building of a small tree, the floor being the last part of its path. */
  Bench device(String id, String kind, String building) {
    return device(id, kind, building, Map.of());
  }

  Bench device(String id, String kind, String building, Map<String, String> labels) {
    List<String> path = List.of("d", "t", "c", "g", building, building + "-F1");
    engine.place(new Device(id, kind, path, labels));
    return this;
  }

  /** Moves virtual time to so many milliseconds after the start, without a reading. */
  Bench advance(long millis) {
    now = START + millis;
    engine.advance(now, events::add);
    return this;
  }

  /** A reading at so many milliseconds after the start, received at once. */
  Bench at(long millis, String device, String kind, Object... values) {
    now = Math.max(now, START + millis);
    return send(reading(device, kind, START + millis, now, values));
  }

  Bench send(Reading reading) {
    engine.accept(reading, events::add);
    return this;
  }

  Reading reading(String device, String kind, long time, long receivedAt, Object... values) {
    List<String> metrics = new ArrayList<>();
    List<Shape.Type> types = new ArrayList<>();
    double[] numbers = new double[values.length / 2];
    @Nullable String[] texts = new String[values.length / 2];
    for (int i = 0; i < numbers.length; i++) {
      metrics.add((String) values[2 * i]);
      switch (values[2 * i + 1]) {
        case Number number -> {
          types.add(Shape.Type.NUMBER);
          numbers[i] = number.doubleValue();
        }
        case Boolean truth -> {
          types.add(Shape.Type.BOOLEAN);
          numbers[i] = truth ? 1 : 0;
        }
        case Object text -> {
          types.add(Shape.Type.TEXT);
          numbers[i] = Double.NaN;
          texts[i] = text.toString();
        }
      }
    }
    Shape shape = shapes.intern(new Shape(kind, metrics, types));
    return new Reading(device, shape, time, receivedAt, offset++, 0, numbers, texts);
  }

  /** {@code 0s RAISED smoke-alarm sm-1 MAJOR} for each event, and forgets them. */
  List<String> said() {
    List<String> all = events.stream().map(Bench::line).toList();
    events.clear();
    return all;
  }

  static String line(AlertEvent e) {
    return String.format(
        Locale.ROOT,
        "%s %s %s %s %s",
        Duration.ofMillis(e.at() - START).toString().substring(2).toLowerCase(Locale.ROOT),
        e.kind(),
        e.alert().id().rule(),
        e.alert().id().subject(),
        e.alert().severity());
  }
}
