package dev.hologrid.simulator.district;

import dev.hologrid.simulator.site.Beat;
import dev.hologrid.simulator.site.Level;
import dev.hologrid.simulator.site.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Invented patrols: in each town some grids are walked, at any time of day one of them. */
final class Beats {
  private static final int HOURS = 2;
  private static final int DAY = 24;
  private static final int POINTS = 3;
  private static final int TOWN_CODE = 9;

  private Beats() {}

  static List<Beat> of(List<Place> places) {
    Map<String, List<Place>> buildings = new HashMap<>();
    Map<String, Integer> ofTown = new HashMap<>();
    for (Place each : places) {
      if (each.level() == Level.BUILDING) {
        buildings.computeIfAbsent(each.parent(), grid -> new ArrayList<>()).add(each);
      }
    }
    List<Beat> beats = new ArrayList<>();
    for (Place grid : places) {
      List<Place> there = buildings.getOrDefault(grid.code(), List.of());
      if (grid.level() == Level.GRID && there.size() >= POINTS) {
        int number = ofTown.merge(grid.code().substring(0, TOWN_CODE), 1, Integer::sum) - 1;
        if (number < DAY / HOURS) {
          beats.add(beat(grid, there.subList(0, POINTS), number));
        }
      }
    }
    return List.copyOf(beats);
  }

  private static Beat beat(Place grid, List<Place> points, int number) {
    int from = number * HOURS;
    boolean night = from < 6 || from >= 20;
    return new Beat(
        "patrol-" + grid.code(),
        grid.name() + (night ? "夜巡" : "日巡"),
        grid.code(),
        points,
        "every 1 2026-01-01",
        hour(from),
        hour((from + HOURS) % DAY));
  }

  private static String hour(int hour) {
    return String.format(Locale.ROOT, "%02d:00", hour);
  }
}
