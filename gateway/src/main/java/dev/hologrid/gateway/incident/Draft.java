package dev.hologrid.gateway.incident;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An incident while one event is applied to it. Used by {@link IncidentLife} only. */
final class Draft {
  private final Incident from;
  private final Map<Stage, Due> dues = new EnumMap<>(Stage.class);
  private final Map<Stage, Long> left = new EnumMap<>(Stage.class);
  State state;
  Standing standing;
  Hands hands;
  Times times;
  Counts counts;
  Ends ends;
  private Limits limits;

  Draft(Incident from, Instant at) {
    this.from = from;
    dues.putAll(from.dues());
    left.putAll(from.left());
    state = from.state();
    standing = from.standing();
    hands = from.hands();
    times = from.times().updated(at);
    counts = from.counts();
    ends = from.ends();
    limits = from.limits();
  }

  void start(Stage stage, Due due) {
    dues.put(stage, due);
    limits = limits.with(stage, due.at());
  }

  /** The indicators do not ask for what is not due any more. */
  void noLimit(Stage stage) {
    limits = limits.with(stage, null);
  }

  void stop(Stage stage) {
    dues.remove(stage);
  }

  void mark(Stage stage, UnaryOperator<Due> how) {
    dues.computeIfPresent(stage, (ignored, due) -> how.apply(due));
  }

  void pause(Map<Stage, Long> leftMillis) {
    dues.clear();
    left.clear();
    left.putAll(leftMillis);
  }

  void end(State last, Instant at) {
    state = last;
    times = times.closed(at);
    hands = hands.asks(null, null);
    dues.clear();
    left.clear();
  }

  Incident done(int version) {
    return new Incident(
        from.id(),
        version,
        from.number(),
        from.report(),
        from.spot(),
        state,
        standing,
        hands,
        times,
        counts,
        ends,
        dues,
        left,
        limits,
        from.group());
  }
}
