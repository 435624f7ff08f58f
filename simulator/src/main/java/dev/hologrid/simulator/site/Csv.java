package dev.hologrid.simulator.site;

import java.util.ArrayList;
import java.util.List;

/** RFC 4180 rows, one row a line: a quoted field may hold commas and quotes, but no line break. */
public final class Csv {
  private Csv() {}

  static void row(StringBuilder out, String... fields) {
    for (int i = 0; i < fields.length; i++) {
      out.append(i == 0 ? "" : ",").append(quoted(fields[i]));
    }
    out.append('\n');
  }

  private static String quoted(String field) {
    return field.indexOf(',') < 0 && field.indexOf('"') < 0
        ? field
        : '"' + field.replace("\"", "\"\"") + '"';
  }

  /** The fields of one line. */
  public static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
