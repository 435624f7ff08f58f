package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.alert.Evidence;
import dev.hologrid.rules.language.Rule;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pending, firing, cleared: what becomes of a condition that is true. All times are event time. */
final class Lifecycle {
  /** Earlier raises of a rule that damps flapping. */
  record FlapKey(int rule, int subject) {}

  private final Core core;
  final Map<FlapKey, long[]> flaps = new HashMap<>();

  Lifecycle(Core core) {
    this.core = core;
  }

  /** Does what time alone brings up to and including {@code now}. */
  void catchUp(Activation a, long now) {
    while (a.next() <= now && core.isCurrent(a)) {
      step(a, a.next());
    }
  }

  /** A timer went off; {@code clock} is the watermark. */
  void wake(Activation a, long clock) {
    a.timerAt = Activation.NONE;
    catchUp(a, clock - a.lag);
    if (core.isCurrent(a)) {
      schedule(a);
    }
  }

  private void step(Activation a, long now) {
    if (a.windowAt <= now) {
      Judge judge = core.judge(a.rule);
      a.windowAt = Activation.NONE;
      boolean raise = judge.raises(a, now);
      apply(a, raise, !raise && judge.clears(a, now), now);
      if (core.isCurrent(a)) {
        a.windowAt = judge.nextChange(a, now);
      }
    } else if (!a.firing) {
      fire(a, now, now);
    } else if (a.clearAt <= now) {
      clear(a, now, now);
    } else if (a.closeAt <= now) {
      close(a, now);
    } else {
      relevel(a, now, now);
    }
  }

  /** A condition became true; the caller goes on with {@link #settle}. */
  Activation begin(CompiledRule rule, Subject subject, long now, long offset) {
    Activation a = new Activation(rule, subject, now, offset);
    core.activate(a);
    return a;
  }

  /** A reading was judged at its time. */
  void settle(Activation a, boolean raise, boolean clear, @Nullable Reading reading, long now) {
    if (reading != null) {
      a.judged = reading;
      if (raise) {
        a.last = reading;
        if (!a.firing) {
          a.evidence(core.evidence(a.rule, reading));
        }
      }
    }
    apply(a, raise, clear, now);
    if (!core.isCurrent(a)) {
      return;
    }
    if (!a.firing && a.due <= now) {
      fire(a, now, reading == null ? now : reading.receivedAt());
    }
    if (core.isCurrent(a)) {
      if (a.firing) {
        relevel(a, now, reading == null ? now : reading.receivedAt());
      }
      a.windowAt = core.judge(a.rule).nextChange(a, now);
      a.lag = Math.max(0, core.clock() - now);
      schedule(a);
    }
  }

  private void apply(Activation a, boolean raise, boolean clear, long now) {
    Rule.Timing timing = a.rule.rule.timing();
    if (!a.firing) {
      if (!raise) {
        core.deactivate(a);
      }
      return;
    }
    if (raise) {
      a.clearAt = timing.clearAbsent() > 0 ? now + timing.clearAbsent() : Activation.NONE;
    } else if (timing.clearAbsent() == 0) {
      if (!clear) {
        a.clearAt = Activation.NONE;
        return;
      }
      long keep = keep(a, timing);
      if (keep == 0) {
        Reading by = a.judged;
        boolean byReading = by != null && core.timeOf(by) == now;
        clear(a, now, byReading && by != null ? by.receivedAt() : now);
      } else if (a.clearAt == Activation.NONE) {
        a.clearAt = now + keep;
      }
    }
  }

  private static long keep(Activation a, Rule.Timing timing) {
    Rule.Flap flap = timing.flap();
    return flap != null && a.raises >= flap.raises()
        ? Math.max(timing.keep(), flap.hold())
        : timing.keep();
  }

  private void fire(Activation a, long now, long receivedAt) {
    if (!a.rule.open(now)) {
      a.due = a.rule.nextChange(now);
      return;
    }
    Rule.Timing timing = a.rule.rule.timing();
    a.firing = true;
    a.startedAt = now;
    a.closeAt = a.rule.during.isEmpty() ? Activation.NONE : closing(a.rule, now);
    a.clearAt = timing.clearAbsent() > 0 ? now + timing.clearAbsent() : Activation.NONE;
    a.severity = a.severityAt(now);
    if (timing.flap() != null) {
      countRaise(a, timing.flap(), now);
    }
    core.windowEvidence(a);
    Judge judge = core.judge(a.rule);
    a.terms = judge.terms(a, now);
    a.levelTerms = judge.levelTerms(a, now);
    a.alert = core.compose(a, null);
    core.announcer().raised(a, receivedAt);
    core.fired(a, now);
  }

  private static long closing(CompiledRule rule, long now) {
    long at = rule.nextChange(now);
    while (at != Activation.NONE && rule.open(at)) {
      at = rule.nextChange(at);
    }
    return at;
  }

  private void countRaise(Activation a, Rule.Flap flap, long now) {
    long[] times =
        flaps.computeIfAbsent(
            new FlapKey(a.rule.index, a.subject.index), key -> new long[flap.raises()]);
    System.arraycopy(times, 0, times, 1, times.length - 1);
    times[0] = now;
    int within = 0;
    for (long time : times) {
      if (time > 0 && time > now - flap.within()) {
        within++;
      }
    }
    a.raises = within;
  }

  private void clear(Activation a, long now, long receivedAt) {
    core.deactivate(a);
    a.alert = core.compose(a, now);
    core.announcer().cleared(a, now, receivedAt);
    core.ended(a, now);
  }

  /** The time interval closes: the alert ends, the condition is remembered for the next opening. */
  private void close(Activation a, long now) {
    a.firing = false;
    a.alert = core.compose(a, now);
    core.announcer().cleared(a, now, now);
    core.ended(a, now);
    a.due = a.rule.nextChange(now);
    a.closeAt = Activation.NONE;
    a.clearAt = Activation.NONE;
    a.announced = false;
    Reading last = a.last;
    a.offset = last == null ? a.offset : last.offset();
  }

  private void relevel(Activation a, long now, long receivedAt) {
    Severity severity = a.severityAt(now);
    if (severity != a.severity) {
      a.severity = severity;
      a.levelTerms = core.judge(a.rule).levelTerms(a, now);
      a.alert = core.compose(a, null);
      core.announcer().changed(a, now, receivedAt);
    }
  }

  private void schedule(Activation a) {
    long next = a.next();
    if (next != Activation.NONE && next + a.lag < a.timerAt) {
      a.timerAt = next + a.lag;
      core.timers().push(a.timerAt, Timers.activation(a.rule.index, a.subject.index));
    }
  }

  /** Outstanding timers are forgotten; put this one's in anew. */
  void reschedule(Activation a) {
    a.timerAt = Activation.NONE;
    schedule(a);
  }

  /** The event of a raise, now or once it is no longer hushed. */
  static AlertEvent event(AlertEvent.Kind kind, Activation a, long at, long receivedAt) {
    if (a.alert == null) {
      throw new IllegalStateException("no alert was composed for " + a.rule.name());
    }
    return new AlertEvent(kind, a.alert, at, receivedAt);
  }

  /** A silence became an alert. */
  void silence(CompiledRule rule, DeviceState device, long since, long offset) {
    Activation a = begin(rule, device, since, offset);
    a.silent = true;
    a.due = since;
    a.lag = Math.max(0, core.clock() - since);
    fire(a, since, since);
    if (core.isCurrent(a)) {
      schedule(a);
    }
  }

  static Evidence note(Reading reading, long time, Map<String, Object> values) {
    return new Evidence(reading.offset(), reading.device(), time, values);
  }
}
