package dev.hologrid.rules.engine;

import dev.hologrid.rules.engine.NaiveCondition.Said;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a rule means, told second by second from all readings so far: slow, and as close to the
 * words of the handbook as can be. Shares no code with the engine.
 */
abstract class NaiveRule {
  static final int NEVER = Integer.MAX_VALUE;

  /** The state of a rule that is true of a subject. */
  static final class Active {
    int due;
    boolean firing;
    boolean silent;
    int clearAt = NEVER;
    int levelSince = NEVER;
    String severity = "MINOR";
    @Nullable Said judged;
  }

  final String name;
  final int hold;
  final int keep;
  final Map<String, Active> active = new TreeMap<>();
  final Map<String, List<Said>> history = new HashMap<>();
  final List<String> events = new ArrayList<>();

  NaiveRule(String name, int hold, int keep) {
    this.name = name;
    this.hold = hold;
    this.keep = keep;
  }

  abstract String yaml();

  /** A second begins; what time alone brings. */
  abstract void second(int now, Map<String, String> buildings);

  abstract void said(Said said, Map<String, String> buildings);

  /** A second ends. */
  void after(int now) {}

  String frame(String body) {
    return "- alert: "
        + name
        + "\n"
        + body
        + (hold > 0 ? "  for: " + hold + "s\n" : "")
        + (keep > 0 ? "  keep_firing_for: " + keep + "s\n" : "")
        + "  labels: { severity: minor, category: FAULT }\n";
  }

  void tell(int now, String what, String subject, Active a) {
    events.add(now + "s " + what + " " + name + " " + subject + " " + a.severity);
  }

  /** The condition was judged. */
  void apply(String subject, Active a, boolean raise, boolean clear, int clearAbsent, int now) {
    if (!a.firing) {
      if (!raise) {
        active.remove(subject);
      }
    } else if (raise) {
      a.clearAt = clearAbsent > 0 ? now + clearAbsent : NEVER;
    } else if (clearAbsent == 0) {
      if (!clear) {
        a.clearAt = NEVER;
      } else if (a.clearAt == NEVER) {
        a.clearAt = now + keep;
      }
    }
    time(subject, a, clearAbsent, now);
  }

  /** What is due. */
  void time(String subject, Active a, int clearAbsent, int now) {
    if (active.get(subject) != a) {
      return;
    }
    if (!a.firing && a.due <= now) {
      a.firing = true;
      a.clearAt = clearAbsent > 0 ? now + clearAbsent : NEVER;
      a.severity = severity(a, now);
      tell(now, "RAISED", subject, a);
    } else if (a.firing && a.clearAt <= now) {
      active.remove(subject);
      tell(now, "CLEARED", subject, a);
    } else if (a.firing && !severity(a, now).equals(a.severity)) {
      a.severity = severity(a, now);
      tell(now, "CHANGED", subject, a);
    }
  }

  String severity(Active a, int now) {
    return "MINOR";
  }

  Active begin(String subject, int now) {
    Active a = new Active();
    a.due = now + hold;
    active.put(subject, a);
    return a;
  }

  List<Said> heard(String device) {
    return history.computeIfAbsent(device, d -> new ArrayList<>());
  }

  /** A rule over single devices. */
  static final class OfDevice extends NaiveRule {
    private final @Nullable NaiveCondition raise;
    private final @Nullable NaiveCondition clear;
    private final @Nullable NaiveCondition level;
    private final int levelHold;
    private final int clearAbsent;
    private final int absent;
    private final Map<String, Integer> lastHeard = new TreeMap<>();
    private final Map<String, Integer> silenceDue = new TreeMap<>();

    OfDevice(String name, Random random) {
      super(name, random.nextInt(3) == 0 ? random.nextInt(12) : 0, random.nextInt(3) == 0 ? 5 : 0);
      boolean silence = random.nextInt(5) == 0;
      absent = silence ? 8 + random.nextInt(20) : 0;
      raise = silence ? null : NaiveCondition.random(random, 2, true);
      clearAbsent = !silence && random.nextInt(5) == 0 ? 3 + random.nextInt(15) : 0;
      clear =
          silence || clearAbsent > 0 || random.nextInt(3) > 0
              ? null
              : NaiveCondition.random(random, 1, true);
      level = silence || random.nextInt(3) > 0 ? null : NaiveCondition.random(random, 1, false);
      levelHold = random.nextInt(6);
    }

    @Override
    String yaml() {
      return frame(
          "  on: boiler\n"
              + (raise == null ? "" : "  expr: \"" + raise.text() + "\"\n")
              + (absent > 0 ? "  absent: " + absent + "s\n" : "")
              + (clear == null ? "" : "  clear: \"" + clear.text() + "\"\n")
              + (clearAbsent > 0 ? "  clear: absent " + clearAbsent + "s\n" : "")
              + (level == null
                  ? ""
                  : "  levels: [{ severity: major, when: \""
                      + level.text()
                      + "\", for: "
                      + levelHold
                      + "s }]\n"));
    }

    @Override
    String severity(Active a, int now) {
      return a.levelSince != NEVER && a.levelSince + levelHold <= now ? "MAJOR" : "MINOR";
    }

    @Override
    void second(int now, Map<String, String> buildings) {
      for (Map.Entry<String, Active> each : new ArrayList<>(active.entrySet())) {
        Active a = each.getValue();
        Said judged = a.judged;
        List<Said> all = heard(each.getKey());
        boolean leaves =
            raise != null && raise.leaves(all, now) || clear != null && clear.leaves(all, now);
        if (judged != null && leaves) {
          judge(each.getKey(), a, judged, all, now);
        }
        time(each.getKey(), a, clearAbsent, now);
        time(each.getKey(), a, clearAbsent, now);
      }
    }

    private boolean raised(Said said, List<Said> all, int now) {
      return raise != null && Boolean.TRUE.equals(raise.of(said, all, now));
    }

    private void judge(String device, Active a, Said said, List<Said> all, int now) {
      boolean raised = raised(said, all, now);
      boolean cleared = clear == null || Boolean.TRUE.equals(clear.of(said, all, now));
      apply(device, a, raised, !raised && cleared, clearAbsent, now);
    }

    @Override
    void said(Said said, Map<String, String> buildings) {
      String device = said.device();
      int now = said.at();
      List<Said> all = heard(device);
      all.add(said);
      boolean alive =
          said.values().size() > 1 || !Boolean.FALSE.equals(said.values().get("online"));
      if (alive) {
        lastHeard.put(device, now);
      }
      Set<String> metrics = new TreeSet<>();
      for (NaiveCondition c : new NaiveCondition[] {raise, clear, level}) {
        if (c != null) {
          metrics.addAll(c.metrics());
        }
      }
      boolean concerned = said.values().keySet().stream().anyMatch(metrics::contains);
      Active a = active.get(device);
      if (a != null && a.silent) {
        if (alive) {
          apply(device, a, false, true, 0, now);
        }
        return;
      }
      if (raise == null || !concerned) {
        return;
      }
      if (a == null) {
        if (!raised(said, all, now)) {
          return;
        }
        a = begin(device, now);
      }
      a.judged = said;
      if (level != null) {
        boolean on = Boolean.TRUE.equals(level.of(said, all, now));
        a.levelSince = !on ? NEVER : a.levelSince == NEVER ? now : a.levelSince;
      }
      judge(device, a, said, all, now);
      time(device, a, clearAbsent, now);
    }

    @Override
    void after(int now) {
      if (absent == 0) {
        return;
      }
      for (String device : DEVICES) {
        int due = lastHeard.getOrDefault(device, 0) + absent;
        if (due == now && !active.containsKey(device)) {
          Active a = begin(device, now);
          a.silent = true;
          a.due = now;
          time(device, a, 0, now);
          silenceDue.put(device, now);
        }
      }
    }
  }

  static final List<String> DEVICES = List.of("b0", "b1", "b2", "b3");

  /** A rule over a building. */
  abstract static class OfPlace extends NaiveRule {
    OfPlace(String name, Random random) {
      super(name, random.nextInt(3) == 0 ? random.nextInt(6) : 0, random.nextInt(3) == 0 ? 4 : 0);
    }

    abstract boolean holds(String place, int now);

    /** May time alone have changed what holds? */
    abstract boolean leaves(String place, int now);

    @Override
    void second(int now, Map<String, String> buildings) {
      for (Map.Entry<String, Active> each : new ArrayList<>(active.entrySet())) {
        Active a = each.getValue();
        if (leaves(each.getKey(), now)) {
          boolean holds = holds(each.getKey(), now);
          apply(each.getKey(), a, holds, !holds, 0, now);
        }
        time(each.getKey(), a, 0, now);
        time(each.getKey(), a, 0, now);
      }
    }

    void judge(String place, int now) {
      boolean holds = holds(place, now);
      Active a = active.get(place);
      if (a == null && holds) {
        a = begin(place, now);
      }
      if (a != null) {
        apply(place, a, holds, !holds, 0, now);
      }
    }
  }

  /** Several things at once. */
  static final class Correlation extends OfPlace {
    private final List<NaiveCondition> of = new ArrayList<>();
    private final int atLeast;
    private final int within;

    /** By place, member and device: when last. */
    private final Map<String, Map<String, Integer>> matches = new TreeMap<>();

    Correlation(String name, Random random) {
      super(name, random);
      int members = 1 + random.nextInt(2);
      for (int i = 0; i < members; i++) {
        of.add(NaiveCondition.random(random, 1, false));
      }
      atLeast = random.nextBoolean() ? 2 : 0;
      within = 1 + random.nextInt(15);
    }

    @Override
    String yaml() {
      StringBuilder members = new StringBuilder();
      of.forEach(c -> members.append("    - { when: \"").append(c.text()).append("\" }\n"));
      return frame(
          "  on: boiler\n  same: building\n  within: "
              + within
              + "s\n"
              + (atLeast > 0 ? "  at_least: 2\n" : "")
              + "  of:\n"
              + members);
    }

    @Override
    boolean holds(String place, int now) {
      Set<String> devices = new TreeSet<>();
      Set<String> members = new TreeSet<>();
      matches
          .getOrDefault(place, Map.of())
          .forEach(
              (key, at) -> {
                if (at + within > now) {
                  members.add(key.substring(0, 1));
                  devices.add(key.substring(1));
                }
              });
      return atLeast > 0 ? devices.size() >= atLeast : members.size() == of.size();
    }

    @Override
    boolean leaves(String place, int now) {
      return matches.getOrDefault(place, Map.of()).values().stream()
          .anyMatch(at -> at + within == now);
    }

    @Override
    void said(Said said, Map<String, String> buildings) {
      String place = buildings.getOrDefault(said.device(), "");
      for (int i = 0; i < of.size(); i++) {
        if (Boolean.TRUE.equals(of.get(i).of(said, List.of(said), said.at()))) {
          matches.computeIfAbsent(place, p -> new TreeMap<>()).put(i + said.device(), said.at());
          judge(place, said.at());
        }
      }
    }
  }

  /** One thing after another. */
  static final class Sequence extends OfPlace {
    private final List<NaiveCondition> steps = new ArrayList<>();
    private final int within;
    private final boolean byPlace;

    /** By subject: what matched since the last whole one, with the members that it matched. */
    private final Map<String, List<int[]>> seen = new TreeMap<>();

    private final Map<String, Integer> completed = new TreeMap<>();

    Sequence(String name, Random random) {
      super(name, random);
      for (int i = 0; i < 2; i++) {
        steps.add(NaiveCondition.random(random, 1, false));
      }
      within = 2 + random.nextInt(20);
      byPlace = random.nextBoolean();
    }

    @Override
    String yaml() {
      return frame(
          "  on: boiler\n"
              + (byPlace ? "  same: building\n" : "")
              + "  within: "
              + within
              + "s\n  sequence:\n    - { when: \""
              + steps.get(0).text()
              + "\", times: 2 }\n    - { when: \""
              + steps.get(1).text()
              + "\" }\n");
    }

    @Override
    boolean holds(String subject, int now) {
      Integer at = completed.get(subject);
      return at != null && now < at + within;
    }

    @Override
    boolean leaves(String subject, int now) {
      Integer at = completed.get(subject);
      return at != null && at + within == now;
    }

    @Override
    void said(Said said, Map<String, String> buildings) {
      String subject = byPlace ? buildings.getOrDefault(said.device(), "") : said.device();
      List<int[]> all = seen.computeIfAbsent(subject, s -> new ArrayList<>());
      for (int member = 0; member < 2; member++) {
        if (!Boolean.TRUE.equals(steps.get(member).of(said, List.of(said), said.at()))) {
          continue;
        }
        if (member == 1 && endsOne(all, said.at())) {
          all.clear();
          completed.put(subject, said.at());
          judge(subject, said.at());
        } else {
          all.add(new int[] {member, said.at()});
        }
      }
    }

    /** Are there two first steps no longer ago than that? */
    private boolean endsOne(List<int[]> all, int now) {
      return all.stream().filter(m -> m[0] == 0 && now - m[1] <= within).count() >= 2;
    }
  }

  /** More than a share of a building's devices. */
  static final class Share extends OfPlace {
    private final NaiveCondition when;
    private final double over;
    private final Map<String, Boolean> on = new TreeMap<>();
    private Map<String, String> where = Map.of();

    Share(String name, Random random) {
      super(name, random);
      when = NaiveCondition.random(random, 1, false);
      over = random.nextInt(3) * 0.3;
    }

    @Override
    String yaml() {
      return frame(
          "  on: boiler\n  same: building\n  share: { when: \""
              + when.text()
              + "\", over: "
              + over
              + ", minimum: 2 }\n");
    }

    @Override
    boolean holds(String place, int now) {
      long total = where.values().stream().filter(place::equals).count();
      long count =
          on.entrySet().stream()
              .filter(e -> e.getValue() && place.equals(where.get(e.getKey())))
              .count();
      return total >= 2 && count > over * total;
    }

    @Override
    boolean leaves(String place, int now) {
      return false;
    }

    @Override
    void said(Said said, Map<String, String> buildings) {
      where = buildings;
      if (said.values().keySet().stream().noneMatch(when.metrics()::contains)) {
        return;
      }
      boolean is = Boolean.TRUE.equals(when.of(said, List.of(said), said.at()));
      if (is != Boolean.TRUE.equals(on.put(said.device(), is))) {
        judge(buildings.getOrDefault(said.device(), ""), said.at());
      }
    }
  }

  static NaiveRule random(String name, Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> new Correlation(name, random);
      case 1 -> new Sequence(name, random);
      case 2 -> new Share(name, random);
      default -> new OfDevice(name, random);
    };
  }
}
