package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.alert.Evidence;
import dev.hologrid.rules.alert.Term;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How readings and evidence look in a snapshot. */
final class Frames {
  private Frames() {}

  static void writeText(String text, DataOutput out) throws IOException {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
  }

  static void writeMap(Map<String, String> map, DataOutput out) throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
      writeText(entry.getKey(), out);
      writeText(entry.getValue(), out);
    }
  }

  static Map<String, String> readMap(DataInput in) throws IOException {
    int size = in.readInt();
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(readText(in), readText(in));
    }
    return map;
  }

  static void writeEvidence(Evidence evidence, DataOutput out) throws IOException {
    out.writeLong(evidence.offset());
    writeText(evidence.device(), out);
    out.writeLong(evidence.time());
    out.writeInt(evidence.values().size());
    for (Map.Entry<String, Object> entry : new TreeMap<>(evidence.values()).entrySet()) {
      writeText(entry.getKey(), out);
      writeValue(entry.getValue(), out);
    }
  }

  static Evidence readEvidence(DataInput in) throws IOException {
    long offset = in.readLong();
    String device = readText(in);
    long time = in.readLong();
    int size = in.readInt();
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < size; i++) {
      values.put(readText(in), readValue(in));
    }
    return new Evidence(offset, device, time, values);
  }

  static void writeTerms(List<Term> terms, DataOutput out) throws IOException {
    out.writeInt(terms.size());
    for (Term term : terms) {
      out.writeByte(term.depth());
      writeText(term.text(), out);
      writeValue(term.value(), out);
    }
  }

  static List<Term> readTerms(DataInput in) throws IOException {
    int size = in.readInt();
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      terms.add(new Term(in.readUnsignedByte(), readText(in), readValue(in)));
    }
    return terms;
  }

  private static void writeValue(Object value, DataOutput out) throws IOException {
    switch (value) {
      case Double number -> {
        out.writeByte('n');
        out.writeDouble(number);
      }
      case Boolean truth -> {
        out.writeByte('b');
        out.writeBoolean(truth);
      }
      default -> {
        out.writeByte('t');
        writeText(value.toString(), out);
      }
    }
  }

  private static Object readValue(DataInput in) throws IOException {
    return switch (in.readByte()) {
      case 'n' -> in.readDouble();
      case 'b' -> in.readBoolean();
      default -> readText(in);
    };
  }

  static void writeReading(@Nullable Reading reading, DataOutput out) throws IOException {
    out.writeBoolean(reading != null);
    if (reading == null) {
      return;
    }
    writeText(reading.device(), out);
    Shape shape = reading.shape();
    writeText(shape.kind(), out);
    out.writeInt(shape.size());
    for (int i = 0; i < shape.size(); i++) {
      writeText(shape.metrics().get(i), out);
      writeValue(reading.value(i), out);
    }
    out.writeLong(reading.time());
    out.writeLong(reading.receivedAt());
    out.writeLong(reading.offset());
    out.writeInt(reading.index());
  }

  static @Nullable Reading readReading(DataInput in, Map<Shape, Shape> shapes) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    String device = readText(in);
    String kind = readText(in);
    int size = in.readInt();
    List<String> metrics = new ArrayList<>();
    List<Shape.Type> types = new ArrayList<>();
    double[] numbers = new double[size];
    @Nullable String[] texts = new String[size];
    for (int i = 0; i < size; i++) {
      metrics.add(readText(in));
      switch (readValue(in)) {
        case Double number -> {
          types.add(Shape.Type.NUMBER);
          numbers[i] = number;
        }
        case Boolean truth -> {
          types.add(Shape.Type.BOOLEAN);
          numbers[i] = truth ? 1 : 0;
        }
        case Object text -> {
          types.add(Shape.Type.TEXT);
          numbers[i] = Double.NaN;
          texts[i] = text.toString();
        }
      }
    }
    Shape shape = new Shape(kind, metrics, types);
    Shape known = shapes.computeIfAbsent(shape, s -> s);
    return new Reading(
        device, known, in.readLong(), in.readLong(), in.readLong(), in.readInt(), numbers, texts);
  }
}
