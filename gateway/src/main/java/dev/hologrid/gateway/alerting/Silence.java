package dev.hologrid.gateway.alerting;

import dev.hologrid.rules.language.Rule;
import dev.hologrid.rules.language.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an operator wants nobody to hear of for a while. Alerts live on meanwhile; those that still
 * fire at its end are told then. Times are epoch milliseconds UTC.
 *
 * @param id given by the server
 * @param comment why
 * @param rules rule names or categories, empty for any
 * @param devices device ids, empty for any
 * @param place the code of a place with all in it, empty for any
 * @param labels labels of the devices
 * @param from first moment
 * @param until first moment after it
 * @param by who asked for it
 */
public record Silence(
    String id,
    String comment,
    List<String> rules,
    List<String> devices,
    String place,
    Map<String, String> labels,
    long from,
    long until,
    String by) {
  public Silence {
    rules = List.copyOf(rules);
    devices = List.copyOf(devices);
    labels = Map.copyOf(labels);
  }

  /** As the rules know it. */
  RuleSet.Silence forRules() {
    return new RuleSet.Silence(
        comment, rules, new Rule.Where(Set.copyOf(devices), place, labels), from, until);
  }
}
