package dev.hologrid.rules;

import java.util.List;

/**
 * The names and types of a reading's values, shared by all readings that look alike. A decoder
 * makes each distinct shape once (see {@link Shapes}), so that a rule engine can prepare its
 * lookups per shape and not per reading. Immutable; equal by content, compared by identity on the
 * hot path.
 *
 * @param kind the sensor kind, for example {@code smoke}
 * @param metrics the metric names, for example {@code obscuration}
 * @param types the type of each metric, in the same order
 */
public record Shape(String kind, List<String> metrics, List<Type> types) {
  /** The type of one metric's value. */
  public enum Type {
    NUMBER,
    BOOLEAN,
    TEXT
  }

  public Shape {
    metrics = List.copyOf(metrics);
    types = List.copyOf(types);
    if (metrics.size() != types.size()) {
      throw new IllegalArgumentException(
          "a shape needs one type per metric, but has "
              + metrics.size()
              + " metrics and "
              + types.size()
              + " types");
    }
  }

  /** The index of a metric, or -1. */
  public int indexOf(String metric) {
    return metrics.indexOf(metric);
  }

  /** The index of the only text metric, or -1 when there is none or more than one. */
  int onlyText() {
    int only = types.indexOf(Type.TEXT);
    return only == types.lastIndexOf(Type.TEXT) ? only : -1;
  }

  public int size() {
    return metrics.size();
  }
}
