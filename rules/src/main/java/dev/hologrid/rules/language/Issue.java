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
  /** The blank of a wide character's width. */
  private static final String WIDE = "\u3000";

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

  /** As wide as what stands before the caret: a Chinese character takes two columns. */
  private String blank() {
    StringBuilder blank = new StringBuilder();
    for (int i = 0; i < column - 1; i++) {
      blank.append(i < excerpt.length() && wide(excerpt.charAt(i)) ? WIDE : " ");
    }
    return blank.toString();
  }

  private static boolean wide(char c) {
    return c >= 0x2E80 && c <= 0xA4CF
        || c >= 0xAC00 && c <= 0xD7A3
        || c >= 0xF900 && c <= 0xFAFF
        || c >= 0xFF01 && c <= 0xFF60
        || c >= 0xFFE0 && c <= 0xFFE6;
  }

  /** The headline, the line of the file, and a caret with the hint under the fault. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(headline());
    if (!excerpt.isBlank()) {
      text.append("\n  ").append(excerpt).append("\n  ").append(blank()).append('^');
      if (!hint.isEmpty()) {
        text.append(' ').append(hint);
      }
    } else if (!hint.isEmpty()) {
      text.append("; ").append(hint);
    }
    return text.toString();
  }
}
