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

  private final long length;
  private static final long[] NO_TIMES = {};
  private static final double[] NO_VALUES = {};

  // Room comes with the first sample: a window that holds none has none.
  private long[] times = NO_TIMES;
  private double[] values = NO_VALUES;
  private long[] offsets = NO_TIMES;
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
    } else if (size == times.length) {
      grow();
    }
    int at = (head + size) & (times.length - 1);
    times[at] = time;
    values[at] = value;
    offsets[at] = offset;
    size++;
    entered(value);
  }

  /** Moves time on: what is too old leaves. */
  public final void expire(long now) {
    long limit = now - length;
    while (size > 0 && times[head] <= limit) {
      dropOldest();
    }
  }

  /** When the next sample will leave; {@link Long#MAX_VALUE} when none is within. */
  public long nextLeave() {
    return size == 0 ? Long.MAX_VALUE : times[head] + length;
  }

  public final int size() {
    return size;
  }

  public final long time(int i) {
    return times[(head + i) & (times.length - 1)];
  }

  public final double value(int i) {
    return values[(head + i) & (times.length - 1)];
  }

  public final long offset(int i) {
    return offsets[(head + i) & (times.length - 1)];
  }

  final long length() {
    return length;
  }

  final void dropOldest() {
    left(values[head]);
    head = (head + 1) & (times.length - 1);
    size--;
  }

  private void grow() {
    int capacity = Math.max(FIRST_CAPACITY, times.length * 2);
    long[] newTimes = new long[capacity];
    double[] newValues = new double[capacity];
    long[] newOffsets = new long[capacity];
    for (int i = 0; i < size; i++) {
      newTimes[i] = time(i);
      newValues[i] = value(i);
      newOffsets[i] = offset(i);
    }
    times = newTimes;
    values = newValues;
    offsets = newOffsets;
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
