package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.site.Csv;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The site's {@code patrols.csv}: {@code id,name,grid,officer,points,recurrence,from,to}, with
 * {@code officer} perhaps empty and {@code points} as {@code NAME LON LAT;…}. A line is a plan and
 * its schedule; one that is stored as it stands is left alone, so that no window is begun anew.
 */
public final class PatrolFile {
  private static final String HEAD = "id,name,grid,officer,points,recurrence,from,to";
  private static final int CELLS = 8;
  private static final LocalDate ALWAYS = LocalDate.EPOCH;

  private PatrolFile() {}

  /**
   * Takes the file's text, the first row of which is the header. Blocks.
   *
   * @return how many plans it holds
   * @throws IllegalArgumentException naming the line that is wrong
   */
  public static int take(String text, Patrols patrols, Rounds rounds, Instant now) {
    return Csv.each(text, "patrols.csv", HEAD, cells -> take(cells, patrols, rounds, now));
  }

  private static void take(List<String> cells, Patrols patrols, Rounds rounds, Instant now) {
    if (cells.size() > CELLS) {
      throw Csv.misfit(HEAD, cells);
    }
    String id = cells.get(0);
    String officer = cells.get(3).isEmpty() ? null : cells.get(3);
    Plan plan = new Plan(id, cells.get(1), officer, cells.get(2), true, points(cells.get(4)));
    Schedule schedule =
        new Schedule(
            id,
            id,
            Recurrence.parse(cells.get(5)),
            new Schedule.Window(LocalTime.parse(cells.get(6)), LocalTime.parse(cells.get(7))),
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
