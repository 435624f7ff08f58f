package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.window.Window;
import java.util.List;
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
  private final Feed[] feeds;

  /** Whether readings of this shape say anything about the rule's conditions. */
  private final boolean judges;

  /** Whether the condition looks at the device's labels. */
  private final boolean labels;

  /** The slots of the rule's windows, and their flags. */
  private final int[] windows;

  private final int windowFlags;

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
    this.clear = clear;
    this.levels = levels.toArray(Nodes.Truth[]::new);
    this.feeds = feeds.toArray(Feed[]::new);
    this.judges = judges;
    Rule.Timing timing = rule.rule.timing();
    this.pointwise = judges && timing.hold() == 0 && rule.windows.isEmpty();
  }

  /**
   * Returns whether the condition is true. {@code flags} are the device's in the registry: what
   * they rule out is not looked for.
   */
  boolean run(Reading reading, DeviceState device, int flags, Core core, boolean heard) {
    double[] params = (flags & Registry.ROWS) == 0 ? rule.defaults() : rule.params(device);
    if (params == null) {
      return false;
    }
    long now = reading.time();
    Activation a = (flags & Registry.ACTIVE) == 0 ? null : current(device, core, now);
    boolean fed = false;
    for (Feed feed : feeds) {
      fed |= feed.take(reading, device, params, now);
    }
    boolean filled = (flags & windowFlags) != 0;
    boolean plain = !fed && !labels && !filled;
    boolean raised = raise.of(reading, plain ? core.nobody() : device, params, now);
    if (filled && !fed) {
      takeBack(device);
    }
    if (a != null || raised) {
      begun(new Frame(reading, device, params, now), core.lifecycle(), a, raised, heard);
    }
    return raised;
  }

  /** Windows that have run empty need not be looked at until something goes in. */
  private void takeBack(DeviceState device) {
    for (int slot : windows) {
      Window window = device.window(slot);
      if (window != null && window.idle()) {
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
