package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.incident.Person;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * The site's {@code patrols.csv}: {@code id,name,grid,officer,points,recurrence,from,to}, with
 * {@code officer} perhaps empty and {@code points} as {@code NAME LON LAT;…}. A line is a plan and
 * its schedule; one that is stored as it stands is left alone, so that no window is begun anew.
 */
public final class PatrolFile {
  private static final int CELLS = 8;
  private static final LocalDate ALWAYS = LocalDate.EPOCH;

  private PatrolFile() {}

  /**
   * Takes the lines, the first of which is the header. Blocks.
   *
   * @return how many plans it holds
   * @throws IllegalArgumentException naming the line that is wrong
   */
  public static int take(List<String> lines, Patrols patrols, Rounds rounds, Instant now) {
    int taken = 0;
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          take(lines.get(i).split(",", -1), patrols, rounds, now);
          taken++;
        } catch (IllegalArgumentException | DateTimeParseException e) {
          throw new IllegalArgumentException(
              "patrols.csv line " + (i + 1) + ": " + e.getMessage(), e);
        }
      }
    }
    return taken;
  }

  private static void take(String[] cells, Patrols patrols, Rounds rounds, Instant now) {
    if (cells.length != CELLS) {
      throw new IllegalArgumentException(
          "expected id,name,grid,officer,points,recurrence,from,to, but it has "
              + cells.length
              + " cells");
    }
    String id = cells[0].strip();
    String officer = cells[3].strip().isEmpty() ? null : cells[3].strip();
    Plan plan = new Plan(id, cells[1].strip(), officer, cells[2].strip(), true, points(cells[4]));
    Schedule schedule =
        new Schedule(
            id,
            id,
            Recurrence.parse(cells[5]),
            new Schedule.Window(
                LocalTime.parse(cells[6].strip()), LocalTime.parse(cells[7].strip())),
            null,
            ALWAYS,
            null,
            true);
    if (!plan.equals(patrols.findPlan(id))) {
      check(patrols.plan(plan, Person.SYSTEM));
    }
    if (!schedule.equals(rounds.findSchedule(id))) {
      check(rounds.schedule(schedule, Person.SYSTEM, now));
    }
  }

  private static <T> void check(PatrolResult<T> result) {
    if (result instanceof PatrolResult.Refused<T> no) {
      throw new IllegalArgumentException(no.sentence());
    }
  }

  private static List<Plan.Point> points(String cell) {
    List<Plan.Point> points = new ArrayList<>();
    for (String each : cell.split(";", -1)) {
      if (each.isBlank()) {
        continue;
      }
      String[] words = each.strip().split(" ", -1);
      int last = words.length - 1;
      if (last < 1) {
        throw new IllegalArgumentException("a point is NAME LON LAT, but was " + each);
      }
      String name = String.join(" ", List.of(words).subList(0, last - 1));
      points.add(
          new Plan.Point(
              name, Double.parseDouble(words[last - 1]), Double.parseDouble(words[last])));
    }
    return points;
  }
}
