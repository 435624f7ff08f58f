package dev.hologrid.rules.language;

import java.util.List;

/** What loading rule files gave: a whole set or every issue at once, never half of each. */
public sealed interface Loaded {
  /** Every file is right. */
  record Ok(RuleSet set) implements Loaded {}

  /** Something is wrong; the set that runs stays. */
  record Broken(List<Issue> issues) implements Loaded {
    public Broken {
      issues = List.copyOf(issues);
    }
  }

  /**
   * The set, for callers to whom an issue is a defect of theirs.
   *
   * @throws IllegalArgumentException with every issue, if there is one
   */
  default RuleSet orThrow() {
    return switch (this) {
      case Ok ok -> ok.set();
      case Broken broken ->
          throw new IllegalArgumentException(
              broken.issues().size()
                  + " issues in the rules\n"
                  + String.join("\n", broken.issues().stream().map(Issue::toString).toList()));
    };
  }

  /** The issues; empty when all is right. */
  default List<Issue> issueList() {
    return this instanceof Broken broken ? broken.issues() : List.of();
  }
}
