package dev.hologrid.gateway.incident;

/** Who answers for an incident, lowest first; escalation climbs by one. */
public enum Level {
  GRID,
  COMMUNITY,
  TOWN,
  DISTRICT;

  boolean above(Level other) {
    return compareTo(other) > 0;
  }

  /** The next level up; the district stays the district. */
  Level next() {
    return this == DISTRICT ? DISTRICT : values()[ordinal() + 1];
  }

  /** The lowest level that a place with this path has. */
  static Level of(java.util.List<String> path) {
    return switch (path.size()) {
      case 0, 1 -> DISTRICT;
      case 2 -> TOWN;
      case 3 -> COMMUNITY;
      default -> GRID;
    };
  }
}
