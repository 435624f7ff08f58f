package dev.hologrid.rules.testing;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.language.Expr;
import dev.hologrid.rules.language.Issue;
import dev.hologrid.rules.language.Nearest;
import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.language.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What devices said in some time, to find the rules that would wait for ever: a bad rule is
 * otherwise found only when it fails to fire.
 */
public final class Seen {
  private final Map<String, Set<String>> metricsByKind = new TreeMap<>();
  private final Map<String, Device> devices = new TreeMap<>();

  /** A provisioned device. */
  public void device(Device device) {
    devices.put(device.id(), device);
  }

  /** A reading that came. */
  public void reading(Reading reading) {
    String kind = reading.shape().kind();
    metricsByKind.computeIfAbsent(kind, each -> new TreeSet<>()).addAll(reading.shape().metrics());
    if (!devices.containsKey(reading.device())) {
      devices.put(reading.device(), new Device(reading.device(), kind, List.of(), Map.of()));
    }
  }

  /**
   * The rules that could not have been true of anything.
   *
   * @param period how the time is called, for example {@code in the last day}
   */
  public List<Issue> warnings(RuleSet rules, String period) {
    List<Issue> all = new ArrayList<>();
    for (Rule rule : rules.rules()) {
      switch (rule.trigger()) {
        case Rule.OnDevice on -> {
          check(rule, Set.of(), on.raise(), period, all);
          if (!on.metric().isEmpty()) {
            Expr awaited = new Expr.Metric(on.metric(), Shape.Type.NUMBER);
            check(rule, Set.of(), awaited, period, all);
          }
          selector(rule, all);
        }
        case Rule.Correlation c -> c.of().forEach(m -> member(rule, m, period, all));
        case Rule.Sequence s -> s.steps().forEach(m -> member(rule, m, period, all));
        case Rule.Share s -> member(rule, s.member(), period, all);
      }
    }
    return all;
  }

  private void member(Rule rule, Rule.Member member, String period, List<Issue> into) {
    check(rule, member.kinds(), member.when(), period, into);
  }

  private void selector(Rule rule, List<Issue> into) {
    Map<String, String> labels = rule.scope().labels();
    boolean any =
        devices.values().stream()
            .anyMatch(
                each ->
                    rule.scope().concerns(each.kind())
                        && each.labels().entrySet().containsAll(labels.entrySet()));
    if (!labels.isEmpty() && !any) {
      into.add(warning(rule, "on", "no device has the labels of 'on'", ""));
    }
  }

  private void check(
      Rule rule, Set<String> kinds, @Nullable Expr condition, String period, List<Issue> into) {
    if (condition == null) {
      return;
    }
    Set<String> heard = new TreeSet<>();
    Set<String> spoke = new TreeSet<>();
    metricsByKind.forEach(
        (kind, metrics) -> {
          if (rule.scope().concerns(kind) && (kinds.isEmpty() || kinds.contains(kind))) {
            spoke.add(kind);
            heard.addAll(metrics);
          }
        });
    Set<String> wanted = kinds.isEmpty() ? rule.scope().kinds() : kinds;
    if (spoke.isEmpty() && !wanted.isEmpty()) {
      String kind = wanted.iterator().next();
      into.add(
          warning(
              rule,
              kind,
              "no device of kind '" + kind + "' spoke " + period,
              Nearest.hint(kind, metricsByKind.keySet())));
      return;
    }
    Set<String> named = new LinkedHashSet<>();
    condition.walk(
        e -> {
          if (e instanceof Expr.Metric m) {
            named.add(m.name());
          }
        });
    boolean none = !named.isEmpty() && named.stream().noneMatch(heard::contains);
    for (String metric : none ? named : Set.<String>of()) {
      into.add(
          warning(
              rule,
              metric,
              "no device has metric '" + metric + "' " + period,
              Nearest.hint(metric, heard)));
    }
  }

  /** At the first place in the rule where the word stands. */
  private static Issue warning(Rule rule, String word, String message, String hint) {
    String[] lines = rule.source().text().split("\n", -1);
    Pattern pattern = Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])");
    for (int i = 0; i < lines.length; i++) {
      Matcher matcher = pattern.matcher(lines[i]);
      if (matcher.find()) {
        return new Issue(
            rule.source().file(),
            rule.source().line() + i,
            matcher.start() + 1,
            message,
            hint,
            lines[i],
            Issue.Level.WARNING);
      }
    }
    return new Issue(
        rule.source().file(),
        rule.source().line(),
        1,
        message,
        hint,
        lines[0],
        Issue.Level.WARNING);
  }
}
