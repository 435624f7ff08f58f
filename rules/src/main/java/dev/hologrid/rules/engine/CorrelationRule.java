package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.alert.Evidence;
import dev.hologrid.rules.alert.Term;
import dev.hologrid.rules.language.Durations;
import dev.hologrid.rules.language.Rule;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Several things in one place within a time; in which order they come does not matter. */
final class CorrelationRule extends PlaceRule {
  private static final int MOST_MATCHES = 64;

  /** A member that matched. One that is an alert and still fires is live: it does not age. */
  private static final class Match {
    final int member;
    final int subject;
    long time;
    boolean live;
    Evidence evidence;

    Match(int member, int subject, long time, boolean live, Evidence evidence) {
      this.member = member;
      this.subject = subject;
      this.time = time;
      this.live = live;
      this.evidence = evidence;
    }
  }

  private final Rule.Correlation spec;

  CorrelationRule(CompiledRule rule, Core core, Rule.Correlation spec) {
    super(rule, core);
    this.spec = spec;
  }

  @Override
  boolean orderFree() {
    return true;
  }

  @Override
  void judged(int member, boolean is, DeviceState device, Reading reading, long now) {
    PlaceState place = is ? device.placeAt(spec.same()) : null;
    if (place == null) {
      return;
    }
    Evidence evidence = core.evidence(rule, reading);
    match(place, new Match(member, device.index, now, false, evidence), reading, now);
  }

  @Override
  void alert(int member, Activation of, boolean firing, long now) {
    PlaceState place =
        of.subject instanceof DeviceState device
            ? device.placeAt(spec.same())
            : ((PlaceState) of.subject).at(spec.same());
    if (place == null) {
      return;
    }
    Evidence evidence =
        of.because.isEmpty()
            ? new Evidence(of.offset, of.subject.id(), of.startedAt, java.util.Map.of())
            : of.because.getLast();
    match(place, new Match(member, of.subject.index, now, firing, evidence), of.last, now);
  }

  private void match(PlaceState place, Match match, @Nullable Reading reading, long now) {
    Activation a = place.active(rule.index);
    if (a != null) {
      core.lifecycle().catchUp(a, now);
      a = place.active(rule.index);
    }
    List<Match> matches = matches(place);
    put(matches, match);
    boolean holds = holds(matches, now);
    if (a == null) {
      if (!holds) {
        return;
      }
      a = begin(place, now, match.evidence.offset());
      matches.sort(Comparator.comparingLong(m -> m.evidence.time()));
      for (Match each : matches) {
        if (each != match || reading == null) {
          a.evidence(each.evidence);
        }
      }
    }
    core.lifecycle().settle(a, holds, !holds, reading, now);
  }

  private void put(List<Match> matches, Match match) {
    for (Match each : matches) {
      if (each.member == match.member && each.subject == match.subject) {
        each.live = match.live;
        if (match.time >= each.time) {
          each.time = match.time;
          each.evidence = match.evidence;
        }
        return;
      }
    }
    if (matches.size() == MOST_MATCHES) {
      matches.remove(0);
    }
    matches.add(match);
  }

  @SuppressWarnings("unchecked")
  private List<Match> matches(PlaceState place) {
    Object memory = place.memory(rule.index);
    if (memory == null) {
      memory = new ArrayList<Match>(2);
      place.remember(rule.index, core.ruleCount(), memory);
    }
    return (List<Match>) memory;
  }

  private boolean holds(List<Match> matches, long now) {
    matches.removeIf(m -> !m.live && m.time + spec.within() <= now);
    if (spec.atLeast() > 0) {
      Set<Integer> subjects = new HashSet<>();
      matches.forEach(m -> subjects.add(m.subject));
      return subjects.size() >= spec.atLeast();
    }
    for (int i = 0; i < spec.of().size(); i++) {
      int missing = spec.of().get(i).times();
      for (Match match : matches) {
        missing -= match.member == i ? 1 : 0;
      }
      if (missing > 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean raises(Activation a, long now) {
    return holds(matches((PlaceState) a.subject), now);
  }

  @Override
  public long nextChange(Activation a, long now) {
    long next = Activation.NONE;
    for (Match match : matches((PlaceState) a.subject)) {
      if (!match.live) {
        next = Math.min(next, match.time + spec.within());
      }
    }
    return next;
  }

  @Override
  public List<Term> terms(Activation a, long now) {
    List<Match> matches = matches((PlaceState) a.subject);
    String level = spec.same().name().toLowerCase(Locale.ROOT);
    String within = " in one " + level + " within " + Durations.format(spec.within());
    List<Term> all = new ArrayList<>();
    if (spec.atLeast() > 0) {
      double devices = matches.stream().mapToInt(m -> m.subject).distinct().count();
      all.add(new Term(0, "devices" + within + ", at least " + spec.atLeast(), devices));
    } else {
      all.add(new Term(0, "all" + within, holds(matches, now)));
    }
    for (int i = 0; i < spec.of().size(); i++) {
      int member = i;
      double found = matches.stream().filter(m -> m.member == member).count();
      all.add(new Term(1, spec.of().get(i).text(), found));
    }
    return all;
  }

  @Override
  void write(Subject subject, DataOutput out) throws IOException {
    List<Match> matches = matches((PlaceState) subject);
    out.writeInt(matches.size());
    for (Match match : matches) {
      out.writeInt(match.member);
      out.writeInt(match.subject);
      out.writeLong(match.time);
      out.writeBoolean(match.live);
      Frames.writeEvidence(match.evidence, out);
    }
  }

  @Override
  void read(Subject subject, DataInput in) throws IOException {
    List<Match> matches = matches((PlaceState) subject);
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      matches.add(
          new Match(
              in.readInt(),
              in.readInt(),
              in.readLong(),
              in.readBoolean(),
              Frames.readEvidence(in)));
    }
  }
}
