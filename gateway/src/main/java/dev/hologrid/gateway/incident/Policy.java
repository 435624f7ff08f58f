package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.incident.IncidentEvent.DueSet;
import dev.hologrid.gateway.incident.sla.TimeLimit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What decisions go by beside the incident itself.
 *
 * @param mediation who takes disputes; null: the departments of the catalog
 * @param reopenWithin how long a reporter may reopen after the end
 */
public record Policy(
    Catalog catalog, People people, @Nullable Mediation mediation, Duration reopenWithin) {
  public Policy(Catalog catalog, People people) {
    this(catalog, people, null, catalog.reopenWithin());
  }

  /** The same with organisations that disputes go to. */
  public Policy with(Mediation organisations) {
    return new Policy(catalog, people, organisations, reopenWithin);
  }

  /** The limit of a stage that begins now, or null where the priority has none. */
  @Nullable DueSet begin(String category, Priority priority, Stage stage, Instant now) {
    TimeLimit limit = catalog.limit(category, priority, stage);
    if (limit == null) {
      return null;
    }
    return until(limit, stage, now, limit.endFrom(now, catalog.calendar()));
  }

  /** A stage's limit at a time that somebody chose. */
  DueSet until(Incident incident, Stage stage, Instant now, Instant end) {
    return until(limit(incident, stage), stage, now, end);
  }

  /** A stage's limit after a pause. */
  DueSet resume(Incident incident, Stage stage, Instant now, long leftMillis) {
    TimeLimit limit = limit(incident, stage);
    Duration left = Duration.ofMillis(leftMillis);
    return until(limit, stage, now, limit.endAfterPause(now, left, catalog.calendar()));
  }

  long leftMillis(Incident incident, Stage stage, Due due, Instant now) {
    return limit(incident, stage).left(now, due.at(), catalog.calendar()).toMillis();
  }

  private TimeLimit limit(Incident incident, Stage stage) {
    TimeLimit limit = catalog.limit(incident.report().category(), incident.priority(), stage);
    return limit == null ? new TimeLimit(TimeLimit.Clock.CONTINUOUS, 0) : limit;
  }

  private DueSet until(TimeLimit limit, Stage stage, Instant now, Instant end) {
    Instant remind = limit.share(now, end, catalog.remindAt(), catalog.calendar());
    return new DueSet(stage, new Due(end, remind, false, false));
  }
}
