package dev.hologrid.gateway.decode;

import dev.hologrid.rules.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of readings that the complete parser has accepted lately, found by their names as
 * bytes. A new one takes the place of another: that one is then learned again. Safe for use by many
 * threads.
 */
final class PlainShapes {
  private static final int SLOTS = 1 << 10;

  @SuppressWarnings("ArrayRecordComponent") // written once
  private record Known(Shape shape, byte[][] names, Shape.Type[] types) {}

  private final AtomicReferenceArray<@Nullable Known> slots = new AtomicReferenceArray<>(SLOTS);

  /** The shape of that kind with these metrics in this order, or null when it is not known. */
  @Nullable Shape find(
      String kind, byte[] in, int[] nameAt, int[] nameEnd, Shape.Type[] types, int metrics) {
    int hash = kind.hashCode();
    for (int i = 0; i < metrics; i++) {
      int length = nameEnd[i] - nameAt[i];
      if (length == 0) {
        return null;
      }
      hash = add(hash, length, in[nameAt[i]], in[nameEnd[i] - 1], types[i]);
    }
    Known known = slots.getAcquire(slot(hash));
    if (known == null || known.names.length != metrics || !known.shape.kind().equals(kind)) {
      return null;
    }
    for (int i = 0; i < metrics; i++) {
      byte[] name = known.names[i];
      if (known.types[i] != types[i]
          || !Arrays.equals(name, 0, name.length, in, nameAt[i], nameEnd[i])) {
        return null;
      }
    }
    return known.shape;
  }

  void learn(Shape shape) {
    List<String> metrics = shape.metrics();
    byte[][] names = new byte[shape.size()][];
    int hash = shape.kind().hashCode();
    for (int i = 0; i < names.length; i++) {
      byte[] name = metrics.get(i).getBytes(StandardCharsets.UTF_8);
      names[i] = name;
      hash = add(hash, name.length, name[0], name[name.length - 1], shape.types().get(i));
    }
    slots.setRelease(slot(hash), new Known(shape, names, shape.types().toArray(Shape.Type[]::new)));
  }

  private static int add(int hash, int length, byte first, byte last, Shape.Type type) {
    return 31 * (31 * hash + (length << 16 | first << 8 | last)) + type.ordinal();
  }

  private static int slot(int hash) {
    int spread = hash * 0x9E3779B9;
    return spread >>> 22;
  }
}
