package dev.hologrid.peers;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.engine.AlertSink;
import dev.hologrid.rules.engine.EngineSettings;
import dev.hologrid.rules.engine.RuleEngine;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RuleSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our engine, fed as the gateway feeds it: {@code expect} for a bunch, one {@code accept} per reading, device by its id. */
final class HoloGridSubject implements Subject {
  private static final Shape SHAPE =
      new Shape(
          "smoke",
          List.of("temperature", "event", "online"),
          List.of(Shape.Type.NUMBER, Shape.Type.TEXT, Shape.Type.BOOLEAN));

  /** As many as the gateway tells the engine of before they come. */
  private static final int BUNCH = 64;

  private final Map<String, Integer> subjects = new HashMap<>();
  private @Nullable Stream stream;
  private @Nullable RuleSet rules;
  private Reading[] readings = {};
  private @Nullable RuleEngine engine;
  private Alerts alerts = new Alerts(0);
  private final AlertSink sink =
      event -> {
        if (event.kind() == AlertEvent.Kind.RAISED) {
          Integer subject = subjects.get(event.alert().id().subject());
          alerts.add(subject == null ? -1 : subject, event.alert().startedAt());
        }
      };

  @Override
  public void prepare(Stream of, BenchRule rule) {
    stream = of;
    rules = RuleSet.load(List.of(new RuleFile("bench.yaml", rule.file()))).orThrow();
    readings = readings(of);
    for (int i = 0; i < of.deviceIds.length; i++) {
      subjects.put(of.deviceIds[i], i);
    }
    for (int i = 0; i < of.buildingIds.length; i++) {
      subjects.put(of.buildingIds[i], i);
    }
  }

  static Reading[] readings(Stream of) {
    Reading[] readings = new Reading[of.size];
    for (int i = 0; i < of.size; i++) {
      readings[i] =
          new Reading(
              of.deviceIds[of.device[i]],
              SHAPE,
              of.time[i],
              of.time[i],
              i,
              0,
              new double[] {of.temperature[i], Double.NaN, of.online[i] ? 1 : 0},
              new String[] {null, Stream.EVENTS.get(of.event[i]), null});
    }
    return readings;
  }

  static void place(RuleEngine engine, Stream of) {
    for (int d = 0; d < of.deviceIds.length; d++) {
      String building = of.buildingIds[of.building(d)];
      List<String> path = List.of("district", "town", "community", "grid", building);
      engine.place(new Device(of.deviceIds[d], "smoke", path, Map.of()));
    }
  }

  @Override
  public void fresh() {
    Stream of = given();
    engine = new RuleEngine(rule(), EngineSettings.DEFAULT);
    place(engine, of);
    alerts = new Alerts(of.deviceIds.length);
  }

  private Stream given() {
    if (stream == null) {
      throw new IllegalStateException("prepare comes first");
    }
    return stream;
  }

  private RuleSet rule() {
    if (rules == null) {
      throw new IllegalStateException("prepare comes first");
    }
    return rules;
  }

  private RuleEngine running() {
    if (engine == null) {
      throw new IllegalStateException("fresh comes first");
    }
    return engine;
  }

  @Override
  public long take(int from, int until) {
    RuleEngine running = running();
    Reading[] all = readings;
    long start = Cpu.nanos();
    for (int begin = from; begin < until; begin += BUNCH) {
      int end = Math.min(begin + BUNCH, until);
      for (int i = begin; i < end; i++) {
        running.expect(all[i]);
      }
      for (int i = begin; i < end; i++) {
        running.accept(all[i], sink);
      }
    }
    return Cpu.nanos() - start;
  }

  @Override
  public void finish() {
    running().advance(given().lastTime(), sink);
  }

  @Override
  public void forget() {
    engine = null;
  }

  @Override
  public Alerts alerts() {
    return alerts;
  }
}
