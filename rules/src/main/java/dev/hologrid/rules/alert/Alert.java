package dev.hologrid.rules.alert;

import dev.hologrid.rules.Severity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One activation of a rule for one subject, as of its latest event. All times are event time, epoch
 * milliseconds UTC. Immutable.
 *
 * @param id identity
 * @param severity as of now; may rise and fall while the alert fires
 * @param category the incident category code, for example {@code FIRE_SMOKE}
 * @param place the code of the deepest place known for the subject, empty when nowhere
 * @param startedAt when it started to fire
 * @param endedAt when it was cleared, or null while it fires
 * @param value the value of the reading that decided, never an invented one; NaN where none did
 * @param labels the rule's labels and the device's, for routing and grouping
 * @param annotations the rule's texts with their placeholders filled: {@code summary}, {@code
 *     description}
 * @param because the readings that caused it, oldest first, at most 32
 * @param ruleVersion a hash of the rule's source
 * @param terms the value of every part of the condition at the moment it fired, outermost first
 */
public record Alert(
    AlertId id,
    Severity severity,
    String category,
    String place,
    long startedAt,
    @Nullable Long endedAt,
    double value,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<Evidence> because,
    String ruleVersion,
    List<Term> terms) {
  public Alert {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    because = List.copyOf(because);
    terms = List.copyOf(terms);
  }

  /** An alert that does not tell the parts of its condition. */
  public Alert(
      AlertId id,
      Severity severity,
      String category,
      String place,
      long startedAt,
      @Nullable Long endedAt,
      double value,
      Map<String, String> labels,
      Map<String, String> annotations,
      List<Evidence> because,
      String ruleVersion) {
    this(
        id,
        severity,
        category,
        place,
        startedAt,
        endedAt,
        value,
        labels,
        annotations,
        because,
        ruleVersion,
        List.of());
  }

  public boolean firing() {
    return endedAt == null;
  }
}
