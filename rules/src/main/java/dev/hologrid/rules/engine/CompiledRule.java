package dev.hologrid.rules.engine;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.language.Calendar;
import dev.hologrid.rules.language.Expr;
import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.language.RuleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One rule as the engine runs it: names resolved to numbers. */
final class CompiledRule {
  /** Of so many kinds of devices the labels are kept. */
  private static final int MOST_KINDS = 64;

  final Rule rule;
  final int index;

  /** Slots of the rule's own windows in the {@link Registry}. */
  final Map<Expr.Window, Integer> windows = new LinkedHashMap<>();

  /** The metric whose value the alert shows, empty when there is none. */
  final String primary;

  /** Every metric that a condition of the rule names. */
  final Set<String> metrics = new LinkedHashSet<>();

  final Map<String, Integer> params = new LinkedHashMap<>();
  final List<Calendar> during;
  private final Map<String, Map<String, String>> labels = new HashMap<>();
  private final double[] defaults;
  private final List<double[]> rows = new ArrayList<>();
  private final Map<List<Integer>, Integer> rowOf = new LinkedHashMap<>();

  CompiledRule(Rule rule, int index, int firstWindow, RuleSet set) {
    this.rule = rule;
    this.index = index;
    List<Expr> conditions = conditions(rule);
    String[] first = {""};
    for (Expr condition : conditions) {
      condition.walk(
          e -> {
            if (e instanceof Expr.Window w) {
              windows.computeIfAbsent(w, key -> firstWindow + windows.size());
            }
            if (e instanceof Expr.Metric m) {
              metrics.add(m.name());
            }
            if (e instanceof Expr.Metric m && first[0].isEmpty() && !ConditionCompiler.isText(m)) {
              first[0] = m.name();
            }
          });
    }
    this.primary = first[0];
    for (String param : new TreeSet<>(rule.scope().params().keySet())) {
      params.put(param, params.size());
    }
    defaults = row(List.of());
    rows.add(defaults);
    rowOf.put(List.of(), 0);
    List<Calendar> calendars = new ArrayList<>();
    for (String name : rule.timing().during()) {
      Calendar calendar = set.calendars().get(name);
      if (calendar != null) {
        calendars.add(calendar);
      }
    }
    this.during = List.copyOf(calendars);
  }

  /** The labels of an alert of a device of a kind that has none of its own. */
  Map<String, String> labels(String kind) {
    Map<String, String> known = labels.get(kind);
    if (known == null) {
      Map<String, String> all = new HashMap<>();
      all.put("kind", kind);
      all.putAll(rule.notice().labels());
      known = Map.copyOf(all);
      if (labels.size() < MOST_KINDS) {
        labels.put(kind, known);
      }
    }
    return known;
  }

  static List<Expr> conditions(Rule rule) {
    List<Expr> all = new ArrayList<>();
    switch (rule.trigger()) {
      case Rule.OnDevice d -> {
        add(all, d.raise());
        add(all, d.clear());
      }
      case Rule.Correlation c -> c.of().forEach(m -> add(all, m.when()));
      case Rule.Sequence s -> s.steps().forEach(m -> add(all, m.when()));
      case Rule.Share s -> add(all, s.member().when());
    }
    rule.notice().levels().forEach(level -> all.add(level.when()));
    return all;
  }

  private static void add(List<Expr> all, @Nullable Expr e) {
    if (e != null) {
      all.add(e);
    }
  }

  String name() {
    return rule.name();
  }

  Rule.@Nullable OnDevice onDevice() {
    return rule.trigger() instanceof Rule.OnDevice d ? d : null;
  }

  /** Must devices be told apart, or are all of a kind alike to this rule? */
  boolean choosy() {
    return !rule.scope().labels().isEmpty() || !rule.scope().overrides().isEmpty();
  }

  /** The device's row of params, or -1 when the rule leaves it alone. */
  int rowFor(Device device) {
    if (!has(device.labels(), rule.scope().labels())) {
      return -1;
    }
    List<Integer> fitting = new ArrayList<>();
    List<Rule.Override> overrides = rule.scope().overrides();
    boolean disabled = false;
    for (int i = 0; i < overrides.size(); i++) {
      if (fits(overrides.get(i).where(), device)) {
        fitting.add(i);
        disabled = overrides.get(i).disabled();
      }
    }
    if (disabled) {
      return -1;
    }
    return rowOf.computeIfAbsent(
        fitting,
        key -> {
          rows.add(row(key));
          return rows.size() - 1;
        });
  }

  /** The thresholds of a device that is like all of its kind. */
  double[] defaults() {
    return defaults;
  }

  /** The device's thresholds; null when the rule leaves the device alone. */
  double @Nullable [] params(DeviceState device) {
    short[] all = device.rows();
    if (all == null) {
      return defaults;
    }
    int row = all[index];
    return row < 0 ? null : rows.get(row);
  }

  double[] row(int index) {
    return rows.get(index);
  }

  private double[] row(List<Integer> fitting) {
    double[] row = new double[params.size()];
    params.forEach((name, i) -> row[i] = rule.scope().params().getOrDefault(name, 0.0));
    for (int i : fitting) {
      rule.scope()
          .overrides()
          .get(i)
          .set()
          .forEach((name, value) -> row[params.getOrDefault(name, 0)] = value);
    }
    return row;
  }

  static boolean fits(Rule.Where where, Device device) {
    return (where.devices().isEmpty() || where.devices().contains(device.id()))
        && (where.place().isEmpty() || device.path().contains(where.place()))
        && has(device.labels(), where.labels());
  }

  private static boolean has(Map<String, String> labels, Map<String, String> wanted) {
    for (Map.Entry<String, String> entry : wanted.entrySet()) {
      if (!entry.getValue().equals(labels.get(entry.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /** Does one of the rule's time intervals hold the moment? */
  boolean open(long at) {
    if (during.isEmpty()) {
      return true;
    }
    for (Calendar calendar : during) {
      if (calendar.open(at)) {
        return true;
      }
    }
    return false;
  }

  /** The next moment at which {@link #open} may change. */
  long nextChange(long at) {
    long next = Long.MAX_VALUE;
    for (Calendar calendar : during) {
      next = Math.min(next, calendar.nextChange(at));
    }
    return next;
  }
}
