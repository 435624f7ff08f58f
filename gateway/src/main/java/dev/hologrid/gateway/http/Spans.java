package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.kpi.Part;
import dev.hologrid.gateway.incident.kpi.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The period that figures are asked of. */
final class Spans {
  private Spans() {}

  /** From {@code from} to {@code to}; this month so far, where the request does not say. */
  static Span of(Call call, Instant now, ZoneId zone) {
    Instant month = now.atZone(zone).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).toInstant();
    String from = call.query("from");
    String to = call.query("to");
    Instant begin = from == null ? month : Instant.parse(from);
    Instant end = to == null ? now.plusMillis(1) : Instant.parse(to);
    if (!begin.isBefore(end)) {
      throw Refused.badRequest("to", "must be after from, which is " + Json.time(begin));
    }
    return new Span(begin, end);
  }

  /** The same, refused where it has more days or months than an answer holds. */
  static Span parted(Span span, boolean months) {
    long days = Duration.between(span.from(), span.to()).toDays();
    if ((months ? days / 28 : days) >= Part.MOST) {
      throw Refused.badRequest("from", "must give at most " + Part.MOST + " days or months");
    }
    return span;
  }
}
