package dev.hologrid.simulator.district;

import dev.hologrid.simulator.site.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * A rectangle of hexagons with jittered corners. In a hexagon lattice three cells meet in each
 * corner, so an outline never touches itself and two neighbours share exactly the same corners: all
 * levels nest without gap or overlap.
 */
final class HexField {
  static final int SIDES = 6;
  private static final int[] CORNER_X = {1, 0, -1, -1, 0, 1};
  private static final int[] CORNER_Y = {1, 2, 1, -1, -2, -1};
  private static final Position ORIGIN = new Position(112.70, 22.70);
  private static final double KM_A_LAT = 110.6;
  private static final double KM_A_LON = 111.32 * StrictMath.cos(StrictMath.toRadians(23.0));
  private static final double JITTER = 0.22;

  private final int columns;
  private final int rows;
  private final double halfWidth;
  private final double halfSide;
  private final long seed;

  HexField(double cellSquareKm, double widthKm, double heightKm, long seed) {
    double side = StrictMath.sqrt(cellSquareKm * 2 / (3 * StrictMath.sqrt(3)));
    this.halfWidth = side * StrictMath.sqrt(3) / 2;
    this.halfSide = side / 2;
    this.columns = (int) Math.ceil(widthKm / (2 * halfWidth));
    this.rows = (int) Math.ceil(heightKm / (3 * halfSide));
    this.seed = seed;
  }

  int size() {
    return columns * rows;
  }

  /** The radius of the circle inside a cell, in kilometres. */
  double innerKm() {
    return halfWidth * (1 - JITTER);
  }

  /** The neighbour over side {@code k}, counter-clockwise from north-east, or -1 at the rim. */
  int neighbour(int cell, int k) {
    int row = cell / columns;
    int shift = row & 1;
    int column = cell % columns;
    int toRow = row + (k <= 1 ? 1 : k == 3 || k == 4 ? -1 : 0);
    int toColumn =
        switch (k) {
          case 0, 4 -> column + shift;
          case 1, 3 -> column - 1 + shift;
          case 2 -> column - 1;
          default -> column + 1;
        };
    boolean inside = toRow >= 0 && toRow < rows && toColumn >= 0 && toColumn < columns;
    return inside ? toRow * columns + toColumn : -1;
  }

  double x(int cell) {
    return unitX(cell) * halfWidth;
  }

  double y(int cell) {
    return unitY(cell) * halfSide;
  }

  int cellAt(Position at) {
    double x = (at.lon() - ORIGIN.lon()) * KM_A_LON;
    double y = (at.lat() - ORIGIN.lat()) * KM_A_LAT;
    int row = Math.clamp(Math.round(y / (3 * halfSide)), 0, rows - 1);
    int column = Math.clamp(Math.round((x / halfWidth - (row & 1)) / 2), 0, columns - 1);
    return row * columns + column;
  }

  static Position position(double xKm, double yKm) {
    return new Position(ORIGIN.lon() + xKm / KM_A_LON, ORIGIN.lat() + yKm / KM_A_LAT);
  }

  /** The outline of a set of cells: the outer ring counter-clockwise first, then any holes. */
  List<List<Position>> outline(int[] cells, IntPredicate inside) {
    Map<Long, Long> next = new LinkedHashMap<>();
    for (int cell : cells) {
      for (int k = 0; k < SIDES; k++) {
        int beyond = neighbour(cell, k);
        if (beyond < 0 || !inside.test(beyond)) {
          next.put(corner(cell, k), corner(cell, (k + 1) % SIDES));
        }
      }
    }
    List<List<Position>> rings = new ArrayList<>();
    Map<Long, Long> left = new HashMap<>(next);
    for (Long start : next.keySet()) {
      List<Position> ring = new ArrayList<>();
      Long at = start;
      for (Long to = left.remove(at); to != null; to = left.remove(at)) {
        ring.add(jittered(at));
        at = to;
      }
      if (!ring.isEmpty()) {
        rings.add(ring);
      }
    }
    rings.sort((a, b) -> Double.compare(area(b), area(a)));
    return rings;
  }

  private static double area(List<Position> ring) {
    double sum = 0;
    Position last = ring.getLast();
    for (Position each : ring) {
      sum += last.lon() * each.lat() - each.lon() * last.lat();
      last = each;
    }
    return sum / 2;
  }

  private long corner(int cell, int k) {
    return ((long) (unitX(cell) + CORNER_X[k]) << 32) | (unitY(cell) + CORNER_Y[k] & 0xffffffffL);
  }

  private Position jittered(long corner) {
    double away = JITTER * 2 * halfSide;
    double dx = (Noise.unit(seed, corner) - 0.5) * away;
    double dy = (Noise.unit(seed + 1, corner) - 0.5) * away;
    return position((corner >> 32) * halfWidth + dx, (int) corner * halfSide + dy);
  }

  private int unitX(int cell) {
    return 2 * (cell % columns) + (cell / columns & 1);
  }

  private int unitY(int cell) {
    return 3 * (cell / columns);
  }
}
