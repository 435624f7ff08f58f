package dev.hologrid.rules.engine;

import dev.hologrid.rules.PlaceLevel;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.language.RuleSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets alerts out, or holds them back while they are silenced or inhibited. */
final class Announcer {
  /** An order that a restart does not change. */
  private static final Comparator<Activation> OLDEST_FIRST =
      Comparator.<Activation>comparingLong(a -> a.startedAt)
          .thenComparingInt(a -> a.rule.index)
          .thenComparingInt(a -> a.subject.index);

  private final Core core;
  private final List<RuleSet.Inhibition> inhibitions;
  private final List<Map<Object, Integer>> sources = new ArrayList<>();
  private List<RuleSet.Silence> silences;
  private List<RuleSet.Silence> given = List.of();
  private final Set<Activation> held = new HashSet<>();
  private @Nullable AlertSink sink;

  Announcer(Core core, RuleSet set) {
    this.core = core;
    this.inhibitions = set.inhibitions();
    this.silences = set.silences();
    inhibitions.forEach(each -> sources.add(new HashMap<>()));
  }

  void to(AlertSink current) {
    if (sink != current) {
      sink = current;
    }
  }

  void raised(Activation a, long receivedAt) {
    if (hushed(a, a.startedAt)) {
      held.add(a);
    } else {
      a.announced = true;
      emit(Lifecycle.event(AlertEvent.Kind.RAISED, a, a.startedAt, receivedAt));
    }
    count(a, 1, a.startedAt);
  }

  void changed(Activation a, long at, long receivedAt) {
    if (a.announced) {
      emit(Lifecycle.event(AlertEvent.Kind.CHANGED, a, at, receivedAt));
    }
  }

  void cleared(Activation a, long at, long receivedAt) {
    if (!held.isEmpty()) {
      held.remove(a);
    }
    if (a.announced) {
      emit(Lifecycle.event(AlertEvent.Kind.CLEARED, a, at, receivedAt));
    }
    count(a, -1, at);
  }

  /** What operators asked for, beside the maintenance of the rule files. */
  List<RuleSet.Silence> given() {
    return given;
  }

  /** Takes the place of what operators asked for before; what that held comes out. */
  void silences(List<RuleSet.Silence> all, long now) {
    given = List.copyOf(all);
    List<RuleSet.Silence> whole = new ArrayList<>(core.set.silences());
    whole.addAll(given);
    silences = List.copyOf(whole);
    scheduleEnds();
    release(now);
  }

  void scheduleEnds() {
    for (RuleSet.Silence silence : silences) {
      core.timers().push(silence.until(), Timers.of(Timers.HUSH, 0, 0));
    }
  }

  /** Lets out what nothing holds any more. */
  void release(long now) {
    for (Activation a : held.stream().sorted(OLDEST_FIRST).toList()) {
      if (!hushed(a, now)) {
        held.remove(a);
        a.announced = true;
        emit(Lifecycle.event(AlertEvent.Kind.RAISED, a, now, now));
      }
    }
  }

  /** An activation that a snapshot brought back. */
  void restored(Activation a) {
    if (!a.announced) {
      held.add(a);
    }
    for (int i = 0; i < inhibitions.size(); i++) {
      add(i, a, 1);
    }
  }

  private void count(Activation a, int by, long now) {
    boolean ended = false;
    for (int i = 0; i < inhibitions.size(); i++) {
      ended |= add(i, a, by);
    }
    if (ended) {
      release(now);
    }
  }

  private boolean add(int i, Activation a, int by) {
    RuleSet.Inhibition inhibition = inhibitions.get(i);
    Object where = where(inhibition.same(), a.subject);
    if (where == null || !names(inhibition.source(), a)) {
      return false;
    }
    return sources.get(i).merge(where, by, (x, y) -> x + y == 0 ? null : x + y) == null;
  }

  private boolean hushed(Activation a, long now) {
    for (int i = 0; i < inhibitions.size(); i++) {
      RuleSet.Inhibition inhibition = inhibitions.get(i);
      Object where = where(inhibition.same(), a.subject);
      if (where != null
          && names(inhibition.target(), a)
          && !names(inhibition.source(), a)
          && sources.get(i).containsKey(where)) {
        return true;
      }
    }
    for (RuleSet.Silence silence : silences) {
      if (now >= silence.from()
          && now < silence.until()
          && (silence.rules().isEmpty() || names(silence.rules(), a))
          && covers(silence, a.subject)) {
        return true;
      }
    }
    return false;
  }

  private static boolean covers(RuleSet.Silence silence, Subject subject) {
    if (subject instanceof DeviceState device) {
      return CompiledRule.fits(silence.where(), device.device);
    }
    if (!silence.where().devices().isEmpty() || !silence.where().labels().isEmpty()) {
      return false;
    }
    for (PlaceState p = (PlaceState) subject; p != null; p = p.parent) {
      if (p.code.equals(silence.where().place())) {
        return true;
      }
    }
    return silence.where().place().isEmpty();
  }

  private static boolean names(List<String> names, Activation a) {
    return names.contains(a.rule.name()) || names.contains(a.rule.rule.notice().category());
  }

  private static @Nullable Object where(@Nullable PlaceLevel same, Subject subject) {
    if (same == null) {
      return subject;
    }
    if (subject instanceof DeviceState device) {
      return device.placeAt(same);
    }
    return ((PlaceState) subject).at(same);
  }

  private void emit(AlertEvent event) {
    if (sink == null) {
      throw new IllegalStateException("an alert outside a call of the engine");
    }
    sink.accept(event);
  }
}
