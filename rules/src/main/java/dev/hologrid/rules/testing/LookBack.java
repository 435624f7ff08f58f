package dev.hologrid.rules.testing;

import dev.hologrid.rules.language.Expr;
import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.language.RuleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far back in time rules look: so much earlier a back-test begins to read, that their windows,
 * waits and counts are as full at its first moment as they were then. What has no end, such as that
 * a device was offline, is not part of it.
 */
public final class LookBack {
  /** A mean that forgets keeps less than a hundredth of what is older. */
  private static final int BASELINE_LENGTHS = 5;

  private final Map<String, Long> known = new HashMap<>();

  private LookBack() {}

  /** Milliseconds; 0 when every rule looks at one reading alone. */
  public static long of(RuleSet set) {
    LookBack all = new LookBack();
    // Rules over alerts come after those they look at.
    set.rules().forEach(rule -> all.known.put(rule.name(), all.of(rule)));
    return all.known.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private long of(Rule rule) {
    Rule.Timing timing = rule.timing();
    Rule.Flap flap = timing.flap();
    long life =
        timing.hold()
            + timing.keep()
            + timing.clearAbsent()
            + (flap == null ? 0 : flap.within() + flap.hold());
    long level = 0;
    List<Expr> conditions = new ArrayList<>();
    for (Rule.Level each : rule.notice().levels()) {
      level = Math.max(level, each.hold());
      conditions.add(each.when());
    }
    return life + level + trigger(rule.trigger(), conditions) + longest(conditions);
  }

  /** Adds the trigger's conditions that may hold windows. */
  private long trigger(Rule.Trigger trigger, List<Expr> conditions) {
    return switch (trigger) {
      case Rule.OnDevice on -> {
        add(on.raise(), conditions);
        add(on.clear(), conditions);
        yield on.absent();
      }
      case Rule.Correlation c -> c.within() + alerts(c.of());
      case Rule.Sequence s -> {
        List<Rule.Member> members = new ArrayList<>(s.steps());
        if (s.unless() != null) {
          members.add(s.unless());
        }
        yield s.within() + s.unlessWithin() + s.unlessBefore() + alerts(members);
      }
      case Rule.Share s -> alerts(List.of(s.member()));
    };
  }

  private static void add(@Nullable Expr condition, List<Expr> conditions) {
    if (condition != null) {
      conditions.add(condition);
    }
  }

  private long alerts(List<Rule.Member> members) {
    return members.stream().mapToLong(m -> known.getOrDefault(m.alert(), 0L)).max().orElse(0);
  }

  private static long longest(List<Expr> conditions) {
    long[] longest = {0};
    for (Expr condition : conditions) {
      condition.walk(
          e -> {
            if (e instanceof Expr.Window w) {
              boolean mean = w.fn().equals("baseline") || w.fn().equals("deviation");
              longest[0] = Math.max(longest[0], w.millis() * (mean ? BASELINE_LENGTHS : 1));
            }
          });
    }
    return longest[0];
  }
}
