package dev.hologrid.rules.engine;

import dev.hologrid.rules.PlaceLevel;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.alert.Evidence;
import dev.hologrid.rules.alert.Term;
import dev.hologrid.rules.language.Durations;
import dev.hologrid.rules.language.Rule;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing after another within a time. For each step only the latest start from which the steps
 * up to it were seen is kept: if any choice of readings completes the sequence in time, that one
 * does.
 */
final class SequenceRule extends PlaceRule {
  private static final long NOT_YET = Long.MIN_VALUE;

  /** The readings of a partial match, newest first. */
  private record Chain(Evidence evidence, @Nullable Chain before) {}

  private static final class Progress {
    final long[] start;
    final @Nullable Chain[] chain;
    long completed = NOT_YET;

    /** When what must not come last came; kept only for a rule that asks. */
    long undone = NOT_YET;

    Progress(int steps) {
      start = new long[steps];
      chain = new Chain[steps];
      Arrays.fill(start, NOT_YET);
    }
  }

  private final Rule.Sequence spec;

  /** How many devices of {@code with} a place has; told by the registry, so never written. */
  private final Map<PlaceState, Integer> company = new HashMap<>();

  /** The member of each step, a member that comes three times being three steps. */
  private final int[] steps;

  SequenceRule(CompiledRule rule, Core core, Rule.Sequence spec) {
    super(rule, core);
    this.spec = spec;
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < spec.steps().size(); i++) {
      for (int n = 0; n < spec.steps().get(i).times(); n++) {
        all.add(i);
      }
    }
    this.steps = all.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  void population(DeviceState device, int by) {
    Rule.Selector with = spec.with();
    PlaceLevel same = spec.same();
    PlaceState place =
        with != null && same != null && with.fits(device.device) ? device.placeAt(same) : null;
    if (place != null) {
      company.merge(place, by, Integer::sum);
    }
  }

  /** Is it a place that the rule looks at? */
  private boolean concerns(Subject key) {
    return spec.with() == null
        || key instanceof PlaceState place && company.getOrDefault(place, 0) > 0;
  }

  private @Nullable Subject key(Subject of) {
    if (spec.same() == null) {
      return of;
    }
    return of instanceof DeviceState device
        ? device.placeAt(spec.same())
        : ((PlaceState) of).at(spec.same());
  }

  @Override
  void judged(int member, boolean is, DeviceState device, Reading reading, long now) {
    Subject key = is ? key(device) : null;
    if (key != null) {
      if (member == spec.steps().size()) {
        undo(key, reading, now);
      } else if (concerns(key) && (member == 0 || key.memory(rule.index) != null)) {
        advance(key, member, core.evidence(rule, reading), reading, now);
      }
    }
  }

  @Override
  void alert(int member, Activation of, boolean firing, long now) {
    Subject key = firing ? key(of.subject) : null;
    if (key == null) {
      return;
    }
    Evidence evidence =
        of.because.isEmpty()
            ? new Evidence(of.offset, of.subject.id(), of.startedAt, java.util.Map.of())
            : of.because.getLast();
    if (member == spec.steps().size()) {
      undo(key, of.last, now);
    } else if (concerns(key)) {
      advance(key, member, evidence, of.last, now);
    }
  }

  /** What must not follow did follow. */
  private void undo(Subject key, @Nullable Reading reading, long now) {
    if (spec.unlessBefore() > 0) {
      progress(key).undone = now;
    }
    Activation a = key.active(rule.index);
    if (a != null) {
      core.lifecycle().catchUp(a, now);
      a = key.active(rule.index);
    }
    if (a != null) {
      progress(key).completed = NOT_YET;
      core.lifecycle().settle(a, false, true, reading, now);
      if (core.isCurrent(a) && rule.rule.timing().clearAbsent() > 0) {
        a.clearAt = now; // it need not be waited for any more
        core.lifecycle().catchUp(a, now);
      }
    }
  }

  private void advance(
      Subject key, int member, Evidence evidence, @Nullable Reading reading, long now) {
    Progress p = progress(key);
    for (int i = steps.length - 1; i >= 0; i--) {
      if (steps[i] != member) {
        continue;
      }
      long start = i == 0 ? now : p.start[i - 1];
      if (start != NOT_YET && now - start <= spec.within() && start >= p.start[i]) {
        p.start[i] = start;
        p.chain[i] = new Chain(evidence, i == 0 ? null : p.chain[i - 1]);
        if (i == steps.length - 1) {
          Chain whole = p.chain[i];
          Arrays.fill(p.start, NOT_YET);
          Arrays.fill(p.chain, null);
          complete(key, p, whole, reading, now);
          return;
        }
      }
    }
  }

  private void complete(
      Subject key, Progress p, @Nullable Chain whole, @Nullable Reading reading, long now) {
    Activation a = key.active(rule.index);
    if (a != null) {
      core.lifecycle().catchUp(a, now);
      a = key.active(rule.index);
    }
    if (a == null && p.undone != NOT_YET && now - p.undone < spec.unlessBefore()) {
      return;
    }
    p.completed = now;
    if (a == null) {
      a = begin(key, now, whole == null ? -1 : whole.evidence().offset());
      if (spec.unless() != null) {
        a.due = Math.max(a.due, now + spec.unlessWithin());
      }
      List<Evidence> all = new ArrayList<>();
      for (Chain c = reading == null || whole == null ? whole : whole.before();
          c != null;
          c = c.before()) {
        all.add(0, c.evidence());
      }
      all.forEach(a::evidence);
    }
    core.lifecycle().settle(a, true, false, reading, now);
  }

  private Progress progress(Subject key) {
    Object memory = key.memory(rule.index);
    if (memory instanceof Progress p) {
      return p;
    }
    Progress p = new Progress(steps.length);
    key.remember(rule.index, core.ruleCount(), p);
    return p;
  }

  private long end(Activation a) {
    long completed = progress(a.subject).completed;
    if (completed == NOT_YET) {
      return Long.MIN_VALUE;
    }
    return spec.unless() != null ? Activation.NONE : completed + spec.within();
  }

  @Override
  public boolean raises(Activation a, long now) {
    return now < end(a);
  }

  @Override
  public long nextChange(Activation a, long now) {
    long end = end(a);
    boolean over = end <= now;
    return over || rule.rule.timing().clearAbsent() > 0 ? Activation.NONE : end;
  }

  @Override
  public List<Term> terms(Activation a, long now) {
    List<Term> all = new ArrayList<>();
    all.add(new Term(0, "in this order within " + Durations.format(spec.within()), true));
    for (Rule.Member step : spec.steps()) {
      all.add(new Term(1, step.text() + ", times", (double) step.times()));
    }
    if (spec.unless() != null) {
      String wait = Durations.format(spec.unlessWithin());
      all.add(new Term(1, "then within " + wait + ": " + spec.unless().text(), false));
    }
    return all;
  }

  @Override
  void write(Subject subject, DataOutput out) throws IOException {
    Progress p = progress(subject);
    out.writeLong(p.completed);
    if (spec.unlessBefore() > 0) {
      out.writeLong(p.undone);
    }
    for (int i = 0; i < steps.length; i++) {
      out.writeLong(p.start[i]);
      List<Evidence> chain = new ArrayList<>();
      for (Chain c = p.chain[i]; c != null; c = c.before()) {
        chain.add(0, c.evidence());
      }
      out.writeInt(chain.size());
      for (Evidence evidence : chain) {
        Frames.writeEvidence(evidence, out);
      }
    }
  }

  @Override
  void read(Subject subject, DataInput in) throws IOException {
    Progress p = progress(subject);
    p.completed = in.readLong();
    if (spec.unlessBefore() > 0) {
      p.undone = in.readLong();
    }
    for (int i = 0; i < steps.length; i++) {
      p.start[i] = in.readLong();
      int count = in.readInt();
      for (int n = 0; n < count; n++) {
        p.chain[i] = new Chain(Frames.readEvidence(in), p.chain[i]);
      }
    }
  }
}
