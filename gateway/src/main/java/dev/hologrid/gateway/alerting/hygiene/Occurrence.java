package dev.hologrid.gateway.alerting.hygiene;

import dev.hologrid.rules.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One alert as the measures see it.
 *
 * @param startedAt event time, milliseconds since 1970
 * @param endedAt the same, or null while it fires
 * @param falseAlarm what the reason at closing its incident says; null: not closed with a verdict
 */
public record Occurrence(
    String rule,
    String subject,
    String place,
    Severity severity,
    long startedAt,
    @Nullable Long endedAt,
    @Nullable Boolean falseAlarm) {
  /** What one looks at to stop it: a rule about a device or place. */
  String source() {
    return rule + "/" + subject;
  }
}
