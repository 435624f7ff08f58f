package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import org.jspecify.annotations.Nullable;

/** Judges a device again with its latest reading, when only its windows have moved on. */
record DeviceJudge(Core core) implements Judge {
  @Override
  public boolean raises(Activation a, long now) {
    DeviceStep step = look(a, now);
    return step != null ? step.raise().of(core.frame) : a.silent;
  }

  @Override
  public boolean clears(Activation a, long now) {
    DeviceStep step = look(a, now);
    return step != null && step.cleared(core.frame);
  }

  private @Nullable DeviceStep look(Activation a, long now) {
    Reading reading = a.judged;
    if (reading == null) {
      return null;
    }
    core.frame.look((DeviceState) a.subject, reading, now);
    boolean unused = a.rule.params(core.frame);
    return core.plan(reading.shape()).step(a.rule);
  }

  @Override
  public long nextChange(Activation a) {
    return a.rule.windows.isEmpty()
        ? Activation.NONE
        : DeviceStep.nextLeave(a.rule, (DeviceState) a.subject);
  }
}
