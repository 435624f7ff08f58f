package dev.hologrid.rules.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every issue found so far; loading goes on after each. */
final class Issues {
  private final List<Issue> all = new ArrayList<>();

  void add(Spot at, String message, String hint) {
    all.add(new Issue(at.file(), at.line() + 1, at.column() + 1, message, hint, at.excerpt()));
  }

  boolean none() {
    return all.isEmpty();
  }

  int count() {
    return all.size();
  }

  List<Issue> sorted() {
    return all.stream()
        .sorted(
            Comparator.comparing(Issue::file)
                .thenComparingInt(Issue::line)
                .thenComparingInt(Issue::column))
        .distinct()
        .toList();
  }
}
