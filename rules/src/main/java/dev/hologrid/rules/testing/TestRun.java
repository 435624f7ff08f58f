package dev.hologrid.rules.testing;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.alert.AlertId;
import dev.hologrid.rules.engine.EngineSettings;
import dev.hologrid.rules.engine.RuleEngine;
import dev.hologrid.rules.language.Durations;
import dev.hologrid.rules.language.RuleSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One run of a test. What it sees is what operators are told: hushed alerts are not there. */
final class TestRun {
  private final TestCase test;
  private final RuleSet rules;
  private final EngineSettings settings;
  private final Map<AlertId, Alert> firing = new LinkedHashMap<>();
  private final List<AlertEvent> told = new ArrayList<>();
  private RuleEngine engine;
  private int next;

  TestRun(TestCase test, RuleSet rules) {
    this.test = test;
    this.rules = rules;
    this.settings = EngineSettings.DEFAULT.withLateness(test.lateness());
    this.engine = new RuleEngine(rules, settings);
  }

  TestResult run() {
    for (Device device : test.devices()) {
      engine.place(device);
    }
    engine.silences(test.silences(), this::hear);
    engine.advance(test.start(), this::hear);
    record Moment(long at, Runnable step) {}
    List<Moment> moments = new ArrayList<>();
    List<TestResult.Failure> failures = new ArrayList<>();
    for (long at : test.restarts()) {
      moments.add(new Moment(at, () -> restart(at)));
    }
    for (TestCase.Expectation each : test.expectations()) {
      moments.add(new Moment(each.moment(), () -> check(each, failures)));
    }
    moments.sort(Comparator.comparingLong(Moment::at));
    for (Moment moment : moments) {
      readUpTo(moment.at());
      engine.advance(moment.at(), this::hear);
      moment.step().run();
    }
    return new TestResult(test.name(), test.at().at(), failures);
  }

  private void readUpTo(long moment) {
    List<Reading> all = test.readings();
    while (next < all.size() && all.get(next).receivedAt() <= moment) {
      engine.accept(all.get(next++), this::hear);
    }
  }

  private void restart(long at) {
    engine = RuleEngine.restore(rules, settings, engine.snapshot());
    engine.silences(test.silences(), this::hear);
    engine.advance(at, this::hear);
  }

  private void hear(AlertEvent event) {
    told.add(event);
    if (event.kind() == AlertEvent.Kind.CLEARED) {
      firing.remove(event.alert().id());
    } else {
      firing.put(event.alert().id(), event.alert());
    }
  }

  private void check(TestCase.Expectation expectation, List<TestResult.Failure> failures) {
    List<Alert> found =
        firing.values().stream()
            .filter(a -> expectation.rule().isEmpty() || expectation.rule().equals(a.id().rule()))
            .toList();
    Difference difference = new Difference(test, expectation.alerts(), found);
    if (difference.none()) {
      return;
    }
    String what = expectation.rule().isEmpty() ? "all rules" : expectation.rule();
    String message =
        what
            + " at "
            + elapsed(expectation.moment())
            + ": expected "
            + count(expectation.alerts().size())
            + ", found "
            + found.size();
    failures.add(
        new TestResult.Failure(
            expectation.at().at(), message, difference.text() + history(expectation.rule())));
  }

  private static String count(int alerts) {
    return alerts == 1 ? "1 alert" : alerts + " alerts";
  }

  private String elapsed(long moment) {
    return Durations.format(moment - test.start());
  }

  private String history(String rule) {
    StringBuilder text = new StringBuilder();
    for (AlertEvent each : told) {
      if (rule.isEmpty() || rule.equals(each.alert().id().rule())) {
        text.append("\n  ")
            .append(elapsed(each.at()))
            .append(' ')
            .append(each.kind().name().toLowerCase(Locale.ROOT))
            .append(' ')
            .append(each.alert().id().rule())
            .append(' ')
            .append(each.alert().id().subject())
            .append(' ')
            .append(each.alert().severity().name().toLowerCase(Locale.ROOT));
      }
    }
    return text.isEmpty() ? "\nuntil then: nothing" : "\nuntil then:" + text;
  }
}
