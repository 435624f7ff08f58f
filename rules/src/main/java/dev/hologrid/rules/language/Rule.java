package dev.hologrid.rules.language;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.PlaceLevel;
import dev.hologrid.rules.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One checked rule.
 *
 * @param name the value of {@code alert:}, unique in the set
 * @param group the group's name
 * @param version a hash of what the rule says; state survives a reload when it is the same
 * @param scope which devices it concerns
 * @param trigger what makes it true
 * @param timing how long it must hold, how it ends, when it counts
 * @param notice what the alert says
 * @param source where it is written
 */
public record Rule(
    String name,
    String group,
    String version,
    Scope scope,
    Trigger trigger,
    Timing timing,
    Notice notice,
    Source source) {

  /**
   * Where a rule is written, and how.
   *
   * @param file the file's name
   * @param line its first line, from 1
   * @param text its lines as they are, joined by newlines
   * @param note the comment right above it, as one line, empty where there is none
   */
  public record Source(String file, int line, String text, String note) {}

  /**
   * Which devices, and with which thresholds.
   *
   * @param kinds the sensor kinds, empty for any
   * @param labels labels the device must have
   * @param params named thresholds with their defaults
   * @param overrides other thresholds for some devices, later ones win
   */
  public record Scope(
      Set<String> kinds,
      Map<String, String> labels,
      Map<String, Double> params,
      List<Override> overrides) {
    public Scope {
      kinds = Set.copyOf(kinds);
      labels = Map.copyOf(labels);
      params = Map.copyOf(params);
      overrides = List.copyOf(overrides);
    }

    public boolean concerns(String kind) {
      return kinds.isEmpty() || kinds.contains(kind);
    }
  }

  /**
   * Other thresholds, or none of this rule at all, for some devices.
   *
   * @param where the devices
   * @param set thresholds by name
   * @param disabled whether the rule leaves them alone
   */
  public record Override(Where where, Map<String, Double> set, boolean disabled) {
    public Override {
      set = Map.copyOf(set);
    }
  }

  /**
   * Some devices.
   *
   * @param devices ids, empty for any
   * @param place the code of a place that holds them, empty for any
   * @param labels labels they have
   */
  public record Where(Set<String> devices, String place, Map<String, String> labels) {
    public Where {
      devices = Set.copyOf(devices);
      labels = Map.copyOf(labels);
    }
  }

  /**
   * Devices by what they are.
   *
   * @param kinds the sensor kinds, empty for any
   * @param labels labels they have
   */
  public record Selector(Set<String> kinds, Map<String, String> labels) {
    public Selector {
      kinds = Set.copyOf(kinds);
      labels = Map.copyOf(labels);
    }

    /** Is it one of them? */
    public boolean fits(Device device) {
      return (kinds.isEmpty() || kinds.contains(device.kind()))
          && device.labels().entrySet().containsAll(labels.entrySet());
    }
  }

  /** What makes a rule true. */
  public sealed interface Trigger {}

  /**
   * The device's own readings, or its silence.
   *
   * @param raise null when only silence counts
   * @param clear null when it ends as soon as {@code raise} is false
   * @param absent milliseconds of silence, 0 for none
   * @param metric the metric whose silence counts, empty for that of the whole device
   */
  public record OnDevice(@Nullable Expr raise, @Nullable Expr clear, long absent, String metric)
      implements Trigger {}

  /**
   * Several things in one place within a time.
   *
   * @param same the level of the place
   * @param within milliseconds
   * @param atLeast how many different devices or members, 0 for each of the members
   * @param of what is looked for
   */
  public record Correlation(PlaceLevel same, long within, int atLeast, List<Member> of)
      implements Trigger {
    public Correlation {
      of = List.copyOf(of);
    }
  }

  /**
   * One thing after another.
   *
   * @param same the level of the place, null for the same device
   * @param within milliseconds from first to last
   * @param steps in order
   * @param unless what must not follow the last step within {@code unlessWithin}, or null
   * @param unlessWithin milliseconds
   * @param unlessBefore milliseconds before the last step in which it must not have come either
   * @param with the devices of which a place must have one to be looked at, or null
   */
  public record Sequence(
      @Nullable PlaceLevel same,
      long within,
      List<Member> steps,
      @Nullable Member unless,
      long unlessWithin,
      long unlessBefore,
      @Nullable Selector with)
      implements Trigger {
    public Sequence {
      steps = List.copyOf(steps);
    }
  }

  /**
   * So many of a place's devices.
   *
   * @param same the level of the place
   * @param member what holds for a device that counts
   * @param share the fraction that must be passed, from 0 to 1
   * @param minimum how many devices a place must have to be looked at
   */
  public record Share(PlaceLevel same, Member member, double share, int minimum)
      implements Trigger {}

  /**
   * A condition on a device, or another alert that fires.
   *
   * @param kinds the sensor kinds, empty for any
   * @param when the condition, null for an alert
   * @param alert the other rule's name, empty for a condition
   * @param times how often
   */
  public record Member(Set<String> kinds, @Nullable Expr when, String alert, int times) {
    public Member {
      kinds = Set.copyOf(kinds);
    }

    public String text() {
      return when == null ? "alert " + alert : when.text();
    }
  }

  /**
   * Durations in milliseconds of event time; 0 for none.
   *
   * @param hold {@code for}
   * @param keep {@code keep_firing_for}
   * @param clearAbsent clear after no recurrence for so long
   * @param during names of calendars, empty for always
   * @param flap damping, or null
   */
  public record Timing(
      long hold, long keep, long clearAbsent, List<String> during, @Nullable Flap flap) {
    public Timing {
      during = List.copyOf(during);
    }
  }

  /**
   * Raised {@code raises} times within {@code within}: keep firing until quiet for {@code hold}.
   */
  public record Flap(int raises, long within, long hold) {}

  /**
   * What the alert says.
   *
   * @param severity where no level applies
   * @param levels worse or milder severities by conditions of their own
   * @param category incident category code
   * @param labels further labels
   * @param annotations texts with placeholders
   * @param groupBy what makes up the {@code group} label
   */
  public record Notice(
      Severity severity,
      List<Level> levels,
      String category,
      Map<String, String> labels,
      Map<String, String> annotations,
      List<String> groupBy) {
    public Notice {
      levels = List.copyOf(levels);
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
      groupBy = List.copyOf(groupBy);
    }
  }

  /** While {@code when} has held for {@code hold}, the alert has this severity. */
  public record Level(Severity severity, Expr when, long hold) {}
}
