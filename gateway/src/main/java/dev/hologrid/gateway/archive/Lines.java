package dev.hologrid.gateway.archive;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Readings as InfluxDB line protocol: the kind is the measurement, the device a tag, each metric a
 * field, numbers and texts in fields of different names so that a metric that changes its type
 * cannot spoil a column. Not for two threads.
 *
 * <p>Identity: QuestDB removes repeats by device, time and the journal offset in {@code seq} and
 * {@code part}; InfluxDB by the offset hidden in the nanoseconds; VictoriaMetrics by equal time and
 * value.
 */
final class Lines {
  /** What differs between the databases. */
  enum Dialect {
    QUESTDB,
    INFLUXDB,
    /** Numbers only: a text becomes a label of a series of its own. */
    VICTORIA_METRICS
  }

  private static final int MOST_KINDS = 200;
  private static final int MOST_COLUMNS = 250;
  private static final int MOST_SHAPES = 10_000;
  private static final int MOST_TEXT = 4_096;
  private static final long NANOS = 1_000_000;
  private static final Set<String> TAKEN = Set.of("timestamp", "time", "device", "seq", "part");

  private final Dialect dialect;
  private final Map<String, Set<String>> columns = new HashMap<>();
  private final IdentityHashMap<Shape, @Nullable String[]> names = new IdentityHashMap<>();
  private long leftOut;

  Lines(Dialect dialect) {
    this.dialect = dialect;
  }

  /** The field of a metric. */
  static String column(String metric, boolean text) {
    StringBuilder column = new StringBuilder();
    for (int i = 0; i < metric.length(); i++) {
      char c = metric.charAt(i);
      boolean plain =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
      column.append(plain ? String.valueOf(c) : "_" + Integer.toHexString(c) + "_");
    }
    String name = column.toString().toLowerCase(Locale.ROOT);
    if (text) {
      return name + "_text";
    }
    return name.endsWith("_text") || TAKEN.contains(name) ? name + "_number" : name;
  }

  /** Appends the line or lines of a reading; returns how many. */
  int append(StringBuilder out, Reading reading) {
    @Nullable String[] fields = fields(reading.shape());
    int begin = out.length();
    out.append(reading.shape().kind()).append(",device=");
    escape(out, reading.device(), ", =");
    out.append(' ');
    int first = out.length();
    numbers(out, reading, fields);
    if (dialect == Dialect.QUESTDB) {
      separate(out, first);
      out.append("seq=").append(reading.offset()).append('i');
      if (reading.index() > 0) {
        out.append(",part=").append(reading.index()).append('i');
      }
    }
    int lines = 0;
    if (out.length() > first) {
      stamp(out, reading);
      lines = 1;
    } else {
      out.setLength(begin);
    }
    return dialect == Dialect.VICTORIA_METRICS ? lines + labels(out, reading, fields) : lines;
  }

  private void numbers(StringBuilder out, Reading reading, @Nullable String[] fields) {
    int first = out.length();
    for (int i = 0; i < fields.length; i++) {
      String field = fields[i];
      if (field == null) {
        continue;
      }
      if (reading.shape().types().get(i) != Shape.Type.TEXT) {
        double value = reading.number(i);
        if (Double.isFinite(value)) {
          separate(out, first);
          out.append(field).append('=').append(value);
        }
      } else if (dialect != Dialect.VICTORIA_METRICS) {
        separate(out, first);
        out.append(field).append("=\"");
        escape(out, reading.value(i).toString(), "\"\\");
        out.append('"');
      }
    }
  }

  private int labels(StringBuilder out, Reading reading, @Nullable String[] fields) {
    int lines = 0;
    for (int i = 0; i < fields.length; i++) {
      String text = reading.value(i).toString();
      if (fields[i] != null
          && reading.shape().types().get(i) == Shape.Type.TEXT
          && !text.isBlank()) {
        out.append(reading.shape().kind()).append(",device=");
        escape(out, reading.device(), ", =");
        out.append(",text=");
        escape(out, text.replace('\\', '/'), ", =");
        out.append(' ').append(fields[i]).append("=1");
        stamp(out, reading);
        lines++;
      }
    }
    return lines;
  }

  private void stamp(StringBuilder out, Reading reading) {
    long nanos = reading.time() * NANOS;
    if (dialect == Dialect.INFLUXDB) {
      nanos += Math.floorMod(reading.offset() * 31 + reading.index(), NANOS);
    }
    out.append(' ').append(nanos).append('\n');
  }

  private static void separate(StringBuilder out, int first) {
    if (out.length() > first) {
      out.append(',');
    }
  }

  /** Control characters become spaces: a line break would end the line in some parsers. */
  private static void escape(StringBuilder out, String text, String special) {
    if (plain(text)) {
      out.append(text);
      return;
    }
    int length = Math.min(text.length(), MOST_TEXT);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (special.indexOf(c) >= 0) {
        out.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f) {
        out.append(special.indexOf(' ') >= 0 ? "\\ " : " ");
      } else {
        out.append(c);
      }
    }
  }

  /** As nearly all device ids are: nothing in it to be escaped anywhere. */
  private static boolean plain(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean fine =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '-' && c <= ':' || c == '_';
      if (!fine) {
        return false;
      }
    }
    return length <= MOST_TEXT;
  }

  private @Nullable String[] fields(Shape shape) {
    @Nullable String[] known = names.get(shape);
    if (known != null) {
      return known;
    }
    @Nullable String[] fields = new String[shape.size()];
    Set<String> used = new HashSet<>();
    for (int i = 0; i < fields.length; i++) {
      String field = column(shape.metrics().get(i), shape.types().get(i) == Shape.Type.TEXT);
      if (used.add(field) && room(shape.kind(), field)) {
        fields[i] = field;
      } else {
        leftOut++;
      }
    }
    if (names.size() >= MOST_SHAPES) {
      names.clear();
    }
    names.put(shape, fields);
    return fields;
  }

  private boolean room(String kind, String field) {
    if (!columns.containsKey(kind) && columns.size() >= MOST_KINDS) {
      return false;
    }
    Set<String> known = columns.computeIfAbsent(kind, each -> new HashSet<>());
    return known.contains(field) || known.size() < MOST_COLUMNS && known.add(field);
  }

  /** Fields that were left out because a kind has too many. */
  long leftOut() {
    return leftOut;
  }

  /** The kinds written so far. */
  List<String> kinds() {
    return List.copyOf(columns.keySet());
  }
}
