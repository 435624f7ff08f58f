package dev.hologrid.gateway.patrol;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is to be walked and when: a plan as it was when its window opened.
 *
 * @param name the plan's
 * @param grid the place whose border judges the check-ins
 * @param day {@code 2026-11-25}, on which the window opens, in the site's zone
 * @param points the route; empty: being anywhere in the grid is enough
 */
public record Slot(
    String schedule,
    String plan,
    String name,
    String grid,
    String day,
    Times times,
    List<Plan.Point> points) {
  public Slot {
    points = List.copyOf(points);
  }

  /**
   * The window.
   *
   * @param closes not included
   */
  public record Times(Instant opens, Instant remind, Instant closes) {
    /** Until then, not included, what was missed may be made up for. */
    public Instant makeUpUntil() {
      return closes.plus(RoundDecider.MAKE_UP);
    }
  }

  /** The same for the same schedule and day, so that a day's round cannot be there twice. */
  String round() {
    return schedule + "-" + day.replace("-", "");
  }

  /** How many places must be visited. */
  public int targets() {
    return Math.max(1, points.size());
  }

  IntStream all() {
    return IntStream.range(0, targets());
  }

  /**
   * What a target is called: the point's name, else its number; the grid where there is no route.
   */
  public String target(int number) {
    if (points.isEmpty()) {
      return grid;
    }
    String name = points.get(number).name();
    return name.isEmpty() ? "#" + (number + 1) : name;
  }
}
