package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.Evidence;
import dev.hologrid.rules.alert.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule being true of one subject: first pending, then firing. Exists only while it is. */
final class Activation {
  static final long NONE = Long.MAX_VALUE;
  static final int MOST_EVIDENCE = 32;
  private static final long[] NO_LEVELS = {};

  final CompiledRule rule;
  final Subject subject;

  /** Its neighbours in {@link Activations}. */
  @Nullable Activation before;

  @Nullable Activation after;

  /** When the condition became true, and the offset that made it so. */
  final long since;

  long offset;
  boolean firing;
  boolean announced;

  /** Raised by silence, so that any reading ends it. */
  boolean silent;

  long startedAt;

  /** While pending: when it will fire. */
  long due;

  /** While firing: when it will be cleared if nothing comes in between. */
  long clearAt = NONE;

  /** While firing: when its time interval closes. */
  long closeAt = NONE;

  /** When something leaves the windows it looks at. */
  long windowAt = NONE;

  long[] levelSince;

  /** How far the subject's event time is behind the clock. */
  long lag;

  /** The earliest timer outstanding for it, in the clock's time. */
  long timerAt = NONE;

  /** The latest reading for which the condition was true. */
  @Nullable Reading last;

  /** The latest reading for which the condition was true when others last heard of the alert. */
  @Nullable Reading told;

  /** The latest reading that was judged, and how. */
  @Nullable Reading judged;

  Severity severity;
  int raises = 1;
  final List<Evidence> because = new ArrayList<>(2);

  /** What the parts of the condition came to when it fired, and those of the levels since. */
  List<Term> terms = List.of();

  List<Term> levelTerms = List.of();
  @Nullable Alert alert;

  Activation(CompiledRule rule, Subject subject, long since, long offset) {
    this.rule = rule;
    this.subject = subject;
    this.since = since;
    this.offset = offset;
    this.due = since + rule.rule.timing().hold();
    this.severity = rule.rule.notice().severity();
    int levels = rule.rule.notice().levels().size();
    this.levelSince = levels == 0 ? NO_LEVELS : new long[levels];
    Arrays.fill(levelSince, NONE);
  }

  /** The next moment at which time alone may change something. */
  long next() {
    if (!firing) {
      return Math.min(due, windowAt);
    }
    long next = Math.min(Math.min(clearAt, closeAt), windowAt);
    for (int i = 0; i < levelSince.length; i++) {
      next = Math.min(next, levelDue(i));
    }
    return next;
  }

  /** When a level that is not on yet will be; {@link #NONE} once it is. */
  private long levelDue(int i) {
    long since = levelSince[i];
    if (since == NONE) {
      return NONE;
    }
    long at = since + rule.rule.notice().levels().get(i).hold();
    return at > levelSeen ? at : NONE;
  }

  /** Up to which moment the levels are settled. */
  long levelSeen = Long.MIN_VALUE;

  /** The severity by the levels as of a moment. */
  Severity severityAt(long now) {
    levelSeen = now;
    Severity worst = null;
    for (int i = 0; i < levelSince.length; i++) {
      var level = rule.rule.notice().levels().get(i);
      if (levelSince[i] != NONE
          && levelSince[i] + level.hold() <= now
          && (worst == null || level.severity().worseThan(worst))) {
        worst = level.severity();
      }
    }
    return worst == null ? rule.rule.notice().severity() : worst;
  }

  void evidence(Evidence evidence) {
    if (because.size() == MOST_EVIDENCE) {
      because.remove(1);
    }
    because.add(evidence);
  }
}
