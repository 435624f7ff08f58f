package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.alert.Term;
import dev.hologrid.rules.language.Rule;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** So many of a place's devices: counted up and down, never gone through. */
final class ShareRule extends PlaceRule {
  private static final class Count {
    int total;
    int on;
  }

  private final Rule.Share spec;

  /** The rule's bit in {@link DeviceState#shares()}. */
  private final long bit;

  ShareRule(CompiledRule rule, Core core, Rule.Share spec, int ordinal) {
    super(rule, core);
    this.spec = spec;
    if (ordinal >= Long.SIZE) {
      throw new IllegalArgumentException("at most 64 rules over a share, but there are more");
    }
    this.bit = 1L << ordinal;
  }

  @Override
  void judged(int member, boolean is, DeviceState device, Reading reading, long now) {
    if (is != counts(device)) {
      turn(device, is, reading, reading.offset(), now);
    }
  }

  @Override
  void alert(int member, Activation of, boolean firing, long now) {
    if (of.subject instanceof DeviceState device && firing != counts(device)) {
      turn(device, firing, of.last, of.offset, now);
    }
  }

  private boolean counts(DeviceState device) {
    return (device.shares() & bit) != 0;
  }

  private void turn(
      DeviceState device, boolean on, @Nullable Reading reading, long offset, long now) {
    device.shares(device.shares() ^ bit);
    PlaceState place = concerned(device) ? device.placeAt(spec.same()) : null;
    if (place == null) {
      return;
    }
    Count count = count(place);
    count.on += on ? 1 : -1;
    boolean holds = holds(count);
    Activation a = place.active(rule.index);
    if (a != null) {
      core.lifecycle().catchUp(a, now);
      a = place.active(rule.index);
    }
    if (a == null && holds) {
      a = begin(place, now, offset);
    }
    if (a != null) {
      core.lifecycle().settle(a, holds, !holds, reading, now);
    }
  }

  private boolean concerned(DeviceState device) {
    Rule.Scope scope = rule.rule.scope();
    return scope.concerns(device.device.kind())
        && device.device.labels().entrySet().containsAll(scope.labels().entrySet())
        && (spec.member().kinds().isEmpty()
            || spec.member().kinds().contains(device.device.kind()));
  }

  @Override
  void population(DeviceState device, int by) {
    PlaceState place = concerned(device) ? device.placeAt(spec.same()) : null;
    if (place != null) {
      Count count = count(place);
      count.total += by;
      count.on += counts(device) ? by : 0;
    }
  }

  private Count count(PlaceState place) {
    if (place.memory(rule.index) instanceof Count count) {
      return count;
    }
    Count count = new Count();
    place.remember(rule.index, core.ruleCount(), count);
    return count;
  }

  private boolean holds(Count count) {
    return count.total >= spec.minimum() && count.on > spec.share() * count.total;
  }

  @Override
  public boolean raises(Activation a, long now) {
    return holds(count((PlaceState) a.subject));
  }

  @Override
  public long nextChange(Activation a, long now) {
    return Activation.NONE;
  }

  @Override
  public List<Term> terms(Activation a, long now) {
    Count count = count((PlaceState) a.subject);
    String level = spec.same().name().toLowerCase(Locale.ROOT);
    return List.of(
        new Term(0, "share of the " + level + "'s devices > " + spec.share(), holds(count)),
        new Term(1, spec.member().text(), (double) count.on),
        new Term(1, "devices", (double) count.total));
  }

  /** Counts follow from the devices; only which of them count is written. */
  @Override
  void write(Subject subject, DataOutput out) throws IOException {
    out.writeBoolean(subject instanceof DeviceState device && counts(device));
  }

  @Override
  void read(Subject subject, DataInput in) throws IOException {
    if (in.readBoolean() && subject instanceof DeviceState device) {
      device.shares(device.shares() | bit);
    }
  }
}
