package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.alert.Term;
import dev.hologrid.rules.language.Durations;
import dev.hologrid.rules.language.Expr;
import dev.hologrid.rules.language.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Judges a device again with its latest reading, when only its windows have moved on. */
final class DeviceJudge implements Judge {
  private final Core core;

  DeviceJudge(Core core) {
    this.core = core;
  }

  @Override
  public boolean raises(Activation a, long now) {
    Frame frame = look(a, now);
    DeviceStep step = frame == null ? null : step(a, frame);
    return frame != null && step != null ? step.raise.of(frame) : a.silent;
  }

  @Override
  public boolean clears(Activation a, long now) {
    Frame frame = look(a, now);
    DeviceStep step = frame == null ? null : step(a, frame);
    return frame != null && step != null && step.cleared(frame);
  }

  /** The latest reading that was judged; null when none was, or when the rule lets go of it. */
  private static @Nullable Frame look(Activation a, long now) {
    Reading reading = a.judged;
    DeviceState device = (DeviceState) a.subject;
    double[] params = a.rule.params(device);
    return reading == null || params == null ? null : new Frame(reading, device, params, now);
  }

  private @Nullable DeviceStep step(Activation a, Frame frame) {
    return core.plan(frame.reading().shape()).step(a.rule);
  }

  @Override
  public long nextChange(Activation a, long now) {
    return a.rule.windows.isEmpty()
        ? Activation.NONE
        : DeviceStep.nextLeave(a.rule, (DeviceState) a.subject, now);
  }

  @Override
  public List<Term> terms(Activation a, long now) {
    Rule.OnDevice spec = a.rule.onDevice();
    if (spec == null) {
      return List.of();
    }
    if (a.silent) {
      DeviceState device = (DeviceState) a.subject;
      String what = spec.metric().isEmpty() ? "" : spec.metric() + " ";
      long heard = what.isEmpty() ? device.heard() : core.said(device, a.rule).time;
      return List.of(
          new Term(0, what + "absent: " + Durations.format(spec.absent()), true),
          new Term(1, "silent since", since(heard)));
    }
    Expr raise = spec.raise();
    Frame frame = look(a, now);
    DeviceStep step = frame == null ? null : step(a, frame);
    return raise == null || frame == null || step == null ? List.of() : step.terms(raise, frame);
  }

  private static String since(long heard) {
    return heard == DeviceState.NEVER ? "ever" : Instant.ofEpochMilli(heard).toString();
  }

  @Override
  public List<Term> levelTerms(Activation a, long now) {
    List<Rule.Level> levels = a.rule.rule.notice().levels();
    Frame frame = levels.isEmpty() || a.silent ? null : look(a, now);
    DeviceStep step = frame == null ? null : step(a, frame);
    if (frame == null || step == null) {
      return List.of();
    }
    List<Term> all = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      String name = "level " + levels.get(i).severity().name().toLowerCase(Locale.ROOT);
      List<Term> parts = step.levelTerms(i, frame);
      all.add(new Term(0, name, parts.getFirst().value()));
      all.addAll(parts);
    }
    return all;
  }
}
