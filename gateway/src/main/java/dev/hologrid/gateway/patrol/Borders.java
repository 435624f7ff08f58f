package dev.hologrid.gateway.patrol;

/** What patrols need to know of the map. Safe for use by many threads. */
@FunctionalInterface
public interface Borders {
  /** How far a point is outside of a place, metres; 0 inside, NaN when the place has no border. */
  double metresOutside(String place, double lon, double lat);

  /** Whether a check-in can be judged there at all. */
  default boolean of(String place) {
    return !Double.isNaN(metresOutside(place, 0, 0));
  }
}
