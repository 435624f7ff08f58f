package dev.hologrid.gateway.incident.kpi;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A day or a month of a period, begun or ended within it where the period does.
 *
 * @param name the whole day or month, ISO-8601: {@code 2026-11-24} or {@code 2026-11}
 */
public record Part(String name, Span span) {
  /** So many days or months in one answer. */
  public static final int MOST = 400;

  /** The first {@link #MOST} days or months of a period, in order. */
  public static List<Part> of(Span whole, boolean months, ZoneId zone) {
    List<Part> parts = new ArrayList<>();
    ZonedDateTime from = begin(whole, months, zone);
    while (parts.size() < MOST && from.toInstant().isBefore(whole.to())) {
      ZonedDateTime to = months ? from.plusMonths(1) : from.plusDays(1);
      String name = from.toLocalDate().toString().substring(0, months ? 7 : 10);
      parts.add(
          new Part(
              name,
              new Span(
                  later(from.toInstant(), whole.from()), earlier(to.toInstant(), whole.to()))));
      from = to;
    }
    return parts;
  }

  /** When the day or month begins in which a period does. */
  static ZonedDateTime begin(Span whole, boolean months, ZoneId zone) {
    ZonedDateTime day = whole.from().atZone(zone).truncatedTo(ChronoUnit.DAYS);
    return months ? day.withDayOfMonth(1) : day;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isBefore(b) ? b : a;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isAfter(b) ? b : a;
  }
}
