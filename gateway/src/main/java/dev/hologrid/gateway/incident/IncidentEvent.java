package dev.hologrid.gateway.incident;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an incident. Stored for ever: a field may be added (absent in old events), never
 * renamed or given another meaning.
 */
public sealed interface IncidentEvent {
  /** The word in the history, in the stream and in the store, for example {@code alert_joined}. */
  default String name() {
    return name(getClass());
  }

  private static String name(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** The words of all events. */
  static Set<String> names() {
    return Arrays.stream(IncidentEvent.class.getPermittedSubclasses())
        .map(IncidentEvent::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  record Opened(
      String number,
      Report report,
      Spot spot,
      Priority priority,
      Level level,
      @Nullable String groupKey,
      @Nullable String alert,
      @Nullable String subject)
      implements IncidentEvent {}

  /** A later alert of the same place and kind. */
  record AlertJoined(String alert, String subject, String severity, String summary)
      implements IncidentEvent {}

  /** A clearing signal: evidence, never the end of an incident. */
  record AlertCleared(String alert) implements IncidentEvent {}

  record PriorityRaised(Priority priority, String because) implements IncidentEvent {}

  record VerificationAsked(@Nullable String assignee, String note) implements IncidentEvent {}

  record Verified(String how) implements IncidentEvent {}

  record Filed(boolean automatic, String note) implements IncidentEvent {}

  record Rejected(String reason, @Nullable Resolution resolution) implements IncidentEvent {}

  record SelfHandled(String note, @Nullable Resolution resolution) implements IncidentEvent {}

  record Dispatched(@Nullable String assignee, @Nullable String department, String note)
      implements IncidentEvent {}

  record Acknowledged(String note) implements IncidentEvent {}

  record Accepted(String note) implements IncidentEvent {}

  record Assigned(String assignee, String note) implements IncidentEvent {}

  record FeedbackGiven(String note, List<String> photos) implements IncidentEvent {}

  record CheckStarted(String note) implements IncidentEvent {}

  record ReworkOrdered(String reason) implements IncidentEvent {}

  record Closed(Outcome outcome, boolean forced, String note) implements IncidentEvent {}

  record Returned(String reason) implements IncidentEvent {}

  record DeferralRequested(Instant until, String reason) implements IncidentEvent {}

  record DeferralDecided(boolean approved, String note) implements IncidentEvent {}

  /** The clock stops; what is left of each limit is kept. */
  record Suspended(String reason, Map<Stage, Long> leftMillis) implements IncidentEvent {}

  record Resumed(String note) implements IncidentEvent {}

  record Supervised(String reason, @Nullable Supervision kind) implements IncidentEvent {}

  record Unsupervised(String note) implements IncidentEvent {}

  record Escalated(Level level, String reason, List<String> recipients) implements IncidentEvent {}

  record Reopened(State to, String reason) implements IncidentEvent {}

  record Commented(String note) implements IncidentEvent {}

  record Linked(String parent, String note) implements IncidentEvent {}

  /** A time limit begins or is moved. */
  record DueSet(Stage stage, Due due) implements IncidentEvent {}

  record Reminded(Stage stage) implements IncidentEvent {}

  record WentOverdue(Stage stage) implements IncidentEvent {}

  /** Somebody is told who is not part of the case, for example the chief of the building (楼长). */
  record Informed(List<String> people, String about) implements IncidentEvent {}
}
