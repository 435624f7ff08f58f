package dev.hologrid.rules;

/** The levels of the grid tree, outermost first. */
public enum PlaceLevel {
  DISTRICT,
  TOWN,
  COMMUNITY,
  GRID,
  BUILDING,
  FLOOR
}
