package dev.hologrid.rules.language;

import java.util.List;

/**
 * A scalar of a rule file with the place where it stands.
 *
 * @param file the file's name
 * @param lines the whole file
 * @param line from 0
 * @param column of the text's first character, from 0
 * @param text the scalar's value
 * @param block whether it is a block scalar, whose lines start at {@code column}
 */
public record Spot(
    String file, List<String> lines, int line, int column, String text, boolean block) {
  /** Where a file begins. */
  static Spot start(RuleFile file) {
    return new Spot(file.name(), file.text().lines().toList(), 0, 0, "", false);
  }

  /** The spot of a character of the text. */
  public Spot within(int offset) {
    if (block) {
      return inBlock(offset);
    }
    int newlines = 0;
    int lineStart = 0;
    for (int i = 0; i < Math.min(offset, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        newlines++;
        lineStart = i + 1;
      }
    }
    return new Spot(file, lines, line + newlines, column + offset - lineStart, "", false);
  }

  /** Lines of a block are joined by one character each, whether it is a newline or a space. */
  private Spot inBlock(int offset) {
    int at = line;
    int rest = offset;
    while (at + 1 < lines.size() && rest > Math.max(0, lines.get(at).length() - column)) {
      rest -= Math.max(0, lines.get(at).length() - column) + 1;
      at++;
    }
    return new Spot(file, lines, at, column + rest, "", false);
  }

  /** {@code file:line:column}, counted from 1. */
  public String at() {
    return file + ":" + (line + 1) + ":" + (column + 1);
  }

  /** The line; what would move a caret or a terminal is blank. */
  String excerpt() {
    return line < lines.size() ? lines.get(line).replaceAll("\\p{Cntrl}", " ") : "";
  }
}
