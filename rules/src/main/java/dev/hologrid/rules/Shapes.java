package dev.hologrid.rules;

import java.util.concurrent.ConcurrentHashMap;

/**
 * The shapes seen so far, each once. Safe for use by many threads. Holds at most {@code limit}
 * shapes; past that {@link #intern} returns its argument, which is slower for the engine and never
 * wrong, so that hostile payloads cannot grow it without end.
 */
public final class Shapes {
  private final ConcurrentHashMap<Shape, Shape> known = new ConcurrentHashMap<>();
  private final int limit;

  public Shapes(int limit) {
    this.limit = limit;
  }

  public Shape intern(Shape shape) {
    Shape seen = known.get(shape);
    if (seen != null) {
      return seen;
    }
    if (known.size() >= limit) {
      return shape;
    }
    Shape raced = known.putIfAbsent(shape, shape);
    return raced == null ? shape : raced;
  }
}
