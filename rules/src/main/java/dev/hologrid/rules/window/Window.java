package dev.hologrid.rules.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The samples of the last {@code length} milliseconds of one device: those with {@code time > now -
 * length}. Samples come in order of time. Costs 24 bytes a sample and holds at most {@value
 * #MOST_SAMPLES}: past that the oldest leaves early. Confined to the engine's thread.
 */
public abstract class Window {
  /** Bounds the memory of a device that sends without end. */
  public static final int MOST_SAMPLES = 4_096;

  private static final int FIRST_CAPACITY = 4;
  private static final int STRIDE = 3;
  private static final int VALUE = 1;
  private static final int OFFSET = 2;
  private static final long[] NO_ROOM = {};

  private final long length;

  /**
   * Time, value and offset of each sample side by side: what is looked at together lies together.
   * Room comes with the first sample: a window that holds none has none.
   */
  private long[] ring = NO_ROOM;

  private int capacity;
  private int head;
  private int size;

  Window(long length) {
    this.length = length;
  }

  /** A window for a function of the rule language. */
  public static Window of(String fn, long length, double q) {
    return switch (fn) {
      case "sum", "avg", "count", "stddev" -> new SumWindow(fn, length);
      case "min", "max" -> new ExtremeWindow(fn.equals("max"), length);
      case "rate", "delta", "last" -> new EdgeWindow(fn, length);
      case "changes" -> new ChangesWindow(length);
      case "quantile" -> new QuantileWindow(q, length);
      case "baseline", "deviation" -> new BaselineWindow(fn.equals("deviation"), length);
      default -> throw new IllegalArgumentException("no window function " + fn);
    };
  }

  /** What the function gives over the samples within, as of the last call that moved time. */
  public abstract double value();

  /** A sample came in. */
  abstract void entered(double value);

  /** The oldest sample goes out; it is still {@code value(0)}. */
  abstract void left(double value);

  public void add(long time, double value, long offset) {
    expire(time);
    if (size == MOST_SAMPLES) {
      dropOldest();
    } else if (size == capacity) {
      grow();
    }
    int at = at(size);
    ring[at] = time;
    ring[at + VALUE] = Double.doubleToRawLongBits(value);
    ring[at + OFFSET] = offset;
    size++;
    entered(value);
  }

  /** Moves time on: what is too old leaves. */
  public final void expire(long now) {
    long limit = now - length;
    while (size > 0 && ring[head * STRIDE] <= limit) {
      dropOldest();
    }
  }

  /** When the next sample will leave; {@link Long#MAX_VALUE} when none is within. */
  public long nextLeave() {
    return size == 0 ? Long.MAX_VALUE : ring[head * STRIDE] + length;
  }

  /** Has memory fetch the samples that a reading looks at. */
  public final long touch() {
    return size == 0 ? 0 : ring[head * STRIDE] + ring[at(size - 1) + OFFSET];
  }

  /** Does the window say the same as one that nothing ever went into? */
  public boolean idle() {
    return size == 0;
  }

  public final int size() {
    return size;
  }

  public final long time(int i) {
    return ring[at(i)];
  }

  public final double value(int i) {
    return Double.longBitsToDouble(ring[at(i) + VALUE]);
  }

  public final long offset(int i) {
    return ring[at(i) + OFFSET];
  }

  private int at(int i) {
    return ((head + i) & (capacity - 1)) * STRIDE;
  }

  final long length() {
    return length;
  }

  final void dropOldest() {
    left(value(0));
    head = (head + 1) & (capacity - 1);
    size--;
  }

  private void grow() {
    long[] room = new long[Math.max(FIRST_CAPACITY, capacity * 2) * STRIDE];
    int tail = (capacity - head) * STRIDE;
    System.arraycopy(ring, head * STRIDE, room, 0, tail);
    System.arraycopy(ring, 0, room, tail, head * STRIDE);
    ring = room;
    capacity = room.length / STRIDE;
    head = 0;
  }

  /** Writes what {@link #read} needs. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(time(i));
      out.writeDouble(value(i));
      out.writeLong(offset(i));
    }
  }

  /**
   * Fills an empty window with what {@link #write} wrote.
   *
   * @param version of the snapshot around it; since 3 sums are kept to the last bit
   */
  public void read(DataInput in, int version) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      add(in.readLong(), in.readDouble(), in.readLong());
    }
  }
}
