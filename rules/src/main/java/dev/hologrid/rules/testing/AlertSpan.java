package dev.hologrid.rules.testing;

import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.Alert;
import org.jspecify.annotations.Nullable;

/**
 * An alert from its start to its end. Times are event time, epoch milliseconds UTC.
 *
 * @param rule the rule's name
 * @param subject the device or the place
 * @param severity the worst it had
 * @param startedAt when it started to fire
 * @param endedAt when it ended, or null while it fires
 * @param value the value of the reading that decided, NaN where none did
 */
public record AlertSpan(
    String rule,
    String subject,
    Severity severity,
    long startedAt,
    @Nullable Long endedAt,
    double value) {

  /** An alert that has just been raised. */
  public static AlertSpan of(Alert alert) {
    return new AlertSpan(
        alert.id().rule(),
        alert.id().subject(),
        alert.severity(),
        alert.startedAt(),
        alert.endedAt(),
        alert.value());
  }

  /** The same after a later event of the same alert. */
  public AlertSpan then(Alert later) {
    Severity worst = later.severity().worseThan(severity) ? later.severity() : severity;
    return new AlertSpan(rule, subject, worst, startedAt, later.endedAt(), value);
  }

  /** How long it fired, up to {@code now} if it still does. */
  public long millis(long now) {
    Long end = endedAt;
    return Math.max(0, (end == null ? now : end) - startedAt);
  }

  /** Do both fire at some moment, or start within {@code slack} of each other? */
  boolean meets(AlertSpan other, long slack) {
    long end = endedAt == null ? Long.MAX_VALUE : endedAt;
    Long otherEnd = other.endedAt;
    long last = otherEnd == null ? Long.MAX_VALUE : otherEnd;
    return startedAt <= last && other.startedAt <= end
        || Math.abs(startedAt - other.startedAt) <= slack;
  }
}
