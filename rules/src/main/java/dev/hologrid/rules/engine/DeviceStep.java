package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.alert.Term;
import dev.hologrid.rules.language.Expr;
import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.window.Window;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One rule over devices, compiled for readings of one shape. */
final class DeviceStep {
  final CompiledRule rule;

  /** The condition. */
  final Nodes.Truth raise;

  /** The clear condition, or null where the opposite of {@link #raise} clears. */
  private final Nodes.@Nullable Truth clear;

  private final Nodes.Truth[] levels;

  /** What goes into its windows. */
  private final Feed.OfWindow[] feeds;

  /** What is to be said now and then, when the reading says it. */
  private final Feed.@Nullable OfMetric said;

  /** Whether readings of this shape say anything about the rule's conditions. */
  private final boolean judges;

  /** Whether a condition looks at the device's labels. */
  private final boolean labels;

  /** The slots of the rule's windows, and their flags. */
  private final int[] windows;

  private final int windowFlags;

  /**
   * Whether only what goes into a window can make the condition true: as long as nothing does and
   * nothing is active, it is as false as it was.
   */
  private final boolean byFeed;

  /** The condition taken apart, and the levels', once an alert fired by a reading of this shape. */
  private @Nullable Terms terms;

  private final @Nullable Terms[] levelTerms;

  /** Late readings can still raise a rule that needs no order. */
  final boolean pointwise;

  DeviceStep(
      CompiledRule rule,
      Nodes.Truth raise,
      Nodes.@Nullable Truth clear,
      List<Nodes.Truth> levels,
      List<Feed> feeds,
      boolean judges,
      boolean labels) {
    this.labels = labels;
    this.rule = rule;
    this.windows = rule.windows.values().stream().mapToInt(Integer::intValue).toArray();
    int all = 0;
    for (int slot : windows) {
      all |= Registry.windowFlag(slot);
    }
    this.windowFlags = all;
    this.raise = raise;
    Rule.OnDevice spec = rule.onDevice();
    Expr condition = spec == null ? null : spec.raise();
    // Where silence clears an alert, its condition may still be true and raises it again.
    this.byFeed = condition != null && byFeed(condition) && rule.rule.timing().clearAbsent() == 0;
    this.clear = clear;
    this.levels = levels.toArray(Nodes.Truth[]::new);
    this.levelTerms = new Terms[levels.size()];
    this.feeds = of(feeds, Feed.OfWindow.class).toArray(Feed.OfWindow[]::new);
    this.said = of(feeds, Feed.OfMetric.class).findFirst().orElse(null);
    this.judges = judges;
    Rule.Timing timing = rule.rule.timing();
    this.pointwise = judges && timing.hold() == 0 && rule.windows.isEmpty();
  }

  /** Is it about counts that have come to something, which time alone only lessens? */
  private static boolean byFeed(Expr e) {
    return switch (e) {
      case Expr.And a -> byFeed(a.left()) && byFeed(a.right());
      case Expr.Or o -> byFeed(o.left()) && byFeed(o.right());
      case Expr.Compare c ->
          c.left() instanceof Expr.Window w
              && w.fn().equals("count")
              && c.right() instanceof Expr.Num
              && (c.op().equals(">") || c.op().equals(">="));
      default -> false;
    };
  }

  private static <F extends Feed> Stream<F> of(List<Feed> feeds, Class<F> type) {
    return feeds.stream().filter(type::isInstance).map(type::cast);
  }

  /**
   * Returns whether the condition is true. {@code flags} are those of the device {@code number} in
   * the registry: where they say that there is nothing to know, the device is not fetched.
   */
  boolean run(Reading reading, int number, int flags, Core core, boolean heard) {
    // Kept small, so that it is compiled into its callers: this is where most readings end.
    return ((flags & (Registry.ROWS | Registry.ACTIVE | windowFlags)) != 0
            || speaks(reading, core.nobody()))
        && take(reading, number, flags, core, heard);
  }

  /** Does the reading say anything to a rule that knows nothing of its device? */
  private boolean speaks(Reading reading, DeviceState nobody) {
    if (labels || said != null) {
      return true;
    }
    long now = reading.time();
    double[] params = rule.defaults();
    for (Feed.OfWindow feed : feeds) {
      if (!Double.isNaN(feed.of().of(reading, nobody, params, now))) {
        return true;
      }
    }
    return raise.of(reading, nobody, params, now);
  }

  private boolean take(Reading reading, int number, int flags, Core core, boolean heard) {
    int telling = Registry.ROWS | Registry.ACTIVE | (byFeed ? 0 : windowFlags);
    boolean known = labels || (flags & telling) != 0;
    DeviceState device = known ? core.device(number) : core.nobody();
    double[] params = (flags & Registry.ROWS) == 0 ? rule.defaults() : rule.params(device);
    if (params == null) {
      return false;
    }
    long now = reading.time();
    Activation a = (flags & Registry.ACTIVE) != 0 ? current(device, core, now) : null;
    boolean fed = false;
    for (Feed.OfWindow feed : feeds) {
      double value = feed.of().of(reading, device, params, now);
      if (!Double.isNaN(value)) {
        device = core.device(number);
        feed.take(value, reading, device);
        fed = true;
      }
    }
    if (said != null) {
      said.take(reading, core.device(number));
    }
    boolean raised = raise.of(reading, device, params, now);
    if (!fed && (flags & windowFlags) != 0) {
      takeBack(core.device(number), a == null);
    }
    if (a != null || raised) {
      Frame frame = new Frame(reading, core.device(number), params, now);
      begun(frame, core.lifecycle(), a, raised, heard);
    }
    return raised;
  }

  /**
   * Windows that have run empty, or do not matter, need not be looked at until something goes in.
   */
  private void takeBack(DeviceState device, boolean idle) {
    for (int slot : windows) {
      Window window = byFeed && idle ? null : device.window(slot);
      if (window == null || window.idle()) {
        device.emptied(slot);
      }
    }
  }

  private @Nullable Activation current(DeviceState device, Core core, long now) {
    Activation a = device.active(rule.index);
    if (a != null) {
      core.lifecycle().catchUp(a, now);
      a = device.active(rule.index);
    }
    return a;
  }

  private void begun(
      Frame frame, Lifecycle lifecycle, @Nullable Activation was, boolean raised, boolean heard) {
    long offset = frame.reading().offset();
    Activation a = was != null ? was : lifecycle.begin(rule, frame.device(), frame.now(), offset);
    judge(frame, lifecycle, a, raised, heard);
  }

  private void judge(
      Frame frame, Lifecycle lifecycle, Activation a, boolean raised, boolean heard) {
    if (a.silent) {
      if (raised) {
        a.silent = false;
      } else {
        if (heard && says(frame.reading())) {
          lifecycle.settle(a, false, true, frame.reading(), frame.now());
        }
        return;
      }
    }
    if (!judges) {
      return;
    }
    for (int i = 0; i < levels.length; i++) {
      if (!levels[i].of(frame)) {
        a.levelSince[i] = Activation.NONE;
      } else if (a.levelSince[i] == Activation.NONE) {
        a.levelSince[i] = frame.now();
      }
    }
    lifecycle.settle(a, raised, !raised && cleared(frame), frame.reading(), frame.now());
  }

  /** Is it what a rule over silence waited for? */
  private boolean says(Reading reading) {
    Rule.OnDevice spec = rule.onDevice();
    return spec == null || spec.metric().isEmpty() || reading.shape().indexOf(spec.metric()) >= 0;
  }

  boolean cleared(Frame frame) {
    return clear == null || clear.of(frame);
  }

  /** What the parts of the condition come to. */
  List<Term> terms(Expr condition, Frame frame) {
    Terms known = terms;
    if (known == null) {
      known = new Terms(condition, 0, compiler(frame));
      terms = known;
    }
    return known.of(frame);
  }

  /** What the parts of a level's condition come to. */
  List<Term> levelTerms(int level, Frame frame) {
    Terms known = levelTerms[level];
    if (known == null) {
      Expr when = rule.rule.notice().levels().get(level).when();
      known = new Terms(when, 1, compiler(frame));
      levelTerms[level] = known;
    }
    return known.of(frame);
  }

  private ConditionCompiler compiler(Frame frame) {
    return new ConditionCompiler(frame.reading().shape(), rule.windows, rule.params);
  }

  /**
   * When the first sample leaves one of the rule's windows of this device. A window that the
   * condition did not come to look at has not been told the time yet.
   */
  static long nextLeave(CompiledRule rule, DeviceState device, long now) {
    long next = Activation.NONE;
    for (int slot : rule.windows.values()) {
      Window window = device.window(slot);
      if (window != null) {
        window.expire(now);
        next = Math.min(next, window.nextLeave());
      }
    }
    return next;
  }
}
