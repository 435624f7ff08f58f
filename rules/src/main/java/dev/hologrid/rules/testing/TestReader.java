package dev.hologrid.rules.testing;

import dev.hologrid.rules.language.Durations;
import dev.hologrid.rules.language.Issues;
import dev.hologrid.rules.language.Nearest;
import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.language.RuleSet;
import dev.hologrid.rules.language.Section;
import dev.hologrid.rules.language.Spot;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one test. */
final class TestReader {
  /** A Monday, 08:00 in Shanghai. */
  static final long MONDAY = 1_767_571_200_000L;

  private final Section test;
  private final RuleSet rules;
  private final Issues issues;

  TestReader(Section test, RuleSet rules, Issues issues) {
    this.test = test;
    this.rules = rules;
    this.issues = issues;
  }

  TestCase read(long evaluationInterval, int number) {
    Spot name = test.scalar("name");
    long start = start();
    long interval = test.duration("interval", evaluationInterval);
    if (interval == 0) {
      issues.add(test.key("interval"), "'interval' is longer than nothing", "");
      interval = 60_000;
    }
    DeviceBook devices = new DeviceBook(issues);
    for (Section section : test.sections("devices")) {
      devices.declare(section);
      section.refuseOtherKeys();
    }
    ReadingDrafts drafts = new ReadingDrafts(devices, rules.vocabulary(), issues, start);
    for (Section section : test.sections("input_series")) {
      drafts.series(section, interval);
      section.refuseOtherKeys();
    }
    for (Section section : test.sections("events")) {
      drafts.event(section);
    }
    return new TestCase(
        name == null ? "test " + number : name.text(),
        name == null ? test.here() : name,
        start,
        Duration.ofMillis(test.duration("lateness", 0)),
        devices.all(),
        drafts.readings(),
        restarts(start),
        silences(start),
        expectations(start));
  }

  private long start() {
    Spot spot = either(test, "start", "start_timestamp");
    if (spot == null) {
      return MONDAY;
    }
    if (spot.text().matches("\\d{1,11}")) {
      return Long.parseLong(spot.text()) * 1_000;
    }
    try {
      return OffsetDateTime.parse(spot.text()).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      issues.add(spot, "not a moment", "for example 2026-01-05T08:00:00+08:00 or epoch seconds");
      return MONDAY;
    }
  }

  /** The value under one of two words for the same thing. */
  private @Nullable Spot either(Section section, String key, String other) {
    Spot spot = section.scalar(key);
    Spot second = section.scalar(other);
    if (spot != null && second != null) {
      issues.add(second, "'" + key + "' and '" + other + "' are the same; give one", "");
    }
    return spot == null ? second : spot;
  }

  private List<Long> restarts(long start) {
    List<Long> all = new ArrayList<>();
    for (Spot spot : test.texts("restarts")) {
      all.add(start + after(spot));
    }
    return all;
  }

  private long after(Spot spot) {
    OptionalLong millis = Durations.parse(spot.text());
    if (millis.isEmpty() && !spot.text().equals("0")) {
      issues.add(spot, "not a duration from the start", "write it as 0s, 90s or 5m");
    }
    return millis.orElse(0);
  }

  private List<RuleSet.Silence> silences(long start) {
    List<RuleSet.Silence> all = new ArrayList<>();
    for (Section section : test.sections("silences")) {
      Map<String, String> labels =
          section.map("labels").entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().text()));
      Rule.Where where =
          new Rule.Where(
              Set.copyOf(section.texts("device").stream().map(Spot::text).toList()),
              section.text("place", ""),
              labels);
      all.add(
          new RuleSet.Silence(
              section.text("name", "silence"),
              section.texts("rules").stream().map(Spot::text).toList(),
              where,
              start + section.duration("from", 0),
              start + section.duration("until", 365L * 86_400_000)));
      section.refuseOtherKeys();
    }
    return all;
  }

  private List<TestCase.Expectation> expectations(long start) {
    List<TestCase.Expectation> all = new ArrayList<>();
    String key = test.has("expect") ? "expect" : "alert_rule_test";
    for (Section section : test.sections(key)) {
      Spot at = either(section, "eval_time", "at");
      if (at == null) {
        issues.add(section.here(), "when? Give 'eval_time', such as 5m", "");
      }
      Spot rule = either(section, "alertname", "alert");
      if (rule != null && rules.rule(rule.text()).isEmpty()) {
        List<String> known = rules.rules().stream().map(Rule::name).toList();
        issues.add(
            rule, "no rule is named '" + rule.text() + "'", Nearest.hint(rule.text(), known));
      }
      List<TestCase.Expected> alerts = new ArrayList<>();
      for (Section each : section.sections("exp_alerts")) {
        alerts.add(expected(each, start));
        each.refuseOtherKeys();
      }
      section.refuseOtherKeys();
      all.add(
          new TestCase.Expectation(
              section.here(),
              start + (at == null ? 0 : after(at)),
              rule == null ? "" : rule.text(),
              alerts));
    }
    if (all.isEmpty()) {
      issues.add(test.here(), "a test that expects nothing shows nothing", "add alert_rule_test");
    }
    return all;
  }

  private TestCase.Expected expected(Section section, long start) {
    Map<String, String> labels = new LinkedHashMap<>(texts(section, "exp_labels", "labels"));
    for (String key : List.of("device", "severity", "category", "place")) {
      Spot spot = section.scalar(key);
      if (spot != null) {
        labels.put(key, spot.text());
      }
    }
    Spot since = section.scalar("since");
    Spot value = section.scalar("value");
    return new TestCase.Expected(
        section.here(),
        labels,
        texts(section, "exp_annotations", "annotations"),
        value == null ? null : number(value),
        since == null ? null : (Long) (start + after(since)));
  }

  private Double number(Spot value) {
    try {
      return Double.valueOf(value.text());
    } catch (NumberFormatException e) {
      issues.add(value, "'value' is a number", "");
      return 0.0;
    }
  }

  private static Map<String, String> texts(Section section, String key, String other) {
    Map<String, String> all = new HashMap<>();
    section.map(key).forEach((name, spot) -> all.put(name, spot.text()));
    section.map(other).forEach((name, spot) -> all.put(name, spot.text()));
    return all;
  }
}
