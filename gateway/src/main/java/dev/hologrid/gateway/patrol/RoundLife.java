package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.patrol.Round.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Apply: the only maker of {@link Round}s. Running and replaying are this same call. */
final class RoundLife {
  private RoundLife() {}

  static Round apply(@Nullable Round before, RoundEvent event, Instant at) {
    if (event instanceof RoundEvent.CameDue e) {
      return new Round(
          e.slot().round(),
          1,
          e.slot(),
          e.officer(),
          e.named(),
          State.DUE,
          false,
          Map.of(),
          e.told(),
          null);
    }
    Round r = Objects.requireNonNull(before, () -> "no round before " + event.name());
    return switch (event) {
      case RoundEvent.CameDue ignored -> throw new IllegalStateException("came due twice");
      case RoundEvent.Assigned e -> next(r, e.officer(), r.state(), r.reminded());
      case RoundEvent.Begun ignored -> next(r, r.officer(), r.state(), r.reminded());
      case RoundEvent.Visited e -> visited(r, e.target(), at);
      case RoundEvent.Reminded ignored -> next(r, r.officer(), r.state(), true);
      case RoundEvent.Completed ignored -> next(r, r.officer(), State.DONE, r.reminded());
      case RoundEvent.Missed e -> told(next(r, r.officer(), State.MISSED, true), e.told());
      case RoundEvent.MadeUp ignored -> next(r, r.officer(), State.LATE, true);
      case RoundEvent.Excused e -> excused(r, e.reason());
    };
  }

  private static Round next(Round r, @Nullable String officer, State state, boolean reminded) {
    return new Round(
        r.id(),
        r.version() + 1,
        r.slot(),
        officer,
        r.named(),
        state,
        reminded,
        r.visits(),
        r.told(),
        r.excuse());
  }

  private static Round visited(Round r, int target, Instant at) {
    Map<Integer, Instant> visits = new TreeMap<>(r.visits());
    visits.put(target, at);
    return with(next(r, r.officer(), r.state(), r.reminded()), visits, r.told(), r.excuse());
  }

  private static Round told(Round r, List<String> told) {
    return with(r, r.visits(), told, r.excuse());
  }

  private static Round excused(Round r, String reason) {
    Round after = next(r, r.officer(), State.EXCUSED, r.reminded());
    return with(after, after.visits(), after.told(), reason);
  }

  private static Round with(
      Round r, Map<Integer, Instant> visits, List<String> told, @Nullable String excuse) {
    return new Round(
        r.id(),
        r.version(),
        r.slot(),
        r.officer(),
        r.named(),
        r.state(),
        r.reminded(),
        visits,
        told,
        excuse);
  }
}
