package dev.hologrid.gateway.command;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.Shapes;
import dev.hologrid.rules.language.Nearest;
import dev.hologrid.rules.language.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Readings in a CSV file with a heading: {@code time} (ISO-8601 with zone, or epoch milliseconds),
 * {@code device}, {@code kind}, optionally {@code received}; then a column for each metric, where
 * an empty field says nothing, or the two columns {@code metric} and {@code value}.
 */
final class ReadingTable {
  private static final List<String> OWN = List.of("time", "received", "device", "kind");

  private final Path file;
  private final Vocabulary vocabulary;
  private final Shapes shapes = new Shapes(10_000);

  ReadingTable(Path file, Vocabulary vocabulary) {
    this.file = file;
    this.vocabulary = vocabulary;
  }

  /** What is wrong with the file, and where; the message is for people. */
  static final class Wrong extends IOException {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message);
    }
  }

  /** Hands over all readings in the order of their receipt. */
  void read(Consumer<Reading> each) throws IOException {
    if (!Files.isReadable(file)) {
      throw new Wrong(file + " cannot be read");
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty()) {
      throw new Wrong(file + " is empty; the first line names the columns");
    }
    List<String> heading = fields(lines.getFirst().replace("\uFEFF", ""));
    for (String needed : List.of("time", "device", "kind")) {
      if (!heading.contains(needed)) {
        throw new Wrong(file + ":1: a column '" + needed + "' is needed");
      }
    }
    List<Reading> all = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        Reading reading = reading(heading, fields(lines.get(i)), i + 1);
        if (reading != null) {
          all.add(reading);
        }
      }
    }
    all.sort(Comparator.comparingLong(Reading::receivedAt).thenComparingLong(Reading::offset));
    for (int i = 0; i < all.size(); i++) {
      each.accept(all.get(i).at(i));
    }
  }

  private @Nullable Reading reading(List<String> heading, List<String> row, int line) throws Wrong {
    if (row.size() != heading.size()) {
      throw new Wrong(
          file + ":" + line + ": " + heading.size() + " fields are expected, not " + row.size());
    }
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> own = new LinkedHashMap<>();
    boolean pairs = heading.contains("metric") && heading.contains("value");
    for (int i = 0; i < row.size(); i++) {
      String column = heading.get(i);
      if (OWN.contains(column) || pairs) {
        own.put(column, row.get(i));
      } else if (!row.get(i).isEmpty()) {
        values.put(column, row.get(i));
      }
    }
    if (pairs) {
      values.put(own.getOrDefault("metric", ""), own.getOrDefault("value", ""));
    }
    if (values.isEmpty()) {
      return null;
    }
    long time = time(own.getOrDefault("time", ""), line);
    String received = own.getOrDefault("received", "");
    long receivedAt = received.isEmpty() ? time : time(received, line);
    return reading(own, values, time, receivedAt, line);
  }

  private Reading reading(
      Map<String, String> own, Map<String, String> values, long time, long receivedAt, int line)
      throws Wrong {
    List<Shape.Type> types = new ArrayList<>();
    double[] numbers = new double[values.size()];
    @Nullable String[] texts = new String[values.size()];
    int i = 0;
    for (Map.Entry<String, String> each : values.entrySet()) {
      Shape.Type type = vocabulary.metrics().get(each.getKey());
      if (type == null) {
        String hint = Nearest.hint(each.getKey(), vocabulary.metrics().keySet());
        throw new Wrong(file + ":" + line + ": no metric '" + each.getKey() + "'; " + hint);
      }
      types.add(type);
      numbers[i] = number(type, each, line);
      texts[i] = type == Shape.Type.TEXT ? each.getValue() : null;
      i++;
    }
    String kind = own.getOrDefault("kind", "");
    Shape shape = shapes.intern(new Shape(kind, List.copyOf(values.keySet()), types));
    String device = own.getOrDefault("device", "");
    return new Reading(device, shape, time, receivedAt, line, 0, numbers, texts);
  }

  private double number(Shape.Type type, Map.Entry<String, String> each, int line) throws Wrong {
    String value = each.getValue();
    try {
      return switch (type) {
        case NUMBER -> Double.parseDouble(value);
        case BOOLEAN -> value.equalsIgnoreCase("true") || value.equals("1") ? 1 : 0;
        case TEXT -> Double.NaN;
      };
    } catch (NumberFormatException e) {
      throw new Wrong(file + ":" + line + ": '" + each.getKey() + "' is a number, not " + value);
    }
  }

  private long time(String text, int line) throws Wrong {
    try {
      return text.matches("\\d{1,15}")
          ? Long.parseLong(text)
          : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw new Wrong(
          file + ":" + line + ": a time is ISO-8601 with zone or epoch milliseconds, not " + text);
    }
  }

  /** The fields of a line after RFC 4180; quoted ones may hold commas, and quotes twice. */
  private static List<String> fields(String line) {
    List<String> all = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        all.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    all.add(field.toString().strip());
    return all;
  }
}
