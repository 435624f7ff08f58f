package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.DutyWatch;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** People on duty, whether anything reaches them, and how long the work calendar lasts. */
final class DutyMetrics implements Metrics {
  private final DutyWatch duty;
  private final Clock clock;

  DutyMetrics(DutyWatch duty, Clock clock) {
    this.duty = duty;
    this.clock = clock;
  }

  @Override
  public void write(MetricText out) {
    Instant now = clock.instant();
    int all = duty.onDuty(now).size();
    int unreachable = duty.unreachable(now).size();
    out.gauge(
        "hologrid_people_on_duty",
        "People on duty; reachable by telephone or a notification channel, or not");
    out.sample("hologrid_people_on_duty", Map.of("reachable", "yes"), all - unreachable);
    out.sample("hologrid_people_on_duty", Map.of("reachable", "no"), unreachable);
    duty.calendar()
        .daysLeft(now)
        .ifPresent(
            days ->
                out.gauge(
                        "hologrid_work_calendar_days",
                        "Days for which the holidays are known; negative when it is over")
                    .sample("hologrid_work_calendar_days", (double) days));
  }
}
