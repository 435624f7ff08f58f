package dev.hologrid.gateway.config;

import dev.hologrid.rules.language.Nearest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one server: a YAML file, overridden by {@code HOLOGRID_*} environment variables,
 * overridden by the command line. Sections read what they need through typed {@link Setting}s;
 * problems are collected, not thrown, until {@link #finish()} reports all of them with a way out.
 * Not for two threads.
 *
 * <p>{@code mqtt.port} is overridden by {@code HOLOGRID_MQTT_PORT}: dots and dashes become
 * underscores.
 */
public final class Settings {
  private final String file;
  private final Map<String, YamlValue> values;
  private final Map<String, String> environment;
  private final Map<String, String> given = new TreeMap<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private final Map<String, Described> described = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private Settings(String file, Map<String, YamlValue> values, Map<String, String> environment) {
    this.file = file;
    this.values = values;
    this.environment = environment;
  }

  /** No file: defaults, the environment and the command line. */
  public static Settings none(Map<String, String> environment) {
    return new Settings("the settings", Map.of(), environment);
  }

  /** Reads a YAML file; a syntax error is one of the problems of {@link #finish()}. */
  public static Settings read(Path file, Map<String, String> environment) {
    try {
      return parse(file.toString(), java.nio.file.Files.readString(file), environment);
    } catch (NoSuchFileException e) {
      Settings settings = new Settings(file.toString(), Map.of(), environment);
      settings.problems.add("there is no such file");
      return settings;
    } catch (IOException e) {
      Settings settings = new Settings(file.toString(), Map.of(), environment);
      settings.problems.add("cannot be read: " + e.getMessage());
      return settings;
    }
  }

  /** Reads YAML text; {@code name} is what messages call it. */
  public static Settings parse(String name, String yaml, Map<String, String> environment) {
    FlatYaml flat = FlatYaml.parse(yaml);
    Settings settings = new Settings(name, flat.values(), environment);
    settings.problems.addAll(flat.problems());
    return settings;
  }

  /** Sets a value from the command line, which wins over file and environment. */
  public Settings with(String key, @Nullable Object value) {
    if (value != null) {
      given.put(key, value.toString());
    }
    return this;
  }

  /** One setting, to be given a type, bounds and a default. */
  public Setting at(String key) {
    asked.add(key);
    return new Setting(this, key, raw(key));
  }

  /** The values of a YAML list, or of a comma-separated override. */
  public List<String> list(String key) {
    asked.add(key);
    describe(key, "list", "none");
    String override = override(key);
    if (override != null) {
      return override.isBlank() ? List.of() : List.of(override.split("\\s*,\\s*"));
    }
    List<String> found = new ArrayList<>();
    for (int i = 0; ; i++) {
      YamlValue value = values.get(key + "." + i);
      if (value == null) {
        return found;
      }
      asked.add(key + "." + i);
      found.add(value.text());
    }
  }

  /** How many entries a YAML list of sections has; the i-th is read under {@code key.i}. */
  public int sections(String key) {
    int count = 0;
    String prefix = key + ".";
    for (String each : values.keySet()) {
      if (each.startsWith(prefix)) {
        String rest = each.substring(prefix.length());
        int dot = rest.indexOf('.');
        String head = dot < 0 ? rest : rest.substring(0, dot);
        if (head.chars().allMatch(Character::isDigit) && !head.isEmpty()) {
          count = Math.max(count, Integer.parseInt(head) + 1);
        }
      }
    }
    return count;
  }

  /** Notes a problem that a section found by itself, for example between two of its settings. */
  public void problem(String key, String message) {
    YamlValue value = values.get(key);
    String line = value == null ? "" : ":" + value.line();
    problems.add(
        (line.isEmpty() ? "" : "line" + line.replace(':', ' ') + ": ") + key + " " + message);
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigInvalid with every problem found, unknown keys among them
   */
  public void finish() {
    for (Map.Entry<String, YamlValue> each : values.entrySet()) {
      if (!asked.contains(each.getKey())) {
        problem(each.getKey(), unknown(each.getKey()));
      }
    }
    for (String each : given.keySet()) {
      if (!asked.contains(each)) {
        problems.add("command line: " + each + " " + unknown(each));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigInvalid(file, problems);
    }
  }

  private String unknown(String key) {
    String hint = Nearest.hint(key, asked);
    return "is not a setting" + (hint.isEmpty() ? "" : "; " + hint);
  }

  /** A setting as the guide lists it: what it may be, and what it is when nobody sets it. */
  public record Described(String key, String form, String otherwise) {}

  void describe(String key, String form, Object otherwise) {
    described.putIfAbsent(key, new Described(key, form, otherwise.toString()));
  }

  /** All settings that were read, by key; for docs/configuration.md. */
  public List<Described> described() {
    return List.copyOf(described.values());
  }

  private @Nullable String raw(String key) {
    String override = override(key);
    if (override != null) {
      return override;
    }
    YamlValue value = values.get(key);
    return value == null ? null : value.text();
  }

  private @Nullable String override(String key) {
    String fromCommandLine = given.get(key);
    return fromCommandLine == null ? fromEnvironment(key) : fromCommandLine;
  }

  @Nullable String fromEnvironment(String key) {
    return environment.get(variable(key));
  }

  /** The environment variable that overrides a key. */
  static String variable(String key) {
    return "HOLOGRID_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** True when the file or the command line has it, which others may see. */
  boolean isWritten(String key) {
    return given.containsKey(key) || values.containsKey(key);
  }
}
