package dev.hologrid.gateway.alerting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.Evidence;
import dev.hologrid.rules.alert.Term;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Why an alert fired: its condition part by part, and the readings that made it true. */
public final class AlertExplanation {
  private AlertExplanation() {}

  /**
   * {@code id, rule, subject, ruleVersion, severity, state, startedAt, endedAt, value, summary},
   * {@code terms} (depth, text, value; outermost first) and {@code readings} (offset, device, time,
   * values; oldest first).
   */
  public static ObjectNode json(Alert alert) {
    ObjectNode item = AlertJson.item(alert);
    ObjectNode node = item.objectNode();
    for (String key :
        new String[] {
          "id",
          "rule",
          "subject",
          "ruleVersion",
          "severity",
          "category",
          "place",
          "state",
          "startedAt",
          "endedAt",
          "value",
          "summary"
        }) {
      node.set(key, item.get(key));
    }
    node.set("terms", AlertJson.terms(alert));
    node.set("readings", item.get("because"));
    return node;
  }

  /** The same for a terminal. */
  public static String text(Alert alert) {
    StringBuilder text = new StringBuilder();
    Long endedAt = alert.endedAt();
    text.append(alert.id().key())
        .append("\n  ")
        .append(alert.severity().name().toLowerCase(Locale.ROOT))
        .append(", ")
        .append(alert.category())
        .append(", from ")
        .append(AlertJson.time(alert.startedAt()))
        .append(endedAt == null ? ", firing" : " to " + AlertJson.time(endedAt))
        .append("\n  ")
        .append(alert.annotations().getOrDefault("summary", ""))
        .append("\n  rule ")
        .append(alert.id().rule())
        .append(", version ")
        .append(alert.ruleVersion())
        .append("\n\ncondition, when it fired\n");
    if (alert.terms().isEmpty()) {
      text.append("  not recorded: the alert is older than explanations are\n");
    }
    for (Term term : alert.terms()) {
      String value = number(term.value());
      text.append("  ")
          .append(value)
          .append(" ".repeat(Math.max(1, 10 - value.length())))
          .append("  ".repeat(term.depth()))
          .append(term.text())
          .append('\n');
    }
    text.append("\nreadings, by their offset in the journal\n");
    for (Evidence each : alert.because()) {
      text.append(String.format(Locale.ROOT, "  %-10d", each.offset()))
          .append(each.device())
          .append("  ")
          .append(AlertJson.time(each.time()));
      for (Map.Entry<String, Object> value : new TreeMap<>(each.values()).entrySet()) {
        text.append("  ").append(value.getKey()).append('=').append(number(value.getValue()));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Whole numbers without their zero. */
  private static String number(Object value) {
    return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) (double) number)
        : value.toString();
  }
}
