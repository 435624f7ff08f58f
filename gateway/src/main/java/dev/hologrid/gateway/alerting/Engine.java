package dev.hologrid.gateway.alerting;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.language.RuleSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule engine as alerting drives it: one thread at a time, no clock of its own, the same events
 * for the same calls.
 */
interface Engine {
  /** Takes what the engine says; returns at once. */
  interface Sink {
    void accept(AlertEvent event);
  }

  /** What rules know of a device; called again when it changes. */
  void place(Device device);

  void accept(Reading reading, Sink sink);

  /** This reading comes soon; has no effect but speed. */
  default void expect(Reading reading) {}

  /** The receipt clock has reached this. */
  void advance(long now, Sink sink);

  /** Everything that {@link Maker#make} needs to go on as if nothing had happened. */
  byte[] snapshot();

  /** What operators want to be silent, in place of what they wanted before. */
  default void silences(List<RuleSet.Silence> silences, Sink sink) {}

  /** The rules that run, in the order of their evaluation. */
  default List<RunningRule> rules() {
    return List.of();
  }

  /** A file of rules. */
  record RuleText(String name, String text) {}

  /**
   * An engine, or why there is none.
   *
   * @param engine null when the rules have issues
   * @param issues each with file, line and column
   */
  record Made(@Nullable Engine engine, List<String> issues) {
    static Made of(Engine engine) {
      return new Made(engine, List.of());
    }
  }

  /** Makes engines of rules. */
  interface Maker {
    /**
     * The rules that come with the program, with one's own after them; a file that is named as one
     * of theirs stands in its place.
     */
    List<RuleText> beside(List<RuleText> own);

    /**
     * An engine for these rules.
     *
     * @param snapshot of an earlier engine, or null to begin anew
     * @throws IllegalArgumentException when the snapshot cannot be read
     */
    Made make(List<RuleText> rules, byte @Nullable [] snapshot);

    /**
     * Gives a running engine other rules; state of unchanged rules stays.
     *
     * @return the issues; with any, the old rules stay
     */
    List<String> replace(Engine engine, List<RuleText> rules, Sink sink);
  }
}
