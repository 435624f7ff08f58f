package dev.hologrid.gateway.patrol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A patrol that is to be walked.
 *
 * @param officer who walks it, or null for any officer of the grid
 * @param grid the place whose border judges its check-ins
 * @param points the route, in order
 */
public record Plan(
    String id,
    String name,
    @Nullable String officer,
    String grid,
    boolean active,
    List<Point> points) {
  public Plan {
    points = List.copyOf(points);
  }

  /**
   * A point of the route.
   *
   * @param lon degrees
   * @param lat degrees
   */
  public record Point(String name, double lon, double lat) {
    private static final double NEAR_METRES = 100;

    boolean near(double otherLon, double otherLat) {
      double x = (otherLon - lon) * 111_320 * Math.cos(Math.toRadians(lat));
      double y = (otherLat - lat) * 110_540;
      return Math.hypot(x, y) <= NEAR_METRES;
    }
  }
}
