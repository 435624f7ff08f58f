package dev.hologrid.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One setting while it is read. A value of the wrong form is noted as a problem and the default is
 * returned, so that all problems are found in one go. Not for two threads.
 */
public final class Setting {
  private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(B|KiB|MiB|GiB)?");

  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB");
  private static final String NONE = "none";

  private final Settings settings;
  private final String key;
  private final @Nullable String raw;

  Setting(Settings settings, String key, @Nullable String raw) {
    this.settings = settings;
    this.key = key;
    this.raw = raw;
  }

  public boolean present() {
    return raw != null;
  }

  public String text(String otherwise) {
    settings.describe(key, "text", otherwise.isEmpty() ? NONE : otherwise);
    return raw == null ? otherwise : raw;
  }

  public @Nullable String textOrNull() {
    settings.describe(key, "text", NONE);
    return raw;
  }

  /** Text that is never printed; see {@link Secret}. */
  public Secret secret() {
    settings.describe(key, "secret", NONE);
    return new Secret(raw == null ? "" : raw);
  }

  /**
   * A secret that only the environment or a file of its own may hold: this file and the command
   * line are copied and shown.
   */
  public Secret secretApart() {
    settings.describe(key, "secret, by " + Settings.variable(key) + " alone", NONE);
    if (settings.isWritten(key)) {
      settings.problem(
          key, "must not be written here; set " + Settings.variable(key) + " or " + key + "-file");
    }
    String value = settings.fromEnvironment(key);
    return new Secret(value == null ? "" : value.strip());
  }

  public int integer(int least, int most, int otherwise) {
    return (int) number(least, most, otherwise);
  }

  public long number(long least, long most, long otherwise) {
    settings.describe(key, "whole number from " + least + " to " + most, otherwise);
    if (raw == null) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(raw.trim());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below, with the same words as a number out of bounds
    }
    settings.problem(
        key, "must be a whole number from " + least + " to " + most + ", but was " + raw);
    return otherwise;
  }

  public boolean flag(boolean otherwise) {
    settings.describe(key, "true or false", otherwise);
    if (raw == null) {
      return otherwise;
    }
    return switch (raw.trim().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> {
        settings.problem(key, "must be true or false, but was " + raw);
        yield otherwise;
      }
    };
  }

  /** A duration such as {@code 250ms}, {@code 30s}, {@code 15m}, {@code 2h}, {@code 7d}. */
  public Duration duration(Duration least, Duration most, Duration otherwise) {
    settings.describe(key, "duration from " + show(least) + " to " + show(most), show(otherwise));
    if (raw == null) {
      return otherwise;
    }
    Matcher matcher = DURATION.matcher(raw.trim());
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(1));
      Duration value =
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          };
      if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
        return value;
      }
    }
    settings.problem(
        key,
        "must be a duration from "
            + show(least)
            + " to "
            + show(most)
            + ", for example "
            + show(otherwise)
            + ", but was "
            + raw);
    return otherwise;
  }

  /** A size in bytes such as {@code 64KiB}; a bare number is bytes. */
  public long bytes(long least, long most, long otherwise) {
    settings.describe(key, "size from " + show(least) + " to " + show(most), show(otherwise));
    if (raw == null) {
      return otherwise;
    }
    Matcher matcher = SIZE.matcher(raw.trim());
    if (matcher.matches()) {
      String unit = matcher.group(2) == null ? "B" : matcher.group(2);
      int shift = UNITS.indexOf(unit) * 10;
      long value = Long.parseLong(matcher.group(1)) << shift;
      if (value >= least && value <= most) {
        return value;
      }
    }
    settings.problem(
        key,
        "must be a size from "
            + show(least)
            + " to "
            + show(most)
            + ", for example 64KiB, but was "
            + raw);
    return otherwise;
  }

  public <E extends Enum<E>> E word(Class<E> words, E otherwise) {
    String known =
        Arrays.stream(words.getEnumConstants())
            .map(Setting::show)
            .collect(Collectors.joining(", "));
    settings.describe(key, "one of " + known, show(otherwise));
    if (raw == null) {
      return otherwise;
    }
    for (E each : words.getEnumConstants()) {
      if (show(each).equals(raw.trim())) {
        return each;
      }
    }
    settings.problem(key, "must be one of " + known + ", but was " + raw);
    return otherwise;
  }

  public @Nullable URI uriOrNull(String... schemes) {
    settings.describe(
        key, "address that begins with " + String.join("://, ", schemes) + "://", NONE);
    if (raw == null) {
      return null;
    }
    try {
      URI uri = URI.create(raw.trim());
      if (uri.getScheme() != null && List.of(schemes).contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    settings.problem(
        key,
        "must be an address that begins with "
            + String.join("://, ", schemes)
            + "://, but was "
            + raw);
    return null;
  }

  public Path path(Path otherwise) {
    settings.describe(key, "path", otherwise);
    return raw == null ? otherwise : Path.of(raw);
  }

  public @Nullable Path pathOrNull() {
    settings.describe(key, "path", NONE);
    return raw == null ? null : Path.of(raw);
  }

  private static String show(Duration duration) {
    long ms = duration.toMillis();
    if (ms % 86_400_000 == 0 && ms > 0) {
      return ms / 86_400_000 + "d";
    }
    if (ms % 3_600_000 == 0 && ms > 0) {
      return ms / 3_600_000 + "h";
    }
    if (ms % 60_000 == 0 && ms > 0) {
      return ms / 60_000 + "m";
    }
    return ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
  }

  private static String show(long bytes) {
    for (int i = UNITS.size() - 1; i > 0; i--) {
      long unit = 1L << (10 * i);
      if (bytes >= unit && bytes % unit == 0) {
        return bytes / unit + UNITS.get(i);
      }
    }
    return bytes + "B";
  }

  private static String show(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
