package dev.hologrid.rules.language;

/**
 * Something wrong in a rule file, where it is, and a way out.
 *
 * @param file the file's name
 * @param line from 1
 * @param column from 1
 * @param message one sentence
 * @param hint a suggestion, empty when there is none
 * @param excerpt the line of the file, for the caret
 * @param level whether the files can be used in spite of it
 */
public record Issue(
    String file, int line, int column, String message, String hint, String excerpt, Level level) {
  /** An error keeps the whole set from being loaded; a warning does not. */
  public enum Level {
    ERROR,
    WARNING
  }

  /** One line: {@code file:line:column: error: message}. */
  public String headline() {
    return file + ":" + line + ":" + column + ": " + name() + ": " + message;
  }

  /** {@code error} or {@code warning}. */
  public String name() {
    return level == Level.ERROR ? "error" : "warning";
  }

  /** The headline, the line of the file, and a caret with the hint under the fault. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(headline());
    if (!excerpt.isBlank()) {
      text.append("\n  ").append(excerpt).append("\n  ").append(" ".repeat(column - 1)).append('^');
      if (!hint.isEmpty()) {
        text.append(' ').append(hint);
      }
    } else if (!hint.isEmpty()) {
      text.append("; ").append(hint);
    }
    return text.toString();
  }
}
