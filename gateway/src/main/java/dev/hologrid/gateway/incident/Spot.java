package dev.hologrid.gateway.incident;

import java.util.List;

/**
 * Where it is.
 *
 * @param place the deepest place known; empty when nowhere
 * @param path the place and those that hold it, outermost first
 */
public record Spot(String place, List<String> path) {
  public Spot {
    path = List.copyOf(path);
  }

  /** The code at a depth: 0 district, 1 town, 2 community, 3 grid, 4 building; empty past it. */
  String at(int depth) {
    return depth < path.size() ? path.get(depth) : "";
  }
}
