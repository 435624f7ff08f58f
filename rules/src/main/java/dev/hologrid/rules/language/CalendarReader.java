package dev.hologrid.rules.language;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code time_intervals:} and {@code holidays:}. */
final class CalendarReader {
  private static final Pattern SPAN = Pattern.compile("(\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)");
  private static final List<String> DAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  private final Issues issues;
  private @Nullable Spot zone;

  CalendarReader(Issues issues) {
    this.issues = issues;
  }

  /** The days under {@code holidays:}; those of one file count in all that are read with it. */
  Set<LocalDate> holidays(Section root) {
    return dates(root, "holidays");
  }

  void read(Section root, Set<LocalDate> holidays, Map<String, Calendar> into) {
    for (Section section : root.sections("time_intervals")) {
      if (!section.isMapping()) {
        continue;
      }
      Spot name = section.scalar("name");
      if (name == null) {
        issues.add(section.here(), "a time interval needs a name", "");
        continue;
      }
      zone = section.has("zone") ? section.scalar("zone") : null;
      List<Calendar.Interval> intervals = new ArrayList<>();
      String list = section.has("time_intervals") ? "time_intervals" : "intervals";
      for (Section interval : section.sections(list)) {
        intervals.add(interval(interval, holidays));
        interval.refuseOtherKeys();
      }
      if (intervals.isEmpty()) {
        issues.add(name, "'" + name.text() + "' has no intervals", "");
      }
      section.refuseOtherKeys();
      if (into.put(name.text(), new Calendar(zone(), intervals)) != null) {
        issues.add(name, "a time interval '" + name.text() + "' is already there", "");
      }
    }
  }

  private ZoneId zone() {
    Spot spot = zone;
    try {
      return ZoneId.of(spot == null ? "Asia/Shanghai" : spot.text());
    } catch (DateTimeException e) {
      if (spot != null) {
        issues.add(spot, "'" + spot.text() + "' is not a time zone", "for example Asia/Shanghai");
      }
      return ZoneId.of("Asia/Shanghai");
    }
  }

  /** Alertmanager writes the zone beside each interval; all of one name must agree. */
  private void location(Section section) {
    Spot location = section.scalar("location");
    Spot known = zone;
    if (location != null && known != null && !known.text().equals(location.text())) {
      issues.add(location, "the intervals of one name share one zone", "give this one a name");
    }
    zone = location == null ? known : location;
  }

  private Calendar.Interval interval(Section section, Set<LocalDate> holidays) {
    location(section);
    List<Calendar.Span> times = times(section);
    Set<DayOfWeek> days = new HashSet<>();
    for (Spot spot : section.texts("weekdays")) {
      weekdays(spot, days);
    }
    Set<LocalDate> dates = new HashSet<>(dates(section, "dates"));
    Spot on = section.scalar("holidays");
    Set<LocalDate> except = Set.of();
    if (on != null && holidays.isEmpty() && List.of("only", "never").contains(on.text())) {
      issues.add(on, "no file has days under 'holidays:'", "holidays: ['2026-10-01:2026-10-07']");
    }
    if (on != null && on.text().equals("only")) {
      dates.addAll(holidays);
    } else if (on != null && on.text().equals("never")) {
      except = holidays;
    } else if (on != null) {
      issues.add(
          on, "'holidays' is only or never", Nearest.hint(on.text(), List.of("only", "never")));
    }
    return new Calendar.Interval(
        times,
        days,
        ranges(section, "days_of_month", List.of()),
        ranges(section, "months", MONTHS),
        ranges(section, "years", List.of()),
        dates,
        except);
  }

  private List<Calendar.Span> times(Section section) {
    List<Calendar.Span> times = new ArrayList<>();
    if (section.listsMappings("times")) {
      for (Section each : section.sections("times")) {
        span(each.here(), each.text("start_time", "") + "-" + each.text("end_time", ""), times);
        each.refuseOtherKeys();
      }
    } else {
      section.texts("times").forEach(spot -> span(spot, spot.text(), times));
    }
    return times;
  }

  private void span(Spot spot, String text, List<Calendar.Span> into) {
    Matcher m = SPAN.matcher(text);
    int from = m.matches() ? minute(m.group(1), m.group(2)) : -1;
    int to = m.matches() ? minute(m.group(3), m.group(4)) : -1;
    if (from < 0 || to < 0 || from == to) {
      issues.add(spot, "not a span of the day", "for example 08:30-17:30 or 22:00-06:00");
    } else if (from < to) {
      into.add(new Calendar.Span(from, to));
    } else {
      into.add(new Calendar.Span(from, 1440));
      into.add(new Calendar.Span(0, to));
    }
  }

  /** Ranges such as {@code 1:5}, {@code -3:-1} or, with names, {@code may:august}. */
  private List<Calendar.Span> ranges(Section section, String key, List<String> names) {
    List<Calendar.Span> all = new ArrayList<>();
    for (Spot spot : section.texts(key)) {
      String[] ends = spot.text().toLowerCase(Locale.ROOT).split(":", 2);
      int from = number(ends[0], names);
      int to = number(ends[ends.length - 1], names);
      boolean days = key.equals("days_of_month");
      boolean fits =
          days
              ? day(from) && day(to) && (from < 0 != to < 0 || from <= to)
              : from > 0 && to >= from;
      if (!fits || (!names.isEmpty() && to > names.size())) {
        String hint = names.isEmpty() ? "" : Nearest.hint(ends[0], names);
        issues.add(spot, "not a value or a range of " + key.replace('_', ' '), hint);
      } else {
        all.add(new Calendar.Span(from, to));
      }
    }
    return all;
  }

  private static boolean day(int day) {
    return day != 0 && day >= -31 && day <= 31;
  }

  private static int number(String text, List<String> names) {
    int named = names.indexOf(text);
    if (named >= 0) {
      return named + 1;
    }
    return text.matches("-?\\d{1,4}") ? Integer.parseInt(text) : 0;
  }

  private static int minute(String hour, String minute) {
    int h = Integer.parseInt(hour);
    int m = Integer.parseInt(minute);
    return h > 24 || m > 59 || (h == 24 && m > 0) ? -1 : h * 60 + m;
  }

  private void weekdays(Spot spot, Set<DayOfWeek> into) {
    String[] ends = spot.text().toLowerCase(Locale.ROOT).split(":", 2);
    int from = DAYS.indexOf(ends[0]);
    int to = DAYS.indexOf(ends[ends.length - 1]);
    if (from < 0 || to < from) {
      issues.add(
          spot, "not a weekday or a range such as monday:friday", Nearest.hint(ends[0], DAYS));
      return;
    }
    for (int i = from; i <= to; i++) {
      into.add(DayOfWeek.of(i + 1));
    }
  }

  private Set<LocalDate> dates(Section section, String key) {
    Set<LocalDate> all = new HashSet<>();
    for (Spot spot : section.texts(key)) {
      String[] ends = spot.text().split(":", 2);
      try {
        LocalDate from = LocalDate.parse(ends[0]);
        LocalDate to = LocalDate.parse(ends[ends.length - 1]);
        from.datesUntil(to.plusDays(1)).limit(3_660).forEach(all::add);
      } catch (DateTimeException | IllegalArgumentException e) {
        issues.add(spot, "not a day or a range of days", "for example 2026-10-01:2026-10-07");
      }
    }
    return all;
  }

  /** A moment in ISO-8601 with its zone. */
  static long moment(Section section, String key, Issues issues) {
    Spot spot = section.scalar(key);
    if (spot != null) {
      try {
        return OffsetDateTime.parse(spot.text()).toInstant().toEpochMilli();
      } catch (DateTimeException e) {
        issues.add(spot, "not a moment", "for example 2026-11-24T08:00:00+08:00");
        return 0;
      }
    }
    issues.add(section.here(), "'" + key + "' is missing", "");
    return 0;
  }
}
