package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.Evidence;
import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.language.RuleSet;
import dev.hologrid.rules.window.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rule set at work on a registry of devices: what is compiled, what is true, what is due. */
final class Core {
  /** Shapes past this many are planned anew each time: slower, never wrong, never without end. */
  private static final int MOST_PLANS = 10_000;

  private static final Comparator<Evidence> OLDEST_FIRST = Comparator.comparingLong(Evidence::time);

  /** Another rule looks at this rule's alerts. */
  private record Dependent(PlaceRule rule, int member) {}

  final RuleSet set;
  final List<CompiledRule> rules = new ArrayList<>();
  private final List<@Nullable PlaceRule> places = new ArrayList<>();
  private final List<Judge> judges = new ArrayList<>();
  private final List<List<Dependent>> dependents = new ArrayList<>();
  private final IdentityHashMap<Shape, ShapePlan> plans = new IdentityHashMap<>();
  private final Activations active = new Activations();
  private final TimerQueue timers = new TimerQueue();
  private final Lifecycle lifecycle = new Lifecycle(this);
  private final Announcer announcer;
  private final Registry registry;
  private @Nullable Shape lastShape;
  private @Nullable ShapePlan lastPlan;
  private long clock = Long.MIN_VALUE;

  Core(RuleSet set, Registry registry) {
    this.set = set;
    this.registry = registry;
    this.announcer = new Announcer(this, set);
    int windowSlots = 0;
    int shares = 0;
    Map<String, Integer> byName = new HashMap<>();
    for (Rule rule : set.rules()) {
      CompiledRule compiled = new CompiledRule(rule, rules.size(), windowSlots, set);
      windowSlots += compiled.windows.size();
      rules.add(compiled);
      dependents.add(new ArrayList<>());
      PlaceRule place =
          switch (rule.trigger()) {
            case Rule.OnDevice d -> null;
            case Rule.Correlation c -> new CorrelationRule(compiled, this, c);
            case Rule.Sequence s -> new SequenceRule(compiled, this, s);
            case Rule.Share s -> new ShareRule(compiled, this, s, shares++);
          };
      places.add(place);
      judges.add(place == null ? new DeviceJudge(this) : place);
      byName.put(rule.name(), compiled.index);
      List<Rule.Member> members = members(rule);
      for (int i = 0; i < members.size() && place != null; i++) {
        Integer source = byName.get(members.get(i).alert());
        if (source != null) {
          dependents.get(source).add(new Dependent(place, i));
        }
      }
    }
    registry.windowSlots(windowSlots);
    announcer.scheduleEnds();
  }

  static List<Rule.Member> members(Rule rule) {
    return switch (rule.trigger()) {
      case Rule.OnDevice d -> List.of();
      case Rule.Correlation c -> c.of();
      case Rule.Sequence s -> {
        List<Rule.Member> all = new ArrayList<>(s.steps());
        if (s.unless() != null) {
          all.add(s.unless());
        }
        yield all;
      }
      case Rule.Share s -> List.of(s.member());
    };
  }

  int ruleCount() {
    return rules.size();
  }

  /** Stands in for a device that no rule knows anything of, so that it need not be looked at. */
  DeviceState nobody() {
    return registry.blank;
  }

  DeviceState device(int number) {
    return registry.device(number);
  }

  Lifecycle lifecycle() {
    return lifecycle;
  }

  Announcer announcer() {
    return announcer;
  }

  TimerQueue timers() {
    return timers;
  }

  long clock() {
    return clock;
  }

  void clock(long now) {
    clock = Math.max(clock, now);
  }

  Judge judge(CompiledRule rule) {
    return judges.get(rule.index);
  }

  @Nullable PlaceRule placeRule(CompiledRule rule) {
    return places.get(rule.index);
  }

  Activations active() {
    return active;
  }

  @SuppressWarnings("ReferenceEquality") // shapes are interned; another object is only slower
  ShapePlan plan(Shape shape) {
    ShapePlan plan = lastPlan;
    if (shape == lastShape && plan != null) {
      return plan;
    }
    plan = plans.get(shape);
    if (plan == null) {
      plan = new ShapePlan(shape, this);
      if (plans.size() < MOST_PLANS) {
        plans.put(shape, plan);
      }
    }
    lastShape = shape;
    lastPlan = plan;
    return plan;
  }

  // What a device brings with it.

  void registered(DeviceState device) {
    short[] rows = null;
    for (CompiledRule rule : rules) {
      if (rule.choosy()) {
        rows = rows == null ? new short[rules.size()] : rows;
        rows[rule.index] = (short) rule.rowFor(device.device);
      }
      PlaceRule place = places.get(rule.index);
      if (place != null) {
        place.population(device, 1);
      }
    }
    device.rows(rows);
  }

  void unregistered(DeviceState device) {
    for (PlaceRule place : places) {
      if (place != null) {
        place.population(device, -1);
      }
    }
  }

  /** Starts waiting for silence; once per device and rule. */
  void watch(DeviceState device, CompiledRule rule) {
    Rule.OnDevice spec = rule.onDevice();
    if (spec != null && spec.absent() > 0 && rule.rule.scope().concerns(device.device.kind())) {
      timers.push(
          said(device, rule, spec) + spec.absent(),
          Timers.of(Timers.SILENCE_OF_DEVICE, rule.index, device.index));
    }
  }

  void watch(DeviceState device) {
    for (CompiledRule rule : rules) {
      watch(device, rule);
    }
  }

  // Time.

  /** Runs the timer that is due first. */
  void tick() {
    long due = timers.next();
    long payload = timers.payload();
    timers.pop();
    clock(due);
    if (Timers.what(payload) == Timers.HUSH) {
      announcer.release(due);
      return;
    }
    Subject subject = registry.subject(Timers.subject(payload));
    CompiledRule rule = rules.get(Timers.rule(payload));
    if (Timers.what(payload) == Timers.ACTIVATION) {
      Activation a = subject.active(rule.index);
      if (a != null && a.timerAt <= due) {
        lifecycle.wake(a, due);
      }
    } else {
      silence((DeviceState) subject, rule, due);
    }
  }

  private void silence(DeviceState device, CompiledRule rule, long now) {
    Rule.OnDevice spec = rule.onDevice();
    if (spec == null || !rule.rule.scope().concerns(device.device.kind())) {
      return;
    }
    long since = said(device, rule, spec) + spec.absent();
    long again = since;
    if (since <= now) {
      again = now + spec.absent();
      if (device.active(rule.index) == null && rule.params(device) != null) {
        long offset = spec.metric().isEmpty() ? device.lastOffset() : said(device, rule).offset;
        lifecycle.silence(rule, device, since, offset);
      }
    }
    timers.push(again, Timers.of(Timers.SILENCE_OF_DEVICE, rule.index, device.index));
  }

  /** When the device last said what the rule waits for. */
  private long said(DeviceState device, CompiledRule rule, Rule.OnDevice spec) {
    return spec.metric().isEmpty() ? device.heard() : said(device, rule).time;
  }

  /** Of a rule that waits for a metric. */
  LastSaid said(DeviceState device, CompiledRule rule) {
    if (device.memory(rule.index) instanceof LastSaid known) {
      return known;
    }
    LastSaid fresh = new LastSaid(device.heard(), -1);
    device.remember(rule.index, rules.size(), fresh);
    return fresh;
  }

  // Activations.

  void activate(Activation a) {
    a.subject.activate(a.rule.index, rules.size(), a);
    active.add(a);
  }

  void deactivate(Activation a) {
    a.subject.activate(a.rule.index, rules.size(), null);
    active.remove(a);
  }

  boolean isCurrent(Activation a) {
    return a.subject.active(a.rule.index) == a;
  }

  void fired(Activation a, long now) {
    for (Dependent dependent : dependents.get(a.rule.index)) {
      dependent.rule.alert(dependent.member, a, true, now);
    }
  }

  void ended(Activation a, long now) {
    for (Dependent dependent : dependents.get(a.rule.index)) {
      dependent.rule.alert(dependent.member, a, false, now);
    }
  }

  // What an alert says.

  Evidence evidence(CompiledRule rule, Reading reading) {
    List<String> metrics = reading.shape().metrics();
    if (rule.metrics.size() == 1) {
      int slot = metrics.indexOf(rule.metrics.iterator().next());
      return Lifecycle.note(
          reading,
          reading.time(),
          slot < 0 ? Map.of() : Map.of(metrics.get(slot), reading.value(slot)));
    }
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < metrics.size(); i++) {
      if (rule.metrics.isEmpty() || rule.metrics.contains(metrics.get(i))) {
        values.put(metrics.get(i), reading.value(i));
      }
    }
    return Lifecycle.note(reading, reading.time(), values);
  }

  /** Adds the readings in the rule's windows to the evidence; oldest first. */
  void windowEvidence(Activation a) {
    if (!(a.subject instanceof DeviceState device) || a.rule.windows.isEmpty()) {
      a.because.sort(OLDEST_FIRST); // a late one may have come last
      return;
    }
    Set<Long> known = new LinkedHashSet<>();
    a.because.forEach(e -> known.add(e.offset()));
    List<Evidence> more = new ArrayList<>();
    a.rule.windows.forEach(
        (spec, slot) -> {
          Window window = device.window(slot);
          String what = spec.of().text();
          for (int i = 0; window != null && i < window.size(); i++) {
            if (known.add(window.offset(i))) {
              more.add(
                  new Evidence(
                      window.offset(i),
                      device.id(),
                      window.time(i),
                      Map.of(what, window.value(i))));
            }
          }
        });
    more.addAll(a.because);
    more.sort(OLDEST_FIRST);
    int from = Math.max(0, more.size() - Activation.MOST_EVIDENCE);
    a.because.clear();
    a.because.addAll(more.subList(from, more.size()));
  }

  Alert compose(Activation a, @Nullable Long endedAt) {
    a.told = a.last;
    return Composer.compose(a, endedAt);
  }

  long timeOf(Reading reading) {
    return reading.time();
  }
}
