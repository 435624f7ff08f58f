package dev.hologrid.rules.testing;

import dev.hologrid.rules.language.Issues;
import dev.hologrid.rules.language.Spot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of a series. The notation is promtool's: {@code 1+2x3} is 1 3 5 7, {@code 0.2x3} is 0.2
 * four times, {@code _} says nothing, {@code _x3} says nothing three times, {@code stale} takes the
 * device offline.
 */
sealed interface Sample {
  /** {@link Double}, {@link Boolean} or {@link String}. */
  record Value(Object value) implements Sample {}

  /** Nothing was said. */
  record Missing() implements Sample {}

  /** The device went offline: a reading with {@code online} false. */
  record Stale() implements Sample {}

  /** More steps than this are a slip of the pen. */
  int MOST = 100_000;

  String NUMBER = "[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?";
  Pattern RAMP = Pattern.compile("(-?" + NUMBER + ")(?:([+-])(" + NUMBER + "))?x([0-9]{1,6})");
  Pattern PLAIN = Pattern.compile("-?" + NUMBER);
  Pattern WORDS = Pattern.compile("('[^']*'|true|false|_)x([0-9]{1,6})");
  Pattern TOKEN = Pattern.compile("'[^']*'\\S*|\\S+");

  /** The steps that a text stands for; what is wrong is an issue at its place. */
  static List<Sample> parse(Spot spot, Issues issues) {
    List<Sample> all = new ArrayList<>();
    Matcher tokens = TOKEN.matcher(spot.text());
    while (tokens.find()) {
      String token = tokens.group();
      Matcher ramp = RAMP.matcher(token);
      Matcher words = WORDS.matcher(token);
      if (ramp.matches()) {
        ramp(ramp, all);
      } else if (words.matches()) {
        int times = Integer.parseInt(words.group(2));
        Sample sample = one(words.group(1));
        int more = sample instanceof Missing ? 0 : 1;
        all.addAll(Collections.nCopies(times + more, sample));
      } else {
        Sample sample = one(token);
        boolean slip = token.matches(".*[0-9]x.*|.*x-?[0-9.]+|[0-9+-].*");
        if (sample instanceof Value v && v.value() instanceof String && slip) {
          issues.add(
              spot.within(tokens.start()),
              "'" + token + "' is not a value",
              "write 1 2 3, 0.2x5, 1+2x5, _ _x3 stale true 'word' 'word'x2");
        } else {
          all.add(sample);
        }
      }
      if (all.size() > MOST) {
        issues.add(spot.within(tokens.start()), "a series has at most " + MOST + " steps", "");
        return List.of();
      }
    }
    return all;
  }

  private static void ramp(Matcher ramp, List<Sample> into) {
    double first = Double.parseDouble(ramp.group(1));
    double step = ramp.group(3) == null ? 0 : Double.parseDouble(ramp.group(3));
    boolean down = "-".equals(ramp.group(2));
    int more = Integer.parseInt(ramp.group(4));
    for (int i = 0; i <= more && into.size() <= MOST; i++) {
      into.add(new Value(clean(first + (down ? -i : i) * step)));
    }
  }

  /** 0.1 × 3 is 0.3 to whoever wrote it. */
  private static double clean(double value) {
    double rounded = Math.rint(value * 1e9) / 1e9;
    return Math.abs(value) < 1e6 ? rounded : value;
  }

  private static Sample one(String token) {
    return switch (token) {
      case "_" -> new Missing();
      case "stale" -> new Stale();
      case "true" -> new Value(true);
      case "false" -> new Value(false);
      default -> {
        if (PLAIN.matcher(token).matches()) {
          yield new Value(Double.parseDouble(token));
        }
        boolean quoted = token.length() > 1 && token.startsWith("'") && token.endsWith("'");
        yield new Value(quoted ? token.substring(1, token.length() - 1) : token);
      }
    };
  }
}
