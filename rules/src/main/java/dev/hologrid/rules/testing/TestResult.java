package dev.hologrid.rules.testing;

import java.util.List;

/**
 * What came of a test.
 *
 * @param name the test's name
 * @param at where it stands, {@code file:line:column}
 * @param failures none when it passed
 */
public record TestResult(String name, String at, List<Failure> failures) {
  /**
   * An expectation that did not hold.
   *
   * @param at where it stands, {@code file:line:column}
   * @param message one sentence
   * @param difference what was missing (-), too much (+) or different (~), line by line
   */
  public record Failure(String at, String message, String difference) {
    @Override
    public String toString() {
      return at + ": " + message + "\n" + difference.indent(2).stripTrailing();
    }
  }

  public TestResult {
    failures = List.copyOf(failures);
  }

  public boolean passed() {
    return failures.isEmpty();
  }
}
