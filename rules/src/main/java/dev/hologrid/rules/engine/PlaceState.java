package dev.hologrid.rules.engine;

import dev.hologrid.rules.PlaceLevel;
import org.jspecify.annotations.Nullable;

/** All that the engine holds of one place. */
final class PlaceState extends Subject {
  final String code;
  final @Nullable PlaceState parent;

  PlaceState(int index, String code, @Nullable PlaceState parent) {
    super(index);
    this.code = code;
    this.parent = parent;
  }

  /** This place or the one around it at a level; null when it is above that level. */
  @Nullable PlaceState at(PlaceLevel level) {
    PlaceState place = this;
    for (int depth = depth(); place != null && depth > level.ordinal(); depth--) {
      place = place.parent;
    }
    return place != null && place.depth() == level.ordinal() ? place : null;
  }

  private int depth() {
    int depth = 0;
    for (PlaceState p = parent; p != null; p = p.parent) {
      depth++;
    }
    return depth;
  }

  @Override
  String id() {
    return code;
  }

  @Override
  String place() {
    return code;
  }
}
