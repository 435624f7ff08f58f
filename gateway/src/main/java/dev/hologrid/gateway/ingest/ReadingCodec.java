package dev.hologrid.gateway.ingest;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.Shapes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The record of the readings journal: one message with all its readings. Version 1, big-endian:
 * version (1), receipt time (8), source (1 + bytes), count (2), then for each reading: device (1 +
 * bytes), event time (8), shape (2 + bytes: kind (1 + bytes), count (1), and for each metric type
 * (1) and name (1 + bytes)), a double for each number or boolean, and for each text 4 + bytes in
 * UTF-8. Safe for use by many threads.
 */
public final class ReadingCodec {
  private static final byte VERSION = 1;

  /** Shapes as their bytes and back, lately used; losing one costs making it anew. */
  private static final int SLOTS = 1 << 10;

  @SuppressWarnings("ArrayRecordComponent") // written once
  private record Known(Shape shape, byte[] bytes) {}

  private final Shapes shapes;
  private final AtomicReferenceArray<@Nullable Known> byShape = new AtomicReferenceArray<>(SLOTS);
  private final AtomicReferenceArray<@Nullable Known> byBytes = new AtomicReferenceArray<>(SLOTS);

  /** With shapes of its own; for tools. */
  public ReadingCodec() {
    this(new Shapes(10_000));
  }

  public ReadingCodec(Shapes shapes) {
    this.shapes = shapes;
  }

  /**
   * A message as the journal keeps it.
   *
   * @param offset its place
   * @param source the source's name
   * @param receivedAt epoch milliseconds UTC
   */
  public record Message(long offset, String source, long receivedAt, List<Reading> readings) {
    /** Readings that have no place yet, at the place that the journal gave them. */
    static Message of(long offset, String source, long receivedAt, List<Reading> readings) {
      if (readings.size() == 1) {
        return new Message(offset, source, receivedAt, List.of(readings.getFirst().at(offset)));
      }
      return new Message(
          offset, source, receivedAt, readings.stream().map(each -> each.at(offset)).toList());
    }
  }

  /** A message as the journal keeps it. */
  public byte[] encode(String source, long receivedAt, List<Reading> readings) {
    int size = 12 + source.length();
    for (int i = 0; i < readings.size(); i++) {
      Reading each = readings.get(i);
      size += 11 + each.device().length() + bytesOf(each.shape()).length + valueBytes(each);
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.put(VERSION).putLong(receivedAt);
    ascii(out, source).putShort((short) readings.size());
    for (int i = 0; i < readings.size(); i++) {
      Reading each = readings.get(i);
      byte[] shape = bytesOf(each.shape());
      ascii(out, each.device()).putLong(each.time());
      out.putShort((short) shape.length).put(shape);
      putValues(out, each);
    }
    return out.array();
  }

  private static ByteBuffer ascii(ByteBuffer out, String text) {
    return out.put((byte) text.length()).put(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private byte[] bytesOf(Shape shape) {
    int slot = System.identityHashCode(shape) & SLOTS - 1;
    Known known = byShape.getAcquire(slot);
    if (known != null && known.shape == shape) {
      return known.bytes;
    }
    byte[] bytes = shapeBytes(shape);
    byShape.setRelease(slot, new Known(shape, bytes));
    return bytes;
  }

  private static int valueBytes(Reading reading) {
    int size = 0;
    for (int i = 0; i < reading.shape().size(); i++) {
      size +=
          reading.shape().types().get(i) == Shape.Type.TEXT
              ? 4 + text(reading, i).getBytes(StandardCharsets.UTF_8).length
              : 8;
    }
    return size;
  }

  private static void putValues(ByteBuffer out, Reading reading) {
    for (int i = 0; i < reading.shape().size(); i++) {
      if (reading.shape().types().get(i) == Shape.Type.TEXT) {
        byte[] text = text(reading, i).getBytes(StandardCharsets.UTF_8);
        out.putInt(text.length).put(text);
      } else {
        out.putDouble(reading.number(i));
      }
    }
  }

  private static String text(Reading reading, int i) {
    String text = reading.text(i);
    return text == null ? "" : text;
  }

  private static byte[] shapeBytes(Shape shape) {
    byte[] kind = shape.kind().getBytes(StandardCharsets.US_ASCII);
    int size = 2 + kind.length;
    byte[][] names = new byte[shape.size()][];
    for (int i = 0; i < names.length; i++) {
      names[i] = shape.metrics().get(i).getBytes(StandardCharsets.US_ASCII);
      size += 2 + names[i].length;
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.put((byte) kind.length).put(kind).put((byte) names.length);
    for (int i = 0; i < names.length; i++) {
      out.put(code(shape.types().get(i))).put((byte) names[i].length).put(names[i]);
    }
    return out.array();
  }

  /**
   * Reads a record back.
   *
   * @throws IllegalArgumentException when a newer version wrote it
   */
  public Message decode(long offset, byte[] record) {
    ByteBuffer in = ByteBuffer.wrap(record);
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "record " + offset + " has version " + version + ", this program reads 1");
    }
    long receivedAt = in.getLong();
    String source = ascii(in, in.get());
    int count = Short.toUnsignedInt(in.getShort());
    List<Reading> readings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      readings.add(reading(in, offset, receivedAt, i));
    }
    return new Message(offset, source, receivedAt, readings);
  }

  private Reading reading(ByteBuffer in, long offset, long receivedAt, int index) {
    String device = ascii(in, in.get());
    long time = in.getLong();
    int shapeLength = Short.toUnsignedInt(in.getShort());
    Shape shape = shapeOf(in, shapeLength);
    double[] numbers = new double[shape.size()];
    @Nullable String[] texts = null;
    for (int i = 0; i < numbers.length; i++) {
      if (shape.types().get(i) == Shape.Type.TEXT) {
        numbers[i] = Double.NaN;
        if (texts == null) {
          texts = new String[numbers.length];
        }
        byte[] text = new byte[in.getInt()];
        in.get(text);
        texts[i] = new String(text, StandardCharsets.UTF_8);
      } else {
        numbers[i] = in.getDouble();
      }
    }
    return new Reading(device, shape, time, receivedAt, offset, index, numbers, texts);
  }

  private Shape shapeOf(ByteBuffer in, int length) {
    int at = in.position();
    int from = in.arrayOffset() + at;
    byte[] all = in.array();
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + all[i];
    }
    int slot = (hash ^ hash >>> 10 ^ hash >>> 20) & SLOTS - 1;
    Known known = byBytes.getAcquire(slot);
    if (known != null
        && Arrays.equals(known.bytes, 0, known.bytes.length, all, from, from + length)) {
      in.position(at + length);
      return known.shape;
    }
    Shape shape = shape(in);
    if (in.position() != at + length) {
      throw new IllegalArgumentException("a shape of " + length + " bytes has another length");
    }
    byBytes.setRelease(slot, new Known(shape, Arrays.copyOfRange(all, from, from + length)));
    return shape;
  }

  private Shape shape(ByteBuffer in) {
    String kind = ascii(in, in.get());
    int size = Byte.toUnsignedInt(in.get());
    List<String> names = new ArrayList<>(size);
    List<Shape.Type> types = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      types.add(type(in.get()));
      names.add(ascii(in, in.get()));
    }
    return shapes.intern(new Shape(kind, names, types));
  }

  private static byte code(Shape.Type type) {
    return switch (type) {
      case NUMBER -> 0;
      case BOOLEAN -> 1;
      case TEXT -> 2;
    };
  }

  private static Shape.Type type(byte code) {
    return switch (code) {
      case 0 -> Shape.Type.NUMBER;
      case 1 -> Shape.Type.BOOLEAN;
      case 2 -> Shape.Type.TEXT;
      default -> throw new IllegalArgumentException("no value type has the code " + code);
    };
  }

  private static String ascii(ByteBuffer in, byte length) {
    byte[] text = new byte[Byte.toUnsignedInt(length)];
    in.get(text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
