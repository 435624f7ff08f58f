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
    int row = line;
    int at = column;
    for (int i = 0; i < Math.min(offset, text.length()); i++) {
      String source = row < lines.size() ? lines.get(row) : "";
      if (Character.isWhitespace(text.charAt(i)) && ends(source, at)) {
        row = next(row);
        at = row < lines.size() ? indent(lines.get(row)) : at;
      } else {
        at += written(source, at);
      }
    }
    return new Spot(file, lines, row, at + Math.max(0, offset - text.length()), "", false);
  }

  /** Is nothing left on the line? A value may go on below, a space standing for the break. */
  private static boolean ends(String source, int at) {
    return at >= source.length() || source.substring(at).isBlank();
  }

  private int next(int row) {
    int next = row + 1;
    while (next + 1 < lines.size() && lines.get(next).isBlank()) {
      next++;
    }
    return next;
  }

  private static int indent(String source) {
    return source.length() - source.stripLeading().length();
  }

  /** How many characters of the file make up the one of the text that is at {@code at}. */
  private int written(String source, int at) {
    char quote = opening();
    if (quote == '\'') {
      return source.startsWith("''", at) ? 2 : 1;
    }
    if (quote != '"' || at + 1 >= source.length() || source.charAt(at) != '\\') {
      return 1;
    }
    return switch (source.charAt(at + 1)) {
      case 'x' -> 4;
      case 'u' -> 6;
      case 'U' -> 10;
      default -> 2;
    };
  }

  private char opening() {
    String source = line < lines.size() ? lines.get(line) : "";
    return column > 0 && column <= source.length() ? source.charAt(column - 1) : ' ';
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
