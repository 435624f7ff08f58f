package dev.hologrid.rules.testing;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.language.RuleSet;
import dev.hologrid.rules.language.Spot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One test: a small district, what its devices say, and which alerts fire at some moments. All
 * times are epoch milliseconds.
 *
 * @param name what it shows
 * @param at where it stands in its file
 * @param start when virtual time begins
 * @param lateness how long readings wait to be put in order
 * @param devices what was provisioned before the start
 * @param readings in the order of their receipt
 * @param restarts when the engine is stopped and goes on from its snapshot
 * @param silences as operators would set them, known from the start
 * @param expectations in the order of the file
 */
public record TestCase(
    String name,
    Spot at,
    long start,
    Duration lateness,
    List<Device> devices,
    List<Reading> readings,
    List<Long> restarts,
    List<RuleSet.Silence> silences,
    List<Expectation> expectations) {
  public TestCase {
    devices = List.copyOf(devices);
    readings = List.copyOf(readings);
    restarts = List.copyOf(restarts);
    silences = List.copyOf(silences);
    expectations = List.copyOf(expectations);
  }

  /**
   * What fires at a moment: these alerts and no other ones of the rule.
   *
   * @param at where it stands
   * @param moment when
   * @param rule the rule's name, empty for all rules
   * @param alerts the alerts, in any order; none: nothing fires
   */
  public record Expectation(Spot at, long moment, String rule, List<Expected> alerts) {
    public Expectation {
      alerts = List.copyOf(alerts);
    }
  }

  /**
   * An alert as far as the test cares: what is not named may be anything.
   *
   * @param at where it stands
   * @param labels the alert's labels, and {@code device}, {@code severity}, {@code category},
   *     {@code place}, {@code rule} and the levels of the grid
   * @param annotations the filled texts
   * @param value the alert's value, or null
   * @param since when it started to fire, or null
   */
  public record Expected(
      Spot at,
      Map<String, String> labels,
      Map<String, String> annotations,
      @Nullable Double value,
      @Nullable Long since) {
    public Expected {
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
    }
  }

  /** Runs it; the same rules always give the same result. */
  public TestResult run(RuleSet rules) {
    return new TestRun(this, rules).run();
  }
}
