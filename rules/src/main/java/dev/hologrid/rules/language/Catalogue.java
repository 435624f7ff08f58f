package dev.hologrid.rules.language;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A rule set as a page that people read who do not write rules. */
public final class Catalogue {
  private final RuleSet set;
  private final StringBuilder page = new StringBuilder();

  private Catalogue(RuleSet set) {
    this.set = set;
  }

  /** Markdown: what each rule watches, when it fires and ends, how bad it is, where it stands. */
  public static String markdown(RuleSet set, String title) {
    return new Catalogue(set).write(title);
  }

  private String write(String title) {
    page.append("# ").append(title).append("\n\n");
    Map<String, List<Rule>> groups = new TreeMap<>();
    set.rules().forEach(r -> groups.computeIfAbsent(r.group(), g -> new ArrayList<>()).add(r));
    page.append(set.rules().size()).append(" rules. Times are event time.\n");
    groups.forEach(this::group);
    inhibitions();
    calendars();
    return page.toString();
  }

  private void group(String name, List<Rule> rules) {
    page.append("\n## ").append(name).append("\n\n");
    page.append("| rule | severity | category | watches | in one line |\n|---|---|---|---|---|\n");
    for (Rule rule : rules) {
      row(
          "[" + rule.name() + "](#" + rule.name().toLowerCase(Locale.ROOT) + ")",
          severities(rule),
          rule.notice().category(),
          watches(rule),
          rule.notice().annotations().getOrDefault("summary", ""));
    }
    rules.forEach(this::rule);
  }

  private void row(String... cells) {
    page.append('|');
    for (String cell : cells) {
      page.append(' ').append(cell.replace("|", "\\|")).append(" |");
    }
    page.append('\n');
  }

  private static String severities(Rule rule) {
    StringBuilder text = new StringBuilder(name(rule.notice().severity()));
    rule.notice().levels().forEach(level -> text.append(" → ").append(name(level.severity())));
    return text.toString();
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String watches(Rule rule) {
    List<String> kinds = new ArrayList<>(rule.scope().kinds());
    for (Rule.Member member : members(rule)) {
      member.kinds().stream().filter(kind -> !kinds.contains(kind)).forEach(kinds::add);
      if (!member.alert().isEmpty()) {
        kinds.add("alert " + member.alert());
      }
    }
    return selected(kinds, rule.scope().labels());
  }

  private static String selected(Collection<String> kinds, Map<String, String> labels) {
    List<String> sorted = kinds.stream().sorted().toList();
    String of = sorted.isEmpty() ? "any device" : String.join(", ", sorted);
    return labels.isEmpty() ? of : of + " with " + new TreeMap<>(labels);
  }

  private static List<Rule.Member> members(Rule rule) {
    return switch (rule.trigger()) {
      case Rule.OnDevice d -> List.of();
      case Rule.Correlation c -> c.of();
      case Rule.Sequence s -> s.steps();
      case Rule.Share s -> List.of(s.member());
    };
  }

  private void rule(Rule rule) {
    page.append("\n### ").append(rule.name()).append("\n\n");
    String description = rule.notice().annotations().getOrDefault("description", "");
    if (!description.isEmpty()) {
      page.append(description).append("\n\n");
    }
    if (!rule.source().note().isEmpty()) {
      page.append(rule.source().note()).append("\n\n");
    }
    trigger(rule);
    Rule.Timing timing = rule.timing();
    item("clears after no recurrence for", duration(timing.clearAbsent()));
    item("must hold for", duration(timing.hold()));
    item("the clear must last", duration(timing.keep()));
    item("only during", String.join(", ", timing.during()));
    for (Rule.Level level : rule.notice().levels()) {
      String held = level.hold() == 0 ? "" : " for " + duration(level.hold());
      item(name(level.severity()) + " while", code(level.when().text()) + held);
    }
    Rule.Flap flap = timing.flap();
    if (flap != null) {
      item(
          "damped",
          flap.raises()
              + " raises within "
              + duration(flap.within())
              + ": the next clear must last "
              + duration(flap.hold()));
    }
    params(rule);
    item("grouped by", String.join(", ", rule.notice().groupBy()));
    Map<String, String> labels = new TreeMap<>(rule.notice().labels());
    item("labels", labels.isEmpty() ? "" : labels.toString());
    Rule.Source source = rule.source();
    item("source", source.file() + ":" + source.line() + ", version " + rule.version());
  }

  private void trigger(Rule rule) {
    switch (rule.trigger()) {
      case Rule.OnDevice on -> {
        Expr raise = on.raise();
        Expr clear = on.clear();
        item("fires when", raise == null ? "" : code(raise.text()));
        String of = on.metric().isEmpty() ? "" : " of " + code(on.metric());
        item("fires after silence of", on.absent() == 0 ? "" : duration(on.absent()) + of);
        item("clears when", clear == null ? "" : code(clear.text()));
      }
      case Rule.Correlation c -> {
        String how =
            c.atLeast() == 0 ? "all of" : "at least " + c.atLeast() + " different devices of";
        item(
            "fires on",
            how + " these in one " + name(c.same()) + " within " + duration(c.within()));
        c.of().forEach(this::memberItem);
      }
      case Rule.Sequence s -> {
        String where = s.same() == null ? "device" : name(s.same());
        item("fires on", "these in order on one " + where + " within " + duration(s.within()));
        s.steps().forEach(this::memberItem);
        Rule.Selector with = s.with();
        if (with != null) {
          item("only where there is", selected(with.kinds(), with.labels()));
        }
        Rule.Member unless = s.unless();
        if (unless != null) {
          String wait = duration(s.unlessWithin());
          String before =
              s.unlessBefore() == 0
                  ? ""
                  : ", or came in the " + duration(s.unlessBefore()) + " before";
          item("unless", code(unless.text()) + " follows within " + wait + before);
        }
      }
      case Rule.Share s ->
          item(
              "fires when",
              "more than "
                  + Math.round(s.share() * 100)
                  + " % of a "
                  + name(s.same())
                  + "'s devices, of at least "
                  + s.minimum()
                  + ", have "
                  + code(s.member().text()));
    }
  }

  private void memberItem(Rule.Member member) {
    String kinds =
        member.kinds().isEmpty()
            ? ""
            : String.join(" or ", member.kinds().stream().sorted().toList()) + ": ";
    String times = member.times() > 1 ? " × " + member.times() : "";
    page.append("  - ").append(kinds).append(code(member.text())).append(times).append('\n');
  }

  private void params(Rule rule) {
    List<String> all = new ArrayList<>();
    new TreeMap<>(rule.scope().params())
        .forEach((key, value) -> all.add("`" + key + "` " + new Expr.Num(value).text()));
    item("thresholds", String.join(", ", all));
    for (Rule.Override each : rule.scope().overrides()) {
      String set = each.disabled() ? "off" : new TreeMap<>(each.set()).toString();
      item("except", set + " for " + where(each.where()));
    }
  }

  private static String where(Rule.Where where) {
    List<String> all = new ArrayList<>();
    where.devices().stream().sorted().forEach(each -> all.add("device " + each));
    if (!where.place().isEmpty()) {
      all.add("place " + where.place());
    }
    if (!where.labels().isEmpty()) {
      all.add("labels " + new TreeMap<>(where.labels()));
    }
    return String.join(", ", all);
  }

  private void item(String what, String text) {
    if (!text.isEmpty()) {
      page.append("- ").append(what).append(": ").append(text).append('\n');
    }
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String duration(long millis) {
    return millis == 0 ? "" : Durations.format(millis);
  }

  private void inhibitions() {
    if (set.inhibitions().isEmpty()) {
      return;
    }
    page.append("\n## Inhibition\n\n| while this fires | these are held back | in the same |\n");
    page.append("|---|---|---|\n");
    for (RuleSet.Inhibition each : set.inhibitions()) {
      row(
          String.join(", ", each.source()),
          String.join(", ", each.target()),
          each.same() == null ? "device" : name(each.same()));
    }
  }

  private void calendars() {
    if (set.calendars().isEmpty()) {
      return;
    }
    page.append("\n## Time intervals\n\n");
    new TreeMap<>(set.calendars())
        .forEach((name, calendar) -> item(name, calendar.text() + ", " + calendar.zone()));
  }
}
