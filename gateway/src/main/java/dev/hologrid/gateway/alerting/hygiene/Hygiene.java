package dev.hologrid.gateway.alerting.hygiene;

import dev.hologrid.rules.Severity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The load of alerts over a period, as EEMUA 191 and ISA-18.2 measure it. Pure: the same
 * occurrences give the same figures.
 *
 * @param from begin of the period, milliseconds; {@code to} is its end
 * @param alerts raised in the period
 * @param perHour since the first of them, over at least an hour
 * @param floods in order of time
 * @param floodShare of the same time that was flood, 0 to 1
 * @param chattering sources raised three times or more within a minute
 * @param stale alerts that fire for more than a day at {@code to}
 * @param worstTenShare of the load that the ten busiest sources make, 0 to 1
 * @param bySeverity of those raised in the period
 * @param judged closed with a verdict; {@code falseAlarms} of these were none
 */
public record Hygiene(
    long from,
    long to,
    int alerts,
    double perHour,
    List<Flood> floods,
    double floodShare,
    int chattering,
    int stale,
    double worstTenShare,
    Map<Severity, Integer> bySeverity,
    int judged,
    int falseAlarms,
    List<Standing> byRule,
    List<Standing> byDevice,
    List<Standing> byPlace) {
  private static final long FLOOD_WINDOW = Duration.ofMinutes(10).toMillis();
  private static final int FLOOD_ABOVE = 10;
  private static final int CALM_BELOW = 5;
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final int CHATTER = 3;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int WORST = 10;
  private static final int LEAST_JUDGED = 3;

  /**
   * Measures what was raised in {@code [from, to)}; what fires since before counts as stale only.
   */
  public static Hygiene of(List<Occurrence> all, long from, long to) {
    List<Occurrence> raised =
        all.stream()
            .filter(each -> each.startedAt() >= from && each.startedAt() < to)
            .sorted(Comparator.comparingLong(Occurrence::startedAt))
            .toList();
    List<Occurrence> stale = all.stream().filter(each -> isStale(each, to)).toList();
    Set<String> chattering = chattering(raised);
    Set<String> worst = worst(raised);
    long load = raised.stream().filter(each -> worst.contains(each.source())).count();
    List<Flood> floods = floods(raised);
    long flooded = floods.stream().mapToLong(each -> each.to() - each.from()).sum();
    Map<Severity, Integer> bySeverity = new EnumMap<>(Severity.class);
    raised.forEach(each -> bySeverity.merge(each.severity(), 1, Integer::sum));
    long seen = Math.max(1, to - begin(raised, from, to));
    Table table = new Table(raised, stale, chattering, worst);
    return new Hygiene(
        from,
        to,
        raised.size(),
        raised.size() * (double) HOUR / seen,
        floods,
        Math.min(1, (double) flooded / seen),
        chattering.size(),
        stale.size(),
        share((double) load, raised.size()),
        bySeverity,
        (int) raised.stream().filter(each -> each.falseAlarm() != null).count(),
        (int) raised.stream().filter(each -> Boolean.TRUE.equals(each.falseAlarm())).count(),
        table.by(Occurrence::rule),
        table.by(Occurrence::subject),
        table.by(Occurrence::place));
  }

  /** A server that runs since noon has not had a quiet morning. */
  private static long begin(List<Occurrence> raised, long from, long to) {
    return raised.isEmpty()
        ? from
        : Math.max(from, Math.min(raised.getFirst().startedAt(), to - HOUR));
  }

  private static boolean isStale(Occurrence each, long now) {
    return each.endedAt() == null && now - each.startedAt() > DAY;
  }

  private static double share(double part, int whole) {
    return whole == 0 ? 0 : part / whole;
  }

  private static List<Flood> floods(List<Occurrence> raised) {
    List<Flood> floods = new ArrayList<>();
    Deque<Long> window = new ArrayDeque<>();
    long from = -1;
    long last = -1;
    int count = 0;
    for (Occurrence each : raised) {
      long at = each.startedAt();
      while (!window.isEmpty() && at - window.peekFirst() >= FLOOD_WINDOW) {
        window.pollFirst();
      }
      window.addLast(at);
      if (from >= 0 && window.size() < CALM_BELOW) {
        floods.add(new Flood(from, last, count));
        from = -1;
      } else if (from >= 0) {
        count++;
      } else if (window.size() > FLOOD_ABOVE) {
        from = window.peekFirst();
        count = window.size();
      }
      last = at;
    }
    if (from >= 0) {
      floods.add(new Flood(from, last, count));
    }
    return floods;
  }

  private static Set<String> chattering(List<Occurrence> raised) {
    Map<String, Deque<Long>> lately = new HashMap<>();
    Set<String> found = new HashSet<>();
    for (Occurrence each : raised) {
      Deque<Long> times = lately.computeIfAbsent(each.source(), source -> new ArrayDeque<>());
      times.addLast(each.startedAt());
      while (each.startedAt() - times.peekFirst() >= MINUTE) {
        times.pollFirst();
      }
      if (times.size() >= CHATTER) {
        found.add(each.source());
      }
    }
    return found;
  }

  private static Set<String> worst(List<Occurrence> raised) {
    Map<String, Integer> counts = new HashMap<>();
    raised.forEach(each -> counts.merge(each.source(), 1, Integer::sum));
    return Set.copyOf(
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(WORST)
            .map(Map.Entry::getKey)
            .toList());
  }

  /** The same occurrences, laid out by one of their traits. */
  private record Table(
      List<Occurrence> raised, List<Occurrence> stale, Set<String> chattering, Set<String> worst) {
    List<Standing> by(Function<Occurrence, String> trait) {
      Map<String, List<Occurrence>> groups = new HashMap<>();
      raised.forEach(each -> group(groups, trait, each).add(each));
      Map<String, Integer> old = new HashMap<>();
      for (Occurrence each : stale) {
        group(groups, trait, each);
        old.merge(trait.apply(each), 1, Integer::sum);
      }
      return groups.entrySet().stream()
          .map(each -> standing(each.getKey(), each.getValue(), old.getOrDefault(each.getKey(), 0)))
          .sorted(Comparator.comparingInt(Standing::alerts).reversed().thenComparing(Standing::key))
          .toList();
    }

    private static List<Occurrence> group(
        Map<String, List<Occurrence>> groups, Function<Occurrence, String> trait, Occurrence one) {
      return groups.computeIfAbsent(trait.apply(one), key -> new ArrayList<>());
    }

    private Standing standing(String key, List<Occurrence> group, int old) {
      int chatter =
          (int)
              group.stream()
                  .map(Occurrence::source)
                  .distinct()
                  .filter(chattering::contains)
                  .count();
      int judged = (int) group.stream().filter(each -> each.falseAlarm() != null).count();
      int wrong =
          (int) group.stream().filter(each -> Boolean.TRUE.equals(each.falseAlarm())).count();
      boolean among = group.stream().anyMatch(each -> worst.contains(each.source()));
      return new Standing(
          key,
          group.size(),
          share(group.size(), raised.size()),
          chatter,
          old,
          judged,
          wrong,
          advice(chatter, old, judged, wrong, among && group.size() > 1));
    }

    private static Advice advice(int chatter, int old, int judged, int wrong, boolean among) {
      if (chatter > 0) {
        return Advice.DAMP;
      }
      if (judged >= LEAST_JUDGED && wrong * 2 > judged) {
        return Advice.SHARPEN;
      }
      if (old > 0) {
        return Advice.SETTLE;
      }
      return among ? Advice.LOOK : Advice.NONE;
    }
  }
}
