package dev.hologrid.rules.language;

import dev.hologrid.rules.PlaceLevel;
import dev.hologrid.rules.Shape;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads rule files into a rule set, or into every issue there is. */
final class RuleReader {
  /** A device has a bit for each. */
  private static final int MOST_SHARES = 64;

  private static final List<String> PARTS =
      List.of("groups", "metrics", "time_intervals", "holidays", "inhibit", "maintenance");

  private final Issues issues = new Issues();
  private final Vocabulary vocabulary;
  private final Map<Set<String>, Conditions> compilers = new HashMap<>();
  private final List<Rule> rules = new ArrayList<>();

  /** Names of rules with an issue of their own: that they are missing is no second issue. */
  private final Set<String> broken = new HashSet<>();

  private final Map<String, Spot> names = new HashMap<>();
  private final Map<String, List<Spot>> references = new LinkedHashMap<>();
  private final Map<String, Calendar> calendars = new LinkedHashMap<>();
  private final List<RuleSet.Inhibition> inhibitions = new ArrayList<>();
  private final List<RuleSet.Silence> silences = new ArrayList<>();
  private int shares;

  RuleReader(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  Loaded read(List<RuleFile> files) {
    List<Section> roots = new ArrayList<>();
    Map<String, Shape.Type> metrics = new TreeMap<>();
    for (RuleFile file : files) {
      int before = issues.count();
      Section root = Section.parse(file, issues);
      if (root == null ? issues.count() == before : root.isMapping() && says(root) == null) {
        issues.add(Spot.start(file), "there are no groups of rules in this file", "");
      }
      if (root != null) {
        roots.add(root);
        declare(root, metrics);
      }
    }
    CalendarReader days = new CalendarReader(issues);
    Set<LocalDate> holidays = new HashSet<>();
    roots.forEach(root -> holidays.addAll(days.holidays(root)));
    for (Section root : roots) {
      days.read(root, holidays, calendars);
    }
    Vocabulary all = vocabulary.with(metrics);
    for (Section root : roots) {
      for (Section group : root.sections("groups")) {
        group(group, all);
      }
    }
    for (Section root : roots) {
      hushes(root);
      root.refuseOtherKeys();
    }
    List<Rule> ordered = order();
    if (!issues.none()) {
      return new Loaded.Broken(issues.sorted());
    }
    return new Loaded.Ok(new RuleSet(ordered, calendars, inhibitions, silences, all));
  }

  /** A part that a file of rules may consist of; an empty file was perhaps cut off. */
  private static @Nullable String says(Section root) {
    return PARTS.stream().filter(root.keys()::contains).findFirst().orElse(null);
  }

  private void declare(Section root, Map<String, Shape.Type> metrics) {
    root.map("metrics")
        .forEach(
            (name, type) -> {
              switch (type.text()) {
                case "number" -> metrics.put(name, Shape.Type.NUMBER);
                case "boolean" -> metrics.put(name, Shape.Type.BOOLEAN);
                case "text" -> metrics.put(name, Shape.Type.TEXT);
                default -> {
                  String hint = Nearest.hint(type.text(), List.of("number", "boolean", "text"));
                  issues.add(type, "a metric is a number, a boolean or a text", hint);
                }
              }
            });
  }

  private void group(Section group, Vocabulary all) {
    String name = group.text("name", "");
    if (name.isEmpty()) {
      issues.add(group.here(), "a group needs a name", "");
    }
    List<Section> listed = group.sections("rules");
    if (listed.isEmpty() && group.isMapping()) {
      issues.add(group.here(), "a group has 'rules', one or more", "");
    }
    for (Section section : listed) {
      if (!section.isMapping()) {
        continue;
      }
      Rule rule =
          new OneRule(
                  section, issues, all, calendars.keySet(), this::refer, names -> cel(all, names))
              .read(name);
      section.refuseOtherKeys();
      Spot at = section.key("alert");
      claim(section.text("alert", ""), at);
      if (rule == null) {
        broken.add(section.text("alert", ""));
        continue;
      }
      rules.add(rule);
      if (rule.trigger() instanceof Rule.Share && ++shares > MOST_SHARES) {
        issues.add(at, "there are more than " + MOST_SHARES + " rules over a share", "");
      }
    }
    group.refuseOtherKeys();
  }

  /** A name is taken also by a rule that has issues of its own. */
  private void claim(String name, Spot at) {
    Spot before = name.isEmpty() ? null : names.putIfAbsent(name, at);
    if (before != null) {
      String there = before.file() + ":" + (before.line() + 1);
      issues.add(at, "a rule '" + name + "' is already at " + there, "");
    }
  }

  /** Making a compiler is slow; most rules have no params and share one. */
  private Conditions cel(Vocabulary all, Set<String> params) {
    return compilers.computeIfAbsent(
        new TreeSet<>(params), key -> new Conditions(all, Set.copyOf(key)));
  }

  private void refer(Spot alert) {
    references.computeIfAbsent(alert.text(), key -> new ArrayList<>()).add(alert);
  }

  private void hushes(Section root) {
    for (Section section : root.sections("inhibit")) {
      List<String> source = named(section, "source");
      List<String> target = named(section, "target");
      if (source.isEmpty() || target.isEmpty()) {
        issues.add(section.here(), "an inhibition needs a source and a target", "");
      }
      inhibitions.add(new RuleSet.Inhibition(source, target, level(section, "same", issues)));
      section.refuseOtherKeys();
    }
    for (Section section : root.sections("maintenance")) {
      int before = issues.count();
      long from = CalendarReader.moment(section, "from", issues);
      long until = CalendarReader.moment(section, "until", issues);
      if (until <= from && issues.count() == before) {
        issues.add(section.key("until"), "'until' is not after 'from'", "");
      }
      silences.add(
          new RuleSet.Silence(
              section.text("name", "maintenance"),
              named(section, "rules"),
              OneRule.where(section),
              from,
              until));
      section.refuseOtherKeys();
    }
  }

  /** Names of rules or categories; one that is neither would hush nothing, ever. */
  private List<String> named(Section section, String key) {
    Set<String> known = new TreeSet<>();
    for (Rule rule : rules) {
      known.add(rule.name());
      known.add(rule.notice().category());
    }
    List<String> all = new ArrayList<>();
    for (Spot spot : section.texts(key)) {
      if (!known.contains(spot.text()) && !broken.contains(spot.text())) {
        issues.add(
            spot,
            "no rule and no category is named '" + spot.text() + "'",
            Nearest.hint(spot.text(), known));
      }
      all.add(spot.text());
    }
    return all;
  }

  /** Alerts before the rules that look at them; a circle is an issue. */
  private List<Rule> order() {
    Map<String, Rule> byName = new LinkedHashMap<>();
    rules.forEach(rule -> byName.putIfAbsent(rule.name(), rule));
    references.forEach(
        (name, spots) -> {
          if (!byName.containsKey(name) && !broken.contains(name)) {
            for (Spot spot : spots) {
              issues.add(
                  spot, "no rule is named '" + name + "'", Nearest.hint(name, byName.keySet()));
            }
          }
        });
    List<Rule> ordered = new ArrayList<>();
    Map<String, Boolean> done = new HashMap<>();
    for (Rule rule : byName.values()) {
      visit(rule, byName, done, ordered);
    }
    return ordered;
  }

  private void visit(
      Rule rule, Map<String, Rule> byName, Map<String, Boolean> done, List<Rule> ordered) {
    Boolean state = done.get(rule.name());
    if (state != null) {
      Spot at = names.get(rule.name());
      if (!state && at != null) {
        issues.add(at, "'" + rule.name() + "' looks at its own alert, directly or in a circle", "");
      }
      return;
    }
    done.put(rule.name(), false);
    for (String other : alertsOf(rule)) {
      Rule before = byName.get(other);
      if (before != null) {
        visit(before, byName, done, ordered);
      }
    }
    done.put(rule.name(), true);
    ordered.add(rule);
  }

  private static List<String> alertsOf(Rule rule) {
    List<Rule.Member> members = new ArrayList<>();
    switch (rule.trigger()) {
      case Rule.Correlation c -> members.addAll(c.of());
      case Rule.Sequence s -> members.addAll(s.steps());
      case Rule.Share s -> members.add(s.member());
      case Rule.OnDevice d -> {}
    }
    return members.stream().map(Rule.Member::alert).filter(name -> !name.isEmpty()).toList();
  }

  /** A place level, or null when missing or {@code device}. */
  static @Nullable PlaceLevel level(Section section, String key, Issues issues) {
    Spot spot = section.scalar(key);
    if (spot == null || spot.text().equals("device")) {
      return null;
    }
    try {
      return PlaceLevel.valueOf(spot.text().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      List<String> known =
          Arrays.stream(PlaceLevel.values()).map(l -> l.name().toLowerCase(Locale.ROOT)).toList();
      String hint = Nearest.hint(spot.text(), known);
      issues.add(spot, "'" + spot.text() + "' is not a level of the grid", hint);
      return null;
    }
  }

  static Set<String> words(Section section, String key) {
    return Set.copyOf(section.texts(key).stream().map(Spot::text).toList());
  }
}
