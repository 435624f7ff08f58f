package dev.hologrid.rules.language;

import dev.hologrid.rules.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads one rule. */
final class OneRule {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final List<String> SEVERITIES = List.of("critical", "major", "minor", "info");

  /** Colours of GB warnings, priorities and words of other systems. */
  private static final Map<String, String> OTHER_SCALES =
      Map.ofEntries(
          Map.entry("red", "critical"),
          Map.entry("orange", "major"),
          Map.entry("yellow", "minor"),
          Map.entry("blue", "info"),
          Map.entry("p1", "critical"),
          Map.entry("p2", "major"),
          Map.entry("p3", "minor"),
          Map.entry("p4", "info"),
          Map.entry("error", "major"),
          Map.entry("warning", "minor"));

  private final Section rule;
  private final Issues issues;
  private final Vocabulary vocabulary;
  private final Set<String> calendars;
  private final Map<String, Double> params;
  private final Conditions conditions;
  private final TriggerReader triggers;

  OneRule(
      Section rule,
      Issues issues,
      Vocabulary vocabulary,
      Set<String> calendars,
      Consumer<Spot> refer,
      Function<Set<String>, Conditions> compilers) {
    this.rule = rule;
    this.issues = issues;
    this.vocabulary = vocabulary;
    this.calendars = calendars;
    this.params = numbers(rule, "params", issues);
    for (String param : params.keySet()) {
      if (vocabulary.metrics().containsKey(param)) {
        issues.add(rule.key("params"), "'" + param + "' is a metric; call the param otherwise", "");
      }
    }
    this.conditions = compilers.apply(params.keySet());
    this.triggers = new TriggerReader(rule, issues, vocabulary, refer, conditions);
  }

  /** The rule, or null when it is beyond use; either way every issue is reported. */
  @Nullable Rule read(String group) {
    int before = issues.count();
    Spot name = rule.scalar("alert");
    if (name == null) {
      issues.add(rule.here(), "a rule needs a name under 'alert'", "");
    } else if (!NAME.matcher(name.text()).matches()) {
      issues.add(name, "a rule's name is 1 to 64 of A-Z a-z 0-9 . _ -", "");
    }
    Rule.Scope scope = scope();
    long clearAbsent = clearAbsent();
    Rule.Trigger trigger = triggers.read(clearAbsent);
    Rule.Timing timing =
        new Rule.Timing(
            rule.duration("for", 0),
            rule.duration("keep_firing_for", 0),
            clearAbsent,
            during(),
            flap());
    Rule.Notice notice = notice();
    if (name == null || trigger == null || issues.count() > before) {
      return null;
    }
    return new Rule(name.text(), group, version(), scope, trigger, timing, notice, rule.written());
  }

  private String version() {
    CRC32C crc = new CRC32C();
    String text = rule.source();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", crc.getValue() ^ text.length());
  }

  private Rule.Scope scope() {
    Set<String> kinds = Set.of();
    Map<String, String> labels = Map.of();
    if (rule.isMap("on")) {
      Section on = rule.section("on");
      kinds = RuleReader.words(on, "kind");
      labels = plain(on.map("labels"));
      boolean unused = on.has("metric"); // the trigger's
      on.refuseOtherKeys();
    } else {
      kinds = TriggerReader.kinds(rule, "on");
    }
    List<Rule.Override> overrides = new ArrayList<>();
    for (Section section : rule.sections("overrides")) {
      Map<String, Double> set = numbers(section, "set", issues);
      for (String param : set.keySet()) {
        if (!params.containsKey(param)) {
          issues.add(
              section.key("set"),
              "'" + param + "' is not one of the rule's params",
              Nearest.hint(param, params.keySet()));
        }
      }
      overrides.add(new Rule.Override(where(section), set, disabled(section, set)));
      section.refuseOtherKeys();
    }
    return new Rule.Scope(kinds, labels, params, overrides);
  }

  /** Does it disable the rule? An override of all devices, or of nothing, is an issue. */
  private boolean disabled(Section section, Map<String, Double> set) {
    Spot disable = section.scalar("disable");
    boolean disabled = disable != null && disable.text().equals("true");
    if (disable != null && !disabled && !disable.text().equals("false")) {
      issues.add(disable, "'disable' is true or false", "");
    } else if (section.isMapping() && set.isEmpty() && !disabled && !section.has("set")) {
      issues.add(section.here(), "this override changes nothing", "give 'set' or disable: true");
    }
    boolean all = Set.of("set", "disable").containsAll(section.keys()); // no misspelt key either
    if (section.isMapping() && all) {
      issues.add(
          section.here(), "this override names no devices", "give 'device', 'place' or 'labels'");
    }
    return disabled;
  }

  static Rule.Where where(Section section) {
    return new Rule.Where(
        RuleReader.words(section, "device"),
        section.text("place", ""),
        plain(section.map("labels")));
  }

  private @Nullable Expr condition(Section section, String key) {
    Spot spot = section.scalar(key);
    return spot == null ? null : conditions.condition(spot, issues);
  }

  private long clearAbsent() {
    Spot spot = rule.scalar("clear");
    if (spot == null || !spot.text().startsWith("absent ")) {
      return 0;
    }
    var millis = Durations.parse(spot.text().substring("absent ".length()).strip());
    if (millis.orElse(0) == 0) {
      issues.add(spot, "'clear: absent' takes a duration", "for example: clear: absent 10m");
    }
    return millis.orElse(0);
  }

  private List<String> during() {
    List<String> all = new ArrayList<>();
    for (Spot spot : rule.texts("during")) {
      if (!calendars.contains(spot.text())) {
        issues.add(
            spot,
            "no time interval is named '" + spot.text() + "'",
            Nearest.hint(spot.text(), calendars));
      }
      all.add(spot.text());
    }
    return all;
  }

  private Rule.@Nullable Flap flap() {
    if (!rule.has("flap")) {
      return null;
    }
    Section section = rule.section("flap");
    int raises = section.whole("raises", 3);
    if (raises < 2 || raises > TriggerReader.MOST_TIMES) {
      issues.add(section.key("raises"), "'raises' is from 2 to " + TriggerReader.MOST_TIMES, "");
    }
    Rule.Flap flap =
        new Rule.Flap(raises, section.span("within", 600_000), section.span("hold", 600_000));
    section.refuseOtherKeys();
    return flap;
  }

  private Rule.Notice notice() {
    Map<String, Spot> labels = new LinkedHashMap<>(rule.map("labels"));
    Severity severity = severity(labels.remove("severity"), rule.here());
    Spot category = labels.remove("category");
    if (category == null) {
      issues.add(rule.here(), "labels need a category, such as FIRE_SMOKE", "");
    }
    List<Rule.Level> levels = new ArrayList<>();
    for (Section section : rule.sections("levels")) {
      Severity to = severity(section.scalar("severity"), section.here());
      Expr when = condition(section, "when");
      long hold = section.duration("for", 0);
      if (when != null) {
        levels.add(new Rule.Level(to, when, hold));
      } else if (!section.has("when")) {
        issues.add(section.here(), "a level needs 'when'", "");
      }
      section.refuseOtherKeys();
    }
    Map<String, Spot> annotations = rule.map("annotations");
    annotations.values().forEach(text -> Texts.check(text, vocabulary, issues));
    return new Rule.Notice(
        severity,
        levels,
        category == null ? "" : category.text(),
        plain(labels),
        plain(annotations),
        groupBy(labels.keySet()));
  }

  private List<String> groupBy(Set<String> labels) {
    List<String> all = new ArrayList<>();
    for (Spot spot : rule.texts("group_by")) {
      if (!spot.text().equals("category") && !labels.contains(spot.text())) {
        Texts.known(spot.text(), spot, vocabulary, issues);
      }
      all.add(spot.text());
    }
    return all;
  }

  private Severity severity(@Nullable Spot spot, Spot or) {
    if (spot != null && SEVERITIES.contains(spot.text())) {
      return Severity.valueOf(spot.text().toUpperCase(Locale.ROOT));
    }
    if (spot == null) {
      issues.add(or, "a severity is missing: critical, major, minor or info", "");
    } else {
      String other = OTHER_SCALES.getOrDefault(spot.text().toLowerCase(Locale.ROOT), "");
      String hint =
          other.isEmpty() ? Nearest.hint(spot.text(), SEVERITIES) : "that is '" + other + "' here";
      issues.add(spot, "severity is critical, major, minor or info", hint);
    }
    return Severity.INFO;
  }

  static Map<String, String> plain(Map<String, Spot> spots) {
    Map<String, String> all = new LinkedHashMap<>();
    spots.forEach((key, spot) -> all.put(key, spot.text()));
    return all;
  }

  private static Map<String, Double> numbers(Section section, String key, Issues issues) {
    Map<String, Double> all = new LinkedHashMap<>();
    section
        .map(key)
        .forEach(
            (name, spot) -> {
              OptionalDouble number = Section.decimal(spot.text());
              if (number.isEmpty()) {
                issues.add(spot, "'" + name + "' takes a number", "");
              }
              all.put(name, number.orElse(0));
            });
    return all;
  }
}
