package dev.hologrid.rules.language;

import dev.hologrid.rules.PlaceLevel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A checked set of rules. Immutable.
 *
 * @param rules in evaluation order: a rule over other alerts comes after them
 * @param calendars time intervals by name
 * @param inhibitions which alerts hush which
 * @param silences maintenance windows written in the files
 * @param vocabulary the metrics that its conditions may name
 */
public record RuleSet(
    List<Rule> rules,
    Map<String, Calendar> calendars,
    List<Inhibition> inhibitions,
    List<Silence> silences,
    Vocabulary vocabulary) {
  /**
   * While an alert of {@code source} fires, those of {@code target} in the same place are hushed.
   *
   * @param source rule names or categories
   * @param target rule names or categories
   * @param same the level of the place, null for the same device
   */
  public record Inhibition(List<String> source, List<String> target, @Nullable PlaceLevel same) {
    public Inhibition {
      source = List.copyOf(source);
      target = List.copyOf(target);
    }
  }

  /**
   * Nobody is to hear of some alerts for a while. Times are epoch milliseconds.
   *
   * @param name what operators call it
   * @param rules rule names or categories, empty for any
   * @param where devices
   * @param from first moment
   * @param until first moment after it
   */
  public record Silence(String name, List<String> rules, Rule.Where where, long from, long until) {
    public Silence {
      rules = List.copyOf(rules);
    }
  }

  public RuleSet {
    rules = List.copyOf(rules);
    calendars = Map.copyOf(calendars);
    inhibitions = List.copyOf(inhibitions);
    silences = List.copyOf(silences);
  }

  /** Reads rule files; every issue at once, or a whole set. */
  public static Loaded load(List<RuleFile> files) {
    return load(files, Vocabulary.BUILT_IN);
  }

  /** Reads rule files with the metrics that the server's decoders produce. */
  public static Loaded load(List<RuleFile> files, Vocabulary vocabulary) {
    return new RuleReader(vocabulary).read(files);
  }

  public Optional<Rule> rule(String name) {
    return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
  }
}
