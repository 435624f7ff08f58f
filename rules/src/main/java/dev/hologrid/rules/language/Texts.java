package dev.hologrid.rules.language;

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
    Matcher matcher = HOLE.matcher(spot.text());
    while (matcher.find()) {
      String name = matcher.group(1);
      if (!FIXED.contains(name)
          && !name.startsWith("labels.")
          && !vocabulary.metrics().containsKey(name)) {
        List<String> known = new java.util.ArrayList<>(FIXED);
        known.addAll(vocabulary.metrics().keySet());
        issues.add(
            spot.within(matcher.start(1)),
            "nothing fills '" + name + "'",
            Nearest.hint(name, known));
      }
    }
  }
}
