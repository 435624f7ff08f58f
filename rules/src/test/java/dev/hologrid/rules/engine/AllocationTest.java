package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.language.RuleSet;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reading that sets nothing off leaves nothing for the collector, with and without lateness. */
final class AllocationTest {
  private static final RuleSet RULES =
      Bench.rules(
          Bench.group(
              """
              - alert: hot
                on: boiler
                expr: temperature > 1000 && event != 'test'
                for: 10s
                labels: { severity: major, category: OVERHEAT }
              - alert: steep
                on: boiler
                expr: rate(temperature, '20s') > 1000 || avg(temperature, '20s') > 1000
                labels: { severity: major, category: OVERHEAT }
              - alert: burst
                on: boiler
                expr: count(event == 'denied', '60s') >= 5
                labels: { severity: minor, category: FAULT }
              - alert: together
                on: boiler
                same: building
                at_least: 2
                of: [{ when: temperature > 1000 }]
                labels: { severity: minor, category: FAULT }
              - alert: many
                same: building
                share: { when: temperature > 1000, over: 0.2 }
                labels: { severity: minor, category: FAULT }
              """));

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void nothing_is_allocated_where_nothing_fires(int lateness) {
    Bench b =
        new Bench(
            new RuleEngine(
                RULES, EngineSettings.DEFAULT.withLateness(Duration.ofSeconds(lateness))));
    for (int d = 0; d < 50; d++) {
      b.device("d" + d, "boiler", "h" + d / 10);
    }
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      long time = Bench.START + i * 20L;
      readings.add(
          b.reading(
              "d" + i % 50, "boiler", time, time, "temperature", 20 + i % 7, "event", "granted"));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int half = readings.size() / 2;
    readings.subList(0, half).forEach(b::send);
    RuleEngine engine = b.engine;
    long thread = Thread.currentThread().threadId();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = half; i < readings.size(); i++) {
      engine.accept(readings.get(i), AllocationTest::unheard);
    }
    long bytes = threads.getThreadAllocatedBytes(thread) - before;
    // The measuring itself and the interpreter take some; a single object a reading would be
    // 320,000.
    assertThat(bytes).isLessThan(half * 2L);
  }

  private static void unheard(dev.hologrid.rules.alert.AlertEvent event) {
    throw new AssertionError("nothing was to fire: " + event);
  }
}
