package dev.hologrid.gateway.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A GeoJSON geometry and its rings for point tests. Immutable by agreement.
 *
 * @param json as it was read
 * @param rings each an array of lon, lat, lon, lat, …; a point inside an odd number of rings is
 *     inside, so holes need no mark
 */
record Geometry(JsonNode json, List<double[]> rings) {
  private static final double METRES_PER_DEGREE = 111_195;

  /** Reads a geometry; throws with a sentence when it is none that we know. */
  static Geometry of(JsonNode json) {
    List<double[]> rings = new ArrayList<>();
    JsonNode coordinates = json.path("coordinates");
    switch (json.path("type").asText()) {
      case "Polygon" -> polygon(coordinates, rings);
      case "MultiPolygon" -> coordinates.forEach(each -> polygon(each, rings));
      case "Point", "LineString" -> {}
      default ->
          throw new IllegalArgumentException(
              "a geometry is a Polygon, MultiPolygon, LineString or Point, but was "
                  + json.path("type"));
    }
    return new Geometry(json, rings);
  }

  private static void polygon(JsonNode coordinates, List<double[]> rings) {
    if (!coordinates.isArray() || coordinates.isEmpty()) {
      throw new IllegalArgumentException("a polygon needs at least one ring");
    }
    for (JsonNode ring : coordinates) {
      if (ring.size() < 4) {
        throw new IllegalArgumentException(
            "a ring needs at least 4 positions, but has " + ring.size());
      }
      double[] points = new double[ring.size() * 2];
      for (int i = 0; i < ring.size(); i++) {
        JsonNode lon = ring.get(i).path(0);
        JsonNode lat = ring.get(i).path(1);
        if (!lon.isNumber() || !lat.isNumber()) {
          throw new IllegalArgumentException("a position is [lon, lat], but was " + ring.get(i));
        }
        points[2 * i] = lon.asDouble();
        points[2 * i + 1] = lat.asDouble();
      }
      rings.add(points);
    }
  }

  /** How far a point is outside, metres on the ground; 0 inside, NaN when this is no area. */
  double metresOutside(double lon, double lat) {
    if (rings.isEmpty()) {
      return Double.NaN;
    }
    if (contains(lon, lat)) {
      return 0;
    }
    double east = METRES_PER_DEGREE * Math.cos(Math.toRadians(lat));
    double least = Double.MAX_VALUE;
    for (double[] ring : rings) {
      for (int i = 0; i + 3 < ring.length; i += 2) {
        double x1 = (ring[i] - lon) * east;
        double y1 = (ring[i + 1] - lat) * METRES_PER_DEGREE;
        double x2 = (ring[i + 2] - lon) * east;
        double y2 = (ring[i + 3] - lat) * METRES_PER_DEGREE;
        least = Math.min(least, fromOrigin(x1, y1, x2, y2));
      }
    }
    return least;
  }

  /** How far the origin is from a line between two points. */
  private static double fromOrigin(double x1, double y1, double x2, double y2) {
    double dx = x2 - x1;
    double dy = y2 - y1;
    double square = dx * dx + dy * dy;
    double share = square == 0 ? 0 : Math.clamp(-(x1 * dx + y1 * dy) / square, 0, 1);
    return Math.hypot(x1 + share * dx, y1 + share * dy);
  }

  /** Even-odd rule. */
  boolean contains(double lon, double lat) {
    boolean inside = false;
    for (double[] ring : rings) {
      for (int i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
        double yi = ring[i + 1];
        double yj = ring[j + 1];
        if (yi > lat != yj > lat && lon < (ring[j] - ring[i]) * (lat - yi) / (yj - yi) + ring[i]) {
          inside = !inside;
        }
      }
    }
    return inside;
  }
}
