package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.engine.NaiveCondition.Said;
import dev.hologrid.rules.language.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Any rules on any readings: the engine says what a slow reading of the handbook says. */
final class ReferenceTest {
  private static final int SECONDS = 150;
  private static final Map<String, String> BUILDINGS =
      Map.of("b0", "h0", "b1", "h0", "b2", "h1", "b3", "h1");

  /** Rules and readings of one seed. */
  private record Case(List<NaiveRule> rules, List<Said> day, String yaml) {
    static Case of(long seed) {
      Random random = new Random(seed);
      List<NaiveRule> rules = new ArrayList<>();
      StringBuilder yaml = new StringBuilder();
      for (int i = 0; i < 4; i++) {
        NaiveRule rule = NaiveRule.random("rule-" + i, random);
        rules.add(rule);
        yaml.append(rule.yaml());
      }
      return new Case(rules, day(random), Bench.group(yaml.toString()));
    }

    private static List<Said> day(Random random) {
      List<Said> day = new ArrayList<>();
      for (int second = 1; second < SECONDS; second++) {
        for (String device : NaiveRule.DEVICES) {
          if (random.nextInt(6) == 0) {
            day.add(new Said(second, device, values(random)));
          }
        }
      }
      return day;
    }

    private static Map<String, Object> values(Random random) {
      Map<String, Object> values = new LinkedHashMap<>();
      int what = random.nextInt(10);
      if (what < 7) {
        values.put("temperature", 10.0 * random.nextInt(11));
      }
      if (what == 5 || what == 6 || what == 7) {
        values.put("humidity", 10.0 * random.nextInt(11));
      }
      if (what == 4 || what == 8) {
        values.put("smoke", random.nextBoolean());
      }
      if (what == 3 || what == 9) {
        values.put("event", random.nextInt(3) == 0 ? "denied" : "granted");
      }
      if (values.isEmpty() || what == 9 && random.nextBoolean()) {
        values.clear();
        values.put("online", random.nextBoolean());
      }
      return values;
    }

    /** What the rules mean, told by the slow way. */
    List<String> expected() {
      for (int now = 0, at = 0; now <= SECONDS; now++) {
        for (NaiveRule rule : rules) {
          rule.second(now, BUILDINGS);
        }
        for (; at < day.size() && day.get(at).at() == now; at++) {
          for (NaiveRule rule : rules) {
            rule.said(day.get(at), BUILDINGS);
          }
        }
        for (NaiveRule rule : rules) {
          rule.after(now);
        }
      }
      return rules.stream().flatMap(r -> r.events.stream()).sorted().toList();
    }
  }

  private static Bench bench(RuleSet rules, EngineSettings settings) {
    Bench b = new Bench(new RuleEngine(rules, settings));
    for (String device : NaiveRule.DEVICES) {
      b.device(device, "boiler", BUILDINGS.getOrDefault(device, ""));
    }
    b.engine.advance(Bench.START, b.events::add);
    return b;
  }

  private static Object[] values(Said said) {
    List<Object> all = new ArrayList<>();
    said.values()
        .forEach(
            (metric, value) -> {
              all.add(metric);
              all.add(value);
            });
    return all.toArray();
  }

  private static List<String> lines(Bench b) {
    return b.events.stream()
        .map(
            e ->
                (e.at() - Bench.START) / 1_000
                    + "s "
                    + e.kind()
                    + " "
                    + e.alert().id().rule()
                    + " "
                    + e.alert().id().subject()
                    + " "
                    + e.alert().severity())
        .sorted()
        .toList();
  }

  @Property
  void the_engine_says_what_the_handbook_says(@ForAll long seed) {
    Case c = Case.of(seed);
    Bench b = bench(Bench.rules(c.yaml()), EngineSettings.DEFAULT);
    for (Said said : c.day()) {
      b.at(said.at() * 1_000L, said.device(), "boiler", values(said));
    }
    b.advance(SECONDS * 1_000L);
    assertThat(lines(b)).as("%s", c.yaml()).isEqualTo(c.expected());
  }

  @Property
  void any_rules_survive_a_snapshot_at_any_point(@ForAll long seed) {
    Case c = Case.of(seed);
    RuleSet rules = Bench.rules(c.yaml());
    Bench whole = bench(rules, EngineSettings.DEFAULT);
    Bench cut = bench(rules, EngineSettings.DEFAULT);
    Random random = new Random(seed);
    for (Said said : c.day()) {
      Reading reading =
          whole.reading(
              said.device(),
              "boiler",
              Bench.START + said.at() * 1_000L,
              Bench.START + said.at() * 1_000L,
              values(said));
      whole.send(reading);
      cut.send(reading);
      if (random.nextInt(12) == 0) {
        cut.engine = RuleEngine.restore(rules, EngineSettings.DEFAULT, cut.engine.snapshot());
      }
    }
    whole.advance(SECONDS * 1_000L);
    cut.advance(SECONDS * 1_000L);
    assertThat(lines(cut)).as("%s", c.yaml()).isEqualTo(lines(whole));
    assertThat(cut.events).as("%s", c.yaml()).isEqualTo(whole.events);
    assertThat(cut.engine.active()).isEqualTo(whole.engine.active());
  }

  /** A reading on its way. */
  private record Arrival(Reading reading, long at) {}

  @Property
  void any_rules_give_the_same_in_any_order_of_arrival(@ForAll long seed) {
    Case c = Case.of(seed);
    RuleSet rules = Bench.rules(c.yaml());
    EngineSettings late = EngineSettings.DEFAULT.withLateness(Duration.ofSeconds(7));
    Bench inOrder = bench(rules, late);
    Bench shuffled = bench(rules, late);
    Random random = new Random(seed);
    List<Arrival> arrivals = new ArrayList<>();
    long last = Bench.START;
    for (Said said : c.day()) {
      // Times all different: what happens first within one moment is a matter of arrival.
      last = Math.max(last + 1, Bench.START + said.at() * 1_000L);
      Reading reading = inOrder.reading(said.device(), "boiler", last, last, values(said));
      inOrder.send(reading);
      arrivals.add(new Arrival(reading, last + random.nextInt(6_999)));
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
    assertThat(sorted(shuffled.events)).as("%s", c.yaml()).isEqualTo(sorted(inOrder.events));
    assertThat(shuffled.engine.counts().late()).isZero();
  }

  private static List<String> sorted(List<AlertEvent> events) {
    return events.stream().map(Bench::line).sorted().toList();
  }
}
