package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.language.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The same readings give the same alerts, whatever happens on the way. */
final class DeterminismTest {
  private static final RuleSet RULES =
      Bench.rules(
          Bench.group(
              """
              - alert: hot
                on: boiler
                expr: temperature > 70
                clear: temperature < 50
                for: 5s
                keep_firing_for: 3s
                levels:
                  - { severity: critical, when: temperature > 90, for: 2s }
                labels: { severity: major, category: OVERHEAT }
              - alert: mean
                on: boiler
                expr: avg(temperature, '20s') > 55 && count(temperature > 50, '20s') >= 3
                labels: { severity: minor, category: OVERHEAT }
              - alert: silent
                on: boiler
                absent: 15s
                labels: { severity: info, category: OFFLINE }
              - alert: two
                on: boiler
                same: building
                within: 10s
                at_least: 2
                of:
                  - { when: temperature > 80 }
                labels: { severity: critical, category: OVERHEAT }
              - alert: up-up
                on: boiler
                within: 20s
                sequence:
                  - { when: temperature > 60, times: 2 }
                  - { when: temperature < 30 }
                labels: { severity: info, category: FAULT }
              """));

  /** Readings with times all different, in order, each received at its time. */
  private static List<Reading> day(Bench b, long seed) {
    Random random = new Random(seed);
    List<Reading> all = new ArrayList<>();
    long time = Bench.START;
    for (int i = 0; i < 120; i++) {
      time += 1 + random.nextInt(2_000);
      String device = "b" + random.nextInt(3);
      all.add(b.reading(device, "boiler", time, time, "temperature", random.nextInt(100)));
    }
    return all;
  }

  private static Bench bench(EngineSettings settings) {
    Bench b = new Bench(new RuleEngine(RULES, settings));
    for (int i = 0; i < 3; i++) {
      b.device("b" + i, "boiler", "house");
    }
    return b;
  }

  private static List<String> lines(List<AlertEvent> events) {
    return events.stream().map(Bench::line).sorted(Comparator.naturalOrder()).toList();
  }

  @Property
  void any_order_of_arrival_within_the_lateness_gives_the_same_alerts(@ForAll long seed) {
    EngineSettings settings = EngineSettings.DEFAULT.withLateness(Duration.ofSeconds(10));
    Bench inOrder = bench(settings);
    Bench shuffled = bench(settings);
    List<Reading> day = day(inOrder, seed);
    inOrder.engine.advance(Bench.START, inOrder.events::add);
    shuffled.engine.advance(Bench.START, shuffled.events::add);
    day.forEach(inOrder::send);
    Random random = new Random(seed + 1);
    record Arrival(Reading reading, long at) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (Reading reading : day) {
      arrivals.add(new Arrival(reading, reading.time() + random.nextInt(9_999)));
    }
    arrivals.sort(Comparator.comparingLong(Arrival::at));
    long offset = 0;
    for (Arrival a : arrivals) {
      Reading r = a.reading();
      shuffled.send(
          new Reading(
              r.device(), r.shape(), r.time(), a.at(), offset++, 0, r.numbers(), r.texts()));
    }
    inOrder.advance(1_000_000);
    shuffled.advance(1_000_000);
    assertThat(lines(shuffled.events)).isEqualTo(lines(inOrder.events));
    assertThat(inOrder.events).isNotEmpty();
  }

  @Property
  void a_snapshot_at_any_point_changes_nothing(@ForAll long seed) {
    Bench whole = bench(EngineSettings.DEFAULT);
    Bench cut = bench(EngineSettings.DEFAULT);
    List<Reading> day = day(whole, seed);
    Random random = new Random(seed);
    for (Reading reading : day) {
      whole.send(reading);
      cut.send(reading);
      if (random.nextInt(10) == 0) {
        cut.engine = RuleEngine.restore(RULES, EngineSettings.DEFAULT, cut.engine.snapshot());
      }
    }
    whole.advance(1_000_000);
    cut.advance(1_000_000);
    assertThat(cut.events).isEqualTo(whole.events);
  }

  @Property
  void how_often_time_is_moved_on_changes_nothing(@ForAll long seed) {
    Bench seldom = bench(EngineSettings.DEFAULT);
    Bench often = bench(EngineSettings.DEFAULT);
    long last = Bench.START;
    seldom.engine.advance(last, seldom.events::add);
    often.engine.advance(last, often.events::add);
    for (Reading reading : day(seldom, seed)) {
      for (long t = last + 1; t < reading.time(); t += 500) {
        often.engine.advance(t, often.events::add);
      }
      seldom.send(reading);
      often.send(reading);
      last = reading.time();
    }
    seldom.advance(1_000_000);
    often.advance(1_000_000);
    assertThat(lines(often.events)).isEqualTo(lines(seldom.events));
  }
}
