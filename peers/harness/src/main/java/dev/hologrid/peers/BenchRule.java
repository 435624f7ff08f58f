package dev.hologrid.peers;

import java.util.Locale;

/** The rules that every engine is measured with, each with HoloGrid's own text of it. */
public enum BenchRule {
  THRESHOLD("on: smoke", "expr: temperature > 70"),
  FOR("on: smoke", "expr: temperature > 70", "for: 20s"),
  COUNT("on: smoke", "expr: count(event == 'denied', '60s') >= 5"),
  RATE("on: smoke", "expr: rate(temperature, '60s') > 30"),
  ABSENCE("on: smoke", "absent: 30s"),
  CORRELATION(
      "on: smoke",
      "same: building",
      "within: 60s",
      "at_least: 2",
      "of: [{ when: temperature > 70 }]"),
  SEQUENCE(
      "on: smoke",
      "within: 2m",
      "sequence: [{ when: event == 'denied', times: 3 }, { when: event == 'door_forced' }]"),
  SHARE("same: building", "share: { when: online == false, over: 0.2, minimum: 5 }");

  private final String body;

  BenchRule(String... lines) {
    this.body = "        " + String.join("\n        ", lines) + "\n";
  }

  /** The name in tables and results: {@code count}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A rule file that holds just this rule. */
  public String file() {
    return "groups:\n  - name: bench\n    rules:\n" + entry(id());
  }

  /** The rule as one entry of a group, under a name of the caller's. */
  public String entry(String name) {
    return "      - alert: "
        + name
        + "\n"
        + body
        + "        labels: { severity: minor, category: FAULT }\n";
  }
}
