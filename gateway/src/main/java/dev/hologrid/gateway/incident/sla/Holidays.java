package dev.hologrid.gateway.incident.sla;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.time.format.DateTimeParseException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The days on which offices do not keep to Monday to Friday, as announced year by year.
 *
 * @param off days off
 * @param makeUp Saturdays and Sundays that are worked instead (调休)
 * @param lastYear the last year that is wholly known; empty where none is
 */
public record Holidays(Set<LocalDate> off, Set<LocalDate> makeUp, OptionalInt lastYear) {
  private static final int LONGEST = 31;

  public Holidays {
    off = Set.copyOf(off);
    makeUp = Set.copyOf(makeUp);
  }

  /**
   * Reads {@code years: {"2026": {holidays: [day, [first, last]], makeUpDays: [day]}}}; a year with
   * {@code complete: false} has days that are known before all are announced.
   *
   * @throws IllegalArgumentException with a sentence that names the day which is wrong
   */
  public static Holidays parse(InputStream yaml) throws IOException {
    JsonNode root = new ObjectMapper(new YAMLFactory()).readTree(yaml);
    Set<LocalDate> off = new TreeSet<>();
    Set<LocalDate> makeUp = new TreeSet<>();
    root.path("years")
        .properties()
        .forEach(
            year -> {
              year.getValue().path("holidays").forEach(each -> days(each, year.getKey(), off));
              year.getValue().path("makeUpDays").forEach(each -> days(each, year.getKey(), makeUp));
            });
    for (LocalDate each : makeUp) {
      boolean weekend =
          each.getDayOfWeek() == DayOfWeek.SATURDAY || each.getDayOfWeek() == DayOfWeek.SUNDAY;
      if (!weekend || off.contains(each)) {
        throw new IllegalArgumentException(
            "holidays: a make-up day is a Saturday or Sunday that is no holiday, but was " + each);
      }
    }
    OptionalInt last =
        root.path("years").properties().stream()
            .filter(year -> year.getValue().path("complete").asBoolean(true))
            .mapToInt(year -> year(year.getKey()))
            .max();
    return new Holidays(off, makeUp, last);
  }

  private static int year(String text) {
    try {
      return Year.parse(text).getValue();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "holidays: years has years such as 2026, but one was " + text, e);
    }
  }

  private static void days(JsonNode node, String year, Set<LocalDate> to) {
    LocalDate first = day(node.isArray() ? node.path(0) : node, year);
    LocalDate last = node.isArray() ? day(node.path(1), year) : first;
    if (last.isBefore(first) || last.isAfter(first.plusDays(LONGEST))) {
      throw new IllegalArgumentException(
          "holidays: expected a first and a last day within a month, but was " + node);
    }
    for (LocalDate each = first; !each.isAfter(last); each = each.plusDays(1)) {
      to.add(each);
    }
  }

  private static LocalDate day(JsonNode node, String year) {
    try {
      LocalDate day = LocalDate.parse(node.asText());
      if (String.valueOf(day.getYear()).equals(year)) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "holidays: expected a day of " + year + " such as " + year + "-01-01, but was " + node);
  }
}
