package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.patrol.Round.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of a command on a round: events, or a refusal with its reason. Pure. */
final class RoundDecider {
  /** So long after its window a missed round may still be walked. */
  static final Duration MAKE_UP = Duration.ofHours(24);

  private RoundDecider() {}

  /** What was decided. */
  sealed interface Decision {
    record Accepted(List<RoundEvent> events) implements Decision {}

    record Refused(PatrolRefusal kind, String sentence) implements Decision {}
  }

  /**
   * Decides.
   *
   * @param supervisors of the round's grid, who are told what was missed
   */
  static Decision decide(Round round, RoundCommand command, Instant now, List<String> supervisors) {
    List<RoundEvent> events = new ArrayList<>();
    // Whichever comes first, the timer or a person: after the window it has been missed.
    Round then = passed(round, now, supervisors, events);
    @Nullable PatrolRefusal refusal =
        switch (command) {
          case RoundCommand.Look ignored -> null;
          case RoundCommand.Walk c -> walk(then, c, now, events);
          case RoundCommand.Visit c -> visit(then, c, events);
          case RoundCommand.Assign c -> assign(then, c, events);
          case RoundCommand.Excuse c -> excuse(then, c, events);
        };
    return refusal == null
        ? new Decision.Accepted(List.copyOf(events))
        : new Decision.Refused(refusal, sentence(refusal, then));
  }

  private static String sentence(PatrolRefusal refusal, Round round) {
    return switch (refusal) {
      case NOT_YOUR_PLAN -> "the round is for " + round.officer();
      case REASON_REQUIRED -> "expected a reason why it need not be walked";
      default -> "expected a round that is open or was just missed, but it is " + round.state();
    };
  }

  private static Round passed(
      Round round, Instant now, List<String> supervisors, List<RoundEvent> events) {
    if (round.state() != State.DUE) {
      return round;
    }
    Slot.Times times = round.slot().times();
    @Nullable RoundEvent event = null;
    if (!now.isBefore(times.closes())) {
      event = new RoundEvent.Missed(round.missing(), supervisors);
    } else if (!now.isBefore(times.remind()) && !round.reminded()) {
      event = new RoundEvent.Reminded(round.missing());
    }
    if (event == null) {
      return round;
    }
    events.add(event);
    return RoundLife.apply(round, event, now);
  }

  private static @Nullable PatrolRefusal walk(
      Round round, RoundCommand.Walk c, Instant now, List<RoundEvent> events) {
    if (round.named() && !c.officer().equals(round.officer())) {
      return PatrolRefusal.NOT_YOUR_PLAN;
    }
    boolean late =
        round.state() == State.MISSED && now.isBefore(round.slot().times().makeUpUntil());
    if (round.state() != State.DUE && !late) {
      return PatrolRefusal.ROUND_OVER;
    }
    if (!Objects.equals(c.officer(), round.officer())) {
      events.add(new RoundEvent.Assigned(c.officer()));
    }
    events.add(new RoundEvent.Begun(c.patrol()));
    return null;
  }

  private static @Nullable PatrolRefusal visit(
      Round round, RoundCommand.Visit c, List<RoundEvent> events) {
    boolean open = round.state() == State.DUE || round.state() == State.MISSED;
    if (!open || c.target() >= round.slot().targets() || round.visits().containsKey(c.target())) {
      return null; // a check-in more is kept with its patrol, and is nothing to the round
    }
    events.add(new RoundEvent.Visited(c.target(), c.patrol()));
    if (round.missing().size() == 1) {
      events.add(round.state() == State.DUE ? new RoundEvent.Completed() : new RoundEvent.MadeUp());
    }
    return null;
  }

  private static @Nullable PatrolRefusal assign(
      Round round, RoundCommand.Assign c, List<RoundEvent> events) {
    if (round.state() != State.DUE) {
      return PatrolRefusal.ROUND_OVER;
    }
    if (!c.officer().equals(round.officer())) {
      events.add(new RoundEvent.Assigned(c.officer()));
    }
    return null;
  }

  private static @Nullable PatrolRefusal excuse(
      Round round, RoundCommand.Excuse c, List<RoundEvent> events) {
    if (c.reason().isBlank()) {
      return PatrolRefusal.REASON_REQUIRED;
    }
    if (round.state() != State.DUE && round.state() != State.MISSED) {
      return PatrolRefusal.ROUND_OVER;
    }
    events.add(new RoundEvent.Excused(c.reason()));
    return null;
  }
}
