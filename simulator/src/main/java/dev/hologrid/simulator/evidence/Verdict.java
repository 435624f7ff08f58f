package dev.hologrid.simulator.evidence;

import java.util.Locale;

/**
 * Whether one invariant holds.
 *
 * @param id {@code I1} to {@code I12}
 * @param name what it says in a word or two
 * @param wrong how many things contradict it
 * @param detail what was looked at, with the first contradiction
 */
public record Verdict(String id, String name, Outcome outcome, long wrong, String detail) {
  /** What came out. */
  public enum Outcome {
    HOLDS,
    BROKEN,
    /** There was nothing to look at; says nothing either way. */
    UNSEEN
  }

  static Verdict of(String id, String name, long wrong, String detail) {
    return new Verdict(id, name, wrong == 0 ? Outcome.HOLDS : Outcome.BROKEN, wrong, detail);
  }

  static Verdict unseen(String id, String name, String missing) {
    return new Verdict(id, name, Outcome.UNSEEN, 0, missing);
  }

  public boolean broken() {
    return outcome == Outcome.BROKEN;
  }

  @Override
  public String toString() {
    String word =
        switch (outcome) {
          case HOLDS -> "ok";
          case BROKEN -> "FAIL";
          case UNSEEN -> "-";
        };
    return String.format(Locale.ROOT, "%-4s %-4s %-18s %s", word, id, name, detail);
  }
}
