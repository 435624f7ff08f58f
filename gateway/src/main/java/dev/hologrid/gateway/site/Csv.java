package dev.hologrid.gateway.site;

import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** RFC 4180 text: quoted cells, doubled quotes, either line end, an optional byte-order mark. */
public final class Csv {
  /**
   * A row.
   *
   * @param line where it begins, from 1
   */
  public record Row(int line, List<String> cells) {}

  private final String text;
  private int at;
  private int line = 1;

  private Csv(String text) {
    this.text = text;
    this.at = text.startsWith("\uFEFF") ? 1 : 0;
  }

  /** All rows, the header among them; blank lines are left out. */
  public static List<Row> parse(String text) {
    Csv csv = new Csv(text);
    List<Row> rows = new ArrayList<>();
    while (csv.at < text.length()) {
      Row row = csv.row();
      if (row.cells().size() > 1 || !row.cells().getFirst().isBlank()) {
        rows.add(row);
      }
    }
    return rows;
  }

  /**
   * Takes the rows of a site file, its header left out, cell by cell without the space around.
   *
   * @param file what the file is called in messages
   * @param head the names of the cells that each row has at least, with commas between
   * @return how many rows there were
   * @throws IllegalArgumentException naming file and line, at the first row that is wrong
   */
  public static int each(String text, String file, String head, Consumer<List<String>> take) {
    List<Row> rows = parse(text);
    List<Row> body = rows.subList(Math.min(1, rows.size()), rows.size());
    int least = head.split(",", -1).length;
    for (Row row : body) {
      try {
        if (row.cells().size() < least) {
          throw misfit(head, row.cells());
        }
        take.accept(row.cells().stream().map(String::strip).toList());
      } catch (IllegalArgumentException | DateTimeParseException e) {
        throw new IllegalArgumentException(file + " line " + row.line() + ": " + e.getMessage(), e);
      }
    }
    return body.size();
  }

  /** A row that has not the cells of its head. */
  public static IllegalArgumentException misfit(String head, List<String> cells) {
    return new IllegalArgumentException(
        "expected " + head + ", but it has " + cells.size() + " cells");
  }

  private Row row() {
    int begin = line;
    List<String> cells = new ArrayList<>();
    while (true) {
      cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
      if (at < text.length() && text.charAt(at) == ',') {
        at++;
        continue;
      }
      endOfLine();
      return new Row(begin, cells);
    }
  }

  private void endOfLine() {
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
    line++;
  }

  private String plain() {
    int begin = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(begin, at).trim();
  }

  private String quoted() {
    StringBuilder cell = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        if (at >= text.length() || text.charAt(at) != '"') {
          plain(); // what follows a closing quote is not part of the cell
          break;
        }
        at++;
      } else if (c == '\n') {
        line++;
      }
      cell.append(c);
    }
    return cell.toString();
  }

  /** A row as text. */
  static String row(String... cells) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      row.append(i == 0 ? "" : ",").append(cell(cells[i]));
    }
    return row.append('\n').toString();
  }

  private static String cell(String cell) {
    boolean plain =
        cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
            && cell.equals(cell.trim());
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
