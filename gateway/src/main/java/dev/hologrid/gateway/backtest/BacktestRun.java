package dev.hologrid.gateway.backtest;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.language.RuleSet;
import dev.hologrid.rules.testing.AlertSpan;
import dev.hologrid.rules.testing.Backtest;
import dev.hologrid.rules.testing.Comparison;
import dev.hologrid.rules.testing.LookBack;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One back-test: takes readings in the order in which they came, then says what came of them. */
public final class BacktestRun {
  private static final long LEAST_WARM_UP_MS = 3_600_000;

  /** So that what was waited for since the first reading is due before the first moment. */
  private static final long SLACK_MS = 60_000;

  /**
   * Which alerts are asked for: those that start in it. Epoch milliseconds UTC.
   *
   * @param from {@code Long.MIN_VALUE} for the beginning
   * @param to not within it; {@code Long.MAX_VALUE} for the end
   * @param warmUp milliseconds before {@code from} to begin to read, {@code Long.MAX_VALUE} for the
   *     beginning, null for as long as the rules look back, at least an hour
   */
  public record Span(long from, long to, @Nullable Long warmUp) {}

  /**
   * Which alerts of then are compared.
   *
   * @param otherRules also those of rules that are not among the new ones
   * @param shown whether anything is said of an alert, of then or of now
   */
  public record Choice(boolean otherRules, Predicate<AlertSpan> shown) {}

  private final RuleSet rules;
  private final Span span;
  private final Backtest test;
  private long last;
  private boolean cut;

  /** Begins with the devices as they are provisioned. */
  public BacktestRun(RuleSet rules, List<Device> devices, Span span) {
    this.rules = rules;
    this.span = span;
    this.test = new Backtest(rules, devices, span.to());
  }

  /** From when on it wants to be fed, that windows and waits are full at the first moment. */
  public long readFrom() {
    Long asked = span.warmUp();
    long warmUp = asked == null ? Math.max(LEAST_WARM_UP_MS, LookBack.of(rules)) + SLACK_MS : asked;
    return span.from() == Long.MIN_VALUE || warmUp == Long.MAX_VALUE
        ? Long.MIN_VALUE
        : span.from() - warmUp;
  }

  /** Takes a message's readings; false once the end is passed. */
  public boolean take(long receivedAt, List<Reading> message) {
    last = Math.max(last, receivedAt);
    return test.take(receivedAt, message);
  }

  /** There was more, and it was not looked at; the report ends with the last message taken. */
  void cut() {
    cut = true;
  }

  /** Up to when it was fed. */
  public long end() {
    return Math.min(span.to(), last);
  }

  /**
   * Ends it.
   *
   * @param then the alerts that there were in the span
   */
  public BacktestReport report(List<AlertSpan> then, Choice choice) {
    List<AlertSpan> now = test.raised(span.from(), end()).stream().filter(choice.shown()).toList();
    Set<String> known = rules.rules().stream().map(Rule::name).collect(Collectors.toSet());
    List<AlertSpan> seen =
        then.stream()
            .filter(choice.shown())
            .filter(each -> !cut || each.startedAt() < end())
            .toList();
    List<AlertSpan> compared =
        seen.stream().filter(each -> choice.otherRules() || known.contains(each.rule())).toList();
    return new BacktestReport(
        Comparison.of(now, compared),
        test.readings(),
        span.from() == Long.MIN_VALUE ? null : Instant.ofEpochMilli(span.from()),
        Instant.ofEpochMilli(end()),
        seen.size() - compared.size(),
        cut);
  }
}
