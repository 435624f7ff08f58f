package dev.hologrid.rules.language;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Annotation texts with <code>{{ name }}</code> placeholders. */
public final class Texts {
  private static final Pattern HOLE = Pattern.compile("\\{\\{\\s*([^}\\s]*)\\s*}}");
  private static final List<String> FIXED =
      List.of(
          "value",
          "device",
          "place",
          "subject",
          "kind",
          "rule",
          "severity",
          "count",
          "district",
          "town",
          "community",
          "grid",
          "building",
          "floor");

  private Texts() {}

  /** The text with every placeholder replaced; a comma before a last one that is empty goes too. */
  public static String fill(String text, Function<String, String> value) {
    if (text.indexOf('{') < 0) {
      return text;
    }
    String filled =
        HOLE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(value.apply(m.group(1))));
    return filled.endsWith(", ") ? filled.substring(0, filled.length() - 2) : filled;
  }

  /** Reports placeholders that nothing will fill. */
  static void check(Spot spot, Vocabulary vocabulary, Issues issues) {
    String text = spot.text();
    Matcher hole = HOLE.matcher(text);
    int at = text.indexOf("{{");
    while (at >= 0) {
      if (hole.find(at) && hole.start() == at) {
        known(hole.group(1), spot.within(hole.start(1)), vocabulary, issues);
        at = text.indexOf("{{", hole.end());
      } else {
        issues.add(
            spot.within(at), "a placeholder is one name, and closed", "for example {{ device }}");
        at = text.indexOf("{{", at + 2);
      }
    }
  }

  /** Reports a name that nothing fills. */
  static void known(String name, Spot at, Vocabulary vocabulary, Issues issues) {
    if (FIXED.contains(name)
        || name.startsWith("labels.")
        || vocabulary.metrics().containsKey(name)) {
      return;
    }
    List<String> known = new ArrayList<>(FIXED);
    known.addAll(vocabulary.metrics().keySet());
    String bare = name.replaceFirst("^\\$(labels\\.)?", "");
    String hint = Nearest.hint(name, known);
    if (name.startsWith("$")) {
      hint = "write " + (known.contains(bare) ? bare : name.substring(1));
    }
    issues.add(
        at,
        "nothing fills '" + name + "'",
        hint.isEmpty() ? "a label of the device is written labels." + name : hint);
  }
}
