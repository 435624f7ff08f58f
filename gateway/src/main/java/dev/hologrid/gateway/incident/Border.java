package dev.hologrid.gateway.incident;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subtree of the grid tree as a condition on the columns {@code district} to {@code building} and
 * {@code place}.
 *
 * @param column the column that must equal {@code place}; null: everywhere
 * @param place a code
 */
public record Border(@Nullable String column, String place) {
  /** Outermost first; what lies deeper than a building is found by {@code place}. */
  static final List<String> DEPTHS = List.of("district", "town", "community", "grid", "building");

  public static final Border EVERYWHERE = new Border(null, "");

  /** The subtree of a place; null means everywhere, an unknown code nowhere. */
  public static Border of(Places places, @Nullable String place) {
    if (place == null) {
      return EVERYWHERE;
    }
    int depth = places.path(place).size() - 1;
    if (depth < 0) {
      return new Border("place", "\u0000nowhere");
    }
    return new Border(depth < DEPTHS.size() ? DEPTHS.get(depth) : "place", place);
  }

  /** {@code prefix + column = :parameter}, or empty for everywhere. */
  public String condition(String before, String parameter) {
    return column == null ? "" : before + column + " = :" + parameter;
  }
}
