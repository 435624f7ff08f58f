package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.window.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule over devices, compiled for readings of one shape.
 *
 * @param rule the rule
 * @param raise the condition
 * @param clear the clear condition, or null where the opposite of {@code raise} clears
 * @param levels the levels' conditions
 * @param feeds what goes into its windows
 * @param judges whether readings of this shape say anything about the rule's conditions
 * @param windows how many windows the rule set has
 */
record DeviceStep(
    CompiledRule rule,
    Nodes.Truth raise,
    Nodes.@Nullable Truth clear,
    List<Nodes.Truth> levels,
    List<Feed> feeds,
    boolean judges,
    int windows) {

  /** Late readings can still raise a rule that needs no order. */
  boolean pointwise() {
    Rule.Timing timing = rule.rule.timing();
    return judges && timing.hold() == 0 && rule.windows.isEmpty();
  }

  void run(Frame frame, Reading reading, Lifecycle lifecycle, boolean heard) {
    DeviceState device = frame.device();
    if (!rule.params(frame)) {
      return;
    }
    Activation a = device.active(rule.index);
    if (a != null) {
      lifecycle.catchUp(a, frame.time);
      a = device.active(rule.index);
    }
    for (int i = 0; i < feeds.size(); i++) {
      feeds.get(i).take(frame, reading, windows);
    }
    boolean raised = raise.of(frame);
    if (a == null) {
      if (!raised) {
        return;
      }
      a = lifecycle.begin(rule, device, frame.time, reading.offset());
    }
    judge(frame, reading, lifecycle, a, raised, heard);
  }

  private void judge(
      Frame frame,
      Reading reading,
      Lifecycle lifecycle,
      Activation a,
      boolean raised,
      boolean heard) {
    if (a.silent) {
      if (raised) {
        a.silent = false;
      } else if (heard) {
        lifecycle.settle(a, false, true, reading, frame.time);
        return;
      } else {
        return;
      }
    }
    if (!judges) {
      return;
    }
    for (int i = 0; i < levels.size(); i++) {
      if (!levels.get(i).of(frame)) {
        a.levelSince[i] = Activation.NONE;
      } else if (a.levelSince[i] == Activation.NONE) {
        a.levelSince[i] = frame.time;
      }
    }
    lifecycle.settle(a, raised, !raised && cleared(frame), reading, frame.time);
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
