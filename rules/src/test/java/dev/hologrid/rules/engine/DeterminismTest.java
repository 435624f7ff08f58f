package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.language.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

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
                  - alert: gauge-silent
                    on: { kind: boiler, metric: pressure }
                    absent: 20s
                    labels: { severity: info, category: FAULT }
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
                  - alert: many
                    on: boiler
                    same: building
                    share: { when: temperature > 60, over: 0.4, minimum: 3 }
                    for: 2s
                    labels: { severity: minor, category: FAULT }
                  - alert: many-hot
                    on: boiler
                    same: building
                    share: { alert: hot, over: 0.3 }
                    labels: { severity: minor, category: HEAT }
                  - alert: flapping
                    on: boiler
                    expr: pressure > 50
                    flap: { raises: 3, within: 40s, hold: 15s }
                    labels: { severity: minor, category: PRESSURE }
                  - alert: unanswered
                    on: boiler
                    same: building
                    with: { kind: boiler, labels: { lead: 'yes' } }
                    sequence: [pressure > 80]
                    unless: { when: pressure < 20, within: 10s }
                    clear: absent 30s
                    labels: { severity: critical, category: PRESSURE }
                  - alert: after
                    same: building
                    within: 30s
                    sequence: [{ alert: hot }, { alert: flapping }]
                    labels: { severity: info, category: FAULT }
                  - alert: now-and-then
                    on: boiler
                    expr: temperature > 40
                    during: [minutes]
                    labels: { severity: info, category: HEAT }
                  """)
              + """
              time_intervals:
                - name: minutes
                  intervals: [{ times: ['06:41-06:42', '06:43-06:44', '06:45-06:46'] }]
              inhibit:
                - { source: two, target: [hot, mean], same: building }
                - { source: hot, target: HEAT }
              """);

  /** Readings with times all different, in order, each received at its time. */
  private static List<Reading> day(Bench b, long seed) {
    Random random = new Random(seed);
    List<Reading> all = new ArrayList<>();
    long time = Bench.START;
    for (int i = 0; i < 160; i++) {
      time += 1 + random.nextInt(i % 40 == 39 ? 25_000 : 2_500);
      String device = "b" + random.nextInt(4);
      String metric = random.nextInt(3) == 0 ? "pressure" : "temperature";
      all.add(b.reading(device, "boiler", time, time, metric, random.nextInt(100)));
    }
    return all;
  }

  private static Bench bench(EngineSettings settings) {
    Bench b = new Bench(new RuleEngine(RULES, settings));
    b.device("b0", "boiler", "house", Map.of("lead", "yes"));
    for (int i = 1; i < 4; i++) {
      b.device("b" + i, "boiler", "house");
    }
    return b;
  }

  /** Every rule has its say, or the days show nothing of it. */
  @Test
  void the_days_make_every_rule_fire_and_end() {
    Set<String> raised = new TreeSet<>();
    Set<String> cleared = new TreeSet<>();
    for (long seed = 0; seed < 5; seed++) {
      Bench b = bench(EngineSettings.DEFAULT);
      b.engine.advance(Bench.START, b.events::add);
      day(b, seed).forEach(b::send);
      b.advance(1_000_000);
      for (AlertEvent each : b.events) {
        (each.kind() == AlertEvent.Kind.CLEARED ? cleared : raised).add(each.alert().id().rule());
      }
      assertThat(b.events)
          .as("damped, and held back and let out again")
          .anyMatch(e -> e.alert().labels().containsKey("raises"))
          .anyMatch(e -> e.kind() == AlertEvent.Kind.RAISED && e.at() > e.alert().startedAt());
    }
    List<String> all = RULES.rules().stream().map(Rule::name).toList();
    assertThat(raised).containsAll(all);
    assertThat(cleared).containsAll(all);
  }

  /** What was told, whatever the order within a moment: kind, time, severity, start, labels. */
  private static List<String> lines(List<AlertEvent> events) {
    return events.stream()
        .map(
            e ->
                Bench.line(e)
                    + " "
                    + e.alert().startedAt()
                    + " "
                    + new TreeMap<>(e.alert().labels()))
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  @Property(tries = 60)
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

  @Property(tries = 60)
  void a_snapshot_at_any_point_changes_nothing(@ForAll long seed) {
    cutAnywhere(seed, EngineSettings.DEFAULT);
  }

  /** Readings that wait to be put in order are part of a snapshot. */
  @Property(tries = 60)
  void nor_does_one_while_readings_wait(@ForAll long seed) {
    cutAnywhere(seed, EngineSettings.DEFAULT.withLateness(Duration.ofSeconds(10)));
  }

  private static void cutAnywhere(long seed, EngineSettings settings) {
    Bench whole = bench(settings);
    Bench cut = bench(settings);
    List<Reading> day = day(whole, seed);
    Random random = new Random(seed);
    for (Reading reading : day) {
      whole.send(reading);
      cut.send(reading);
      if (random.nextInt(6) == 0) {
        cut.engine = RuleEngine.restore(RULES, settings, cut.engine.snapshot());
      }
    }
    whole.advance(1_000_000);
    cut.advance(1_000_000);
    assertThat(cut.events).isEqualTo(whole.events);
    assertThat(cut.engine.active()).isEqualTo(whole.engine.active());
    assertThat(cut.engine.counts()).isEqualTo(whole.engine.counts());
  }

  @Property(tries = 60)
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
