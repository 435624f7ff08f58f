package dev.hologrid.rules.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Alerts of now beside alerts of then. Two are the same when rule and subject are and they fire at
 * a common moment, or start within a second; each is used once.
 *
 * @param matched pairs, by the start of then
 * @param onlyNow what would be new
 * @param onlyThen what would be gone
 */
public record Comparison(List<Pair> matched, List<AlertSpan> onlyNow, List<AlertSpan> onlyThen) {
  private static final long SLACK_MS = 1_000;

  /** The same alert by both rule sets. */
  public record Pair(AlertSpan now, AlertSpan then) {}

  /**
   * What a rule comes to.
   *
   * @param rule the rule's name
   * @param now how many alerts by the new rules
   * @param then how many there were
   * @param matched how many of them are the same
   * @param nowMillis how long they fire together
   * @param thenMillis how long they fired together
   */
  public record Tally(
      String rule, int now, int then, int matched, long nowMillis, long thenMillis) {}

  public Comparison {
    matched = List.copyOf(matched);
    onlyNow = List.copyOf(onlyNow);
    onlyThen = List.copyOf(onlyThen);
  }

  public static Comparison of(List<AlertSpan> now, List<AlertSpan> then) {
    List<AlertSpan> fresh = new ArrayList<>(now);
    fresh.sort(Comparator.comparingLong(AlertSpan::startedAt));
    List<AlertSpan> before = new ArrayList<>(then);
    before.sort(Comparator.comparingLong(AlertSpan::startedAt));
    List<Pair> matched = new ArrayList<>();
    List<AlertSpan> onlyThen = new ArrayList<>();
    for (AlertSpan old : before) {
      AlertSpan same = null;
      for (AlertSpan each : fresh) {
        if (same == null
            && each.rule().equals(old.rule())
            && each.subject().equals(old.subject())
            && each.meets(old, SLACK_MS)) {
          same = each;
        }
      }
      if (same == null) {
        onlyThen.add(old);
      } else {
        fresh.remove(same);
        matched.add(new Pair(same, old));
      }
    }
    return new Comparison(matched, fresh, onlyThen);
  }

  /** Each rule's figures, by name; alerts that still fire are counted up to {@code end}. */
  public List<Tally> tallies(long end) {
    Set<String> rules = new LinkedHashSet<>();
    matched.forEach(each -> rules.add(each.now().rule()));
    onlyNow.forEach(each -> rules.add(each.rule()));
    onlyThen.forEach(each -> rules.add(each.rule()));
    return rules.stream().sorted().map(rule -> tally(rule, end)).toList();
  }

  private Tally tally(String rule, long end) {
    List<Pair> pairs = matched.stream().filter(each -> each.now().rule().equals(rule)).toList();
    List<AlertSpan> now = new ArrayList<>(pairs.stream().map(Pair::now).toList());
    List<AlertSpan> then = new ArrayList<>(pairs.stream().map(Pair::then).toList());
    onlyNow.stream().filter(each -> each.rule().equals(rule)).forEach(now::add);
    onlyThen.stream().filter(each -> each.rule().equals(rule)).forEach(then::add);
    return new Tally(
        rule,
        now.size(),
        then.size(),
        pairs.size(),
        now.stream().mapToLong(each -> each.millis(end)).sum(),
        then.stream().mapToLong(each -> each.millis(end)).sum());
  }
}
