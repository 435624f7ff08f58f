package dev.hologrid.rules.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every issue found so far; loading goes on after each. */
public final class Issues {
  private final List<Issue> all = new ArrayList<>();

  public void add(Spot at, String message, String hint) {
    all.add(
        new Issue(
            at.file(),
            at.line() + 1,
            at.column() + 1,
            message,
            hint,
            at.excerpt(),
            Issue.Level.ERROR));
  }

  public boolean none() {
    return all.isEmpty();
  }

  public int count() {
    return all.size();
  }

  /** By file, line and column, each once. */
  public List<Issue> sorted() {
    return all.stream()
        .sorted(
            Comparator.comparing(Issue::file)
                .thenComparingInt(Issue::line)
                .thenComparingInt(Issue::column))
        .distinct()
        .toList();
  }
}
