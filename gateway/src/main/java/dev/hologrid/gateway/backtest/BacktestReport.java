package dev.hologrid.gateway.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.alerting.AlertJson;
import dev.hologrid.rules.language.Durations;
import dev.hologrid.rules.testing.AlertSpan;
import dev.hologrid.rules.testing.Comparison;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A back-test as text and as JSON.
 *
 * @param comparison alerts of now beside alerts of then
 * @param readings how many were taken
 * @param from the first moment asked for, or null for the beginning
 * @param to the last moment
 * @param leftOut alerts of then whose rules are not among the new ones
 * @param cut whether there were more readings than there was time for; it ends with {@code to}
 */
public record BacktestReport(
    Comparison comparison,
    long readings,
    @Nullable Instant from,
    Instant to,
    long leftOut,
    boolean cut) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROW = "%-28s %6s %6s %8s %9s %9s %12s %12s%n";

  /** One line for each alert, then the figures of each rule. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Comparison.Pair each : comparison.matched()) {
      text.append("= ").append(line(each.now()));
      String change = change(each);
      text.append(change.isEmpty() ? "" : "   then: " + change).append('\n');
    }
    comparison.onlyNow().forEach(each -> text.append("+ ").append(line(each)).append('\n'));
    comparison.onlyThen().forEach(each -> text.append("- ").append(line(each)).append('\n'));
    text.append(text.isEmpty() ? "" : "\n");
    text.append(
        String.format(
            Locale.ROOT,
            ROW,
            "rule",
            "now",
            "then",
            "matched",
            "only now",
            "only then",
            "time now",
            "time then"));
    for (Comparison.Tally each : comparison.tallies(to.toEpochMilli())) {
      text.append(
          String.format(
              Locale.ROOT,
              ROW,
              each.rule(),
              each.now(),
              each.then(),
              each.matched(),
              each.now() - each.matched(),
              each.then() - each.matched(),
              Durations.format(each.nowMillis() / 1_000 * 1_000),
              Durations.format(each.thenMillis() / 1_000 * 1_000)));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%n%d readings; = matched (%d), + only now (%d), - only then (%d)%n",
            readings,
            comparison.matched().size(),
            comparison.onlyNow().size(),
            comparison.onlyThen().size()));
    if (leftOut > 0) {
      text.append(leftOut)
          .append(" alerts are of rules that are not among the new ones; --all shows them\n");
    }
    return text.toString();
  }

  private String line(AlertSpan span) {
    String still = span.endedAt() == null ? ", still firing" : "";
    return String.format(
        Locale.ROOT,
        "%s  %-8s %s %s  %s%s",
        AlertJson.time(span.startedAt()),
        span.severity().name().toLowerCase(Locale.ROOT),
        span.rule(),
        span.subject(),
        Durations.format(span.millis(to.toEpochMilli())),
        still);
  }

  private String change(Comparison.Pair pair) {
    AlertSpan now = pair.now();
    AlertSpan then = pair.then();
    long end = to.toEpochMilli();
    boolean same =
        now.startedAt() == then.startedAt()
            && now.millis(end) == then.millis(end)
            && now.severity() == then.severity();
    return same
        ? ""
        : AlertJson.time(then.startedAt())
            + " "
            + then.severity().name().toLowerCase(Locale.ROOT)
            + " "
            + Durations.format(then.millis(end));
  }

  /**
   * {@code from, to, readings, rules[], matched[], onlyNow[], onlyThen[], leftOut, cut, unlisted}.
   *
   * @param most so many alerts of each of the three lists; the others are counted as unlisted
   */
  public ObjectNode json(int most) {
    ObjectNode root = JSON.createObjectNode();
    Instant begin = from;
    root.put("from", begin == null ? null : AlertJson.time(begin.toEpochMilli()));
    root.put("to", AlertJson.time(to.toEpochMilli())).put("readings", readings);
    var rules = root.putArray("rules");
    for (Comparison.Tally each : comparison.tallies(to.toEpochMilli())) {
      rules
          .addObject()
          .put("rule", each.rule())
          .put("now", each.now())
          .put("then", each.then())
          .put("matched", each.matched())
          .put("onlyNow", each.now() - each.matched())
          .put("onlyThen", each.then() - each.matched())
          .put("secondsNow", each.nowMillis() / 1_000.0)
          .put("secondsThen", each.thenMillis() / 1_000.0);
    }
    var matched = root.putArray("matched");
    for (Comparison.Pair each : comparison.matched().stream().limit(most).toList()) {
      ObjectNode node = matched.addObject();
      node.put("rule", each.now().rule()).put("subject", each.now().subject());
      node.set("now", span(each.now()));
      node.set("then", span(each.then()));
    }
    var onlyNow = root.putArray("onlyNow");
    comparison.onlyNow().stream().limit(most).forEach(each -> onlyNow.add(span(each)));
    var onlyThen = root.putArray("onlyThen");
    comparison.onlyThen().stream().limit(most).forEach(each -> onlyThen.add(span(each)));
    root.put("leftOut", leftOut).put("cut", cut);
    return root.put(
        "unlisted",
        Math.max(0, comparison.matched().size() - most)
            + Math.max(0, comparison.onlyNow().size() - most)
            + Math.max(0, comparison.onlyThen().size() - most));
  }

  private ObjectNode span(AlertSpan span) {
    Long endedAt = span.endedAt();
    ObjectNode node = JSON.createObjectNode();
    node.put("rule", span.rule()).put("subject", span.subject());
    node.put("severity", span.severity().name().toLowerCase(Locale.ROOT));
    node.put("startedAt", AlertJson.time(span.startedAt()));
    node.put("endedAt", endedAt == null ? null : AlertJson.time(endedAt));
    node.put("seconds", span.millis(to.toEpochMilli()) / 1_000.0);
    node.put("value", Double.isFinite(span.value()) ? span.value() : null);
    return node;
  }
}
