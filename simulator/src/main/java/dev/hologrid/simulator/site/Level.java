package dev.hologrid.simulator.site;

import java.util.Locale;

/** The levels of the grid tree, outermost first. */
public enum Level {
  DISTRICT,
  TOWN,
  COMMUNITY,
  GRID,
  BUILDING,
  FLOOR;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Level of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
