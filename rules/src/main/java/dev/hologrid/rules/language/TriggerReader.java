package dev.hologrid.rules.language;

import dev.hologrid.rules.PlaceLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what makes a rule true. */
final class TriggerReader {
  /** A rule keeps no more matches of a place, nor steps of a subject. */
  static final int MOST_TIMES = 64;

  private static final String AWAITED = "'metric' under 'on' goes with 'absent' only";

  private final Section rule;
  private final Issues issues;
  private final Vocabulary vocabulary;
  private final Consumer<Spot> refer;
  private final Conditions conditions;

  TriggerReader(
      Section rule,
      Issues issues,
      Vocabulary vocabulary,
      Consumer<Spot> refer,
      Conditions conditions) {
    this.rule = rule;
    this.issues = issues;
    this.vocabulary = vocabulary;
    this.refer = refer;
    this.conditions = conditions;
  }

  Rule.@Nullable Trigger read(long clearAbsent) {
    boolean correlation = rule.has("of") || rule.has("all") || rule.has("any");
    if (correlation || rule.has("sequence") || rule.has("share")) {
      ofDevicesOnly();
      return correlation ? correlation() : rule.has("sequence") ? sequence() : share();
    }
    Expr raise = condition(rule, "expr");
    Spot ending = rule.scalar("clear");
    boolean quiet = clearAbsent > 0 || ending != null && ending.text().startsWith("absent ");
    Expr clear = quiet ? null : condition(rule, "clear");
    long absent = rule.span("absent", 0);
    if (!rule.has("expr") && !rule.has("absent")) {
      issues.add(
          rule.here(), "a rule needs one of expr, absent, of, all, any, sequence, share", "");
      return null;
    }
    return new Rule.OnDevice(raise, clear, absent, metric());
  }

  /** What only a rule over single devices has; on others it would say nothing, and nobody knew. */
  private void ofDevicesOnly() {
    Spot clear = rule.scalar("clear");
    if (clear != null && !clear.text().startsWith("absent ")) {
      issues.add(
          clear, "a rule over a place or a sequence clears by itself", "or by clear: absent 10m");
    }
    if (rule.has("levels")) {
      issues.add(
          rule.key("levels"),
          "levels look at one device's readings, which this rule does not",
          "give the other severity a rule of its own");
    }
    Spot metric = awaited();
    if (metric != null) {
      issues.add(metric, AWAITED, "");
    }
  }

  private @Nullable Spot awaited() {
    return rule.isMap("on") ? rule.section("on").scalar("metric") : null;
  }

  /** The metric whose silence counts; empty for that of the whole device. */
  private String metric() {
    Spot metric = awaited();
    if (metric == null) {
      return "";
    }
    if (!vocabulary.metrics().containsKey(metric.text())) {
      issues.add(
          metric,
          "no metric is named '" + metric.text() + "'",
          Nearest.hint(metric.text(), new TreeSet<>(vocabulary.metrics().keySet())));
    }
    if (!rule.has("absent")) {
      issues.add(metric, AWAITED, "");
    }
    return metric.text();
  }

  private Rule.Trigger correlation() {
    PlaceLevel same = place();
    long within = rule.span("within", 60_000);
    List<Rule.Member> members = new ArrayList<>();
    String list = rule.has("all") ? "all" : rule.has("any") ? "any" : "of";
    for (Section section : rule.sections(list, "when")) {
      members.add(once(section));
      section.refuseOtherKeys();
    }
    if (members.isEmpty()) {
      issues.add(rule.key(list), "'" + list + "' lists what to look for", "");
    }
    int atLeast = rule.whole("at_least", list.equals("any") ? 1 : 0);
    if (rule.has("at_least") && (atLeast < 1 || atLeast > MOST_TIMES || list.equals("all"))) {
      issues.add(
          rule.key("at_least"), "'at_least' is from 1 to " + MOST_TIMES + ", beside 'of'", "");
    }
    Spot match = rule.scalar("match");
    if (match != null && (rule.has("at_least") || !list.equals("of"))) {
      issues.add(rule.key("match"), "'match' is said beside 'of', and without 'at_least'", "");
    } else if (match != null && match.text().equals("any")) {
      atLeast = 1;
    } else if (match != null && !match.text().equals("all")) {
      issues.add(match, "'match' is all or any", "or give at_least: 2");
    }
    return new Rule.Correlation(same, within, atLeast, members);
  }

  /** A member that counts devices; how often one of them matched is of no matter. */
  private Rule.Member once(Section section) {
    if (section.has("times")) {
      issues.add(
          section.key("times"),
          "'times' is of a step of a sequence",
          "here devices are counted: at_least: 2, or give it a rule of its own");
    }
    return member(section);
  }

  private Rule.Trigger sequence() {
    PlaceLevel same = RuleReader.level(rule, "same", issues);
    List<Rule.Member> steps = new ArrayList<>();
    for (Section section : rule.sections("sequence", "when")) {
      steps.add(member(section));
      section.refuseOtherKeys();
    }
    if (steps.isEmpty()) {
      issues.add(rule.key("sequence"), "'sequence' lists one step or more", "");
    }
    Rule.Member unless = null;
    long wait = 0;
    long before = 0;
    if (rule.has("unless")) {
      Section section = rule.section("unless");
      unless = once(section);
      wait = section.span("within", 60_000);
      before = section.duration("before", 0);
      section.refuseOtherKeys();
    }
    long within = rule.span("within", 60_000);
    return new Rule.Sequence(same, within, steps, unless, wait, before, with(same));
  }

  /** The device that a place must have to be looked at. */
  private Rule.@Nullable Selector with(@Nullable PlaceLevel same) {
    if (!rule.has("with")) {
      return null;
    }
    if (same == null) {
      issues.add(rule.key("with"), "'with' is of a place: it goes with 'same'", "");
    }
    if (!rule.isMap("with")) {
      return new Rule.Selector(kinds(rule, "with"), Map.of());
    }
    Section section = rule.section("with");
    Rule.Selector selector =
        new Rule.Selector(kinds(section, "kind"), OneRule.plain(section.map("labels")));
    section.refuseOtherKeys();
    return selector;
  }

  private Rule.Trigger share() {
    PlaceLevel same = place();
    Section section = rule.section("share");
    Rule.Member member = once(section);
    double over = section.number("over", Double.NaN);
    if (!(over >= 0 && over < 1)) {
      issues.add(section.key("over"), "'over' is a fraction from 0 to 1", "0.2 is 20 %");
    }
    int minimum = section.whole("minimum", 1);
    section.refuseOtherKeys();
    return new Rule.Share(same, member, over, minimum);
  }

  private PlaceLevel place() {
    Spot same = rule.scalar("same");
    PlaceLevel level = RuleReader.level(rule, "same", issues);
    if (level != null) {
      return level;
    }
    if (same == null && !rule.has("same")) {
      issues.add(rule.here(), "a rule over a place needs 'same', such as building", "");
    } else if (same != null && same.text().equals("device")) {
      issues.add(same, "a device is no place", "use expr or sequence for one device");
    }
    return PlaceLevel.BUILDING;
  }

  private Rule.Member member(Section section) {
    Spot alert = section.scalar("alert");
    if (alert != null) {
      refer.accept(alert);
    }
    Expr when = condition(section, "when");
    if ((alert == null) == !section.has("when")) {
      issues.add(section.here(), "give either 'when' or 'alert'", "");
    }
    if (when != null) {
      when.walk(
          e -> {
            if (e instanceof Expr.Window) {
              issues.add(
                  section.key("when"), "no windows here", "give the window a rule and use 'alert'");
            }
          });
    }
    int times = section.whole("times", 1);
    if (times < 1 || times > MOST_TIMES) {
      issues.add(section.key("times"), "'times' is from 1 to " + MOST_TIMES, "");
    }
    return new Rule.Member(
        kinds(section, "on"), when, alert == null ? "" : alert.text(), Math.max(1, times));
  }

  static Set<String> kinds(Section section, String key) {
    Set<String> kinds = RuleReader.words(section, key);
    return kinds.contains("any") ? Set.of() : kinds;
  }

  private @Nullable Expr condition(Section section, String key) {
    Spot spot = section.scalar(key);
    return spot == null ? null : conditions.condition(spot, issues);
  }
}
