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

  /** Late readings can still raise a rule that needs no order. */
  final boolean pointwise;

  DeviceStep(
      CompiledRule rule,
      Nodes.Truth raise,
      Nodes.@Nullable Truth clear,
      List<Nodes.Truth> levels,
      List<Feed> feeds,
      boolean judges) {
    this.rule = rule;
    this.raise = raise;
    this.clear = clear;
    this.levels = levels.toArray(Nodes.Truth[]::new);
    this.feeds = feeds.toArray(Feed[]::new);
    this.judges = judges;
    Rule.Timing timing = rule.rule.timing();
    this.pointwise = judges && timing.hold() == 0 && rule.windows.isEmpty();
  }

  /** Returns whether the condition is true. */
  boolean run(Reading reading, DeviceState device, long now, Lifecycle lifecycle, boolean heard) {
    double[] params = rule.params(device);
    if (params == null) {
      return false;
    }
    Activation a = device.active(rule.index);
    if (a != null) {
      lifecycle.catchUp(a, now);
      a = device.active(rule.index);
    }
    for (Feed feed : feeds) {
      feed.take(reading, device, params, now);
    }
    boolean raised = raise.of(reading, device, params, now);
    if (a == null) {
      if (!raised) {
        return false;
      }
      a = lifecycle.begin(rule, device, now, reading.offset());
    }
    judge(new Frame(reading, device, params, now), lifecycle, a, raised, heard);
    return raised;
  }

  private void judge(
      Frame frame, Lifecycle lifecycle, Activation a, boolean raised, boolean heard) {
    if (a.silent) {
      if (raised) {
        a.silent = false;
      } else {
        if (heard) {
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

  boolean cleared(Frame frame) {
    return clear == null || clear.of(frame);
  }

  /** When the first sample leaves one of the rule's windows of this device. */
  static long nextLeave(CompiledRule rule, DeviceState device) {
    long next = Activation.NONE;
    for (int slot : rule.windows.values()) {
      Window window = device.window(slot);
      if (window != null) {
        next = Math.min(next, window.nextLeave());
      }
    }
    return next;
  }
}
