package dev.hologrid.rules.language;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as rules write them: {@code 250ms}, {@code 30s}, {@code 1h30m}, {@code 7d}. */
public final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|w)");

  private Durations() {}

  /** Milliseconds, or nothing when the text is not a duration. */
  public static OptionalLong parse(String text) {
    Matcher matcher = PART.matcher(text);
    long total = 0;
    int end = 0;
    while (matcher.find()) {
      if (matcher.start() != end) {
        return OptionalLong.empty();
      }
      total += Long.parseLong(matcher.group(1)) * unit(matcher.group(2));
      end = matcher.end();
    }
    return end == 0 || end != text.length() ? OptionalLong.empty() : OptionalLong.of(total);
  }

  /** The shortest form that {@link #parse} reads back. */
  public static String format(long millis) {
    if (millis == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    long rest = millis;
    for (String unit : new String[] {"d", "h", "m", "s", "ms"}) {
      long size = unit(unit);
      if (rest >= size) {
        text.append(rest / size).append(unit);
        rest %= size;
      }
    }
    return text.toString();
  }

  private static long unit(String name) {
    return switch (name) {
      case "ms" -> 1L;
      case "s" -> 1_000L;
      case "m" -> 60_000L;
      case "h" -> 3_600_000L;
      case "d" -> 86_400_000L;
      default -> 604_800_000L;
    };
  }
}
