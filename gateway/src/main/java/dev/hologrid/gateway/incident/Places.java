package dev.hologrid.gateway.incident;

import java.util.List;

/** What incidents need to know of the grid tree. Safe for use by many threads. */
public interface Places {
  /** The place and those that hold it, outermost first; empty when the code is not known. */
  List<String> path(String code);

  /** Where things are that stand at no known place: with the whole district, if there is one. */
  default List<String> nowhere() {
    return List.of();
  }
}
