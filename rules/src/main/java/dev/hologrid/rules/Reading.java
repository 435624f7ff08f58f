package dev.hologrid.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One device's values at one moment. Immutable. Safe to share between threads.
 *
 * <p>Made to be gone through by the million: what a rule engine looks at lies in the reading itself
 * and not in arrays of its own, the hash of the device's id spares fetching the id, the hash of the
 * values spares going through them. A reading of up to three metrics, one of them a text at most,
 * is one object of 88 bytes. Equal when all parts are.
 */
public final class Reading {
  /** So many numbers lie in the reading itself. */
  private static final int WITHIN = 3;

  private final String device;
  private final Shape shape;
  private final long time;
  private final long receivedAt;
  private final long offset;
  private final double first;
  private final double second;
  private final double third;

  /** The numbers from the fourth on. */
  private final double @Nullable [] more;

  /** The only text of a shape with one, or an array by metric, or null when there is no text. */
  private final @Nullable Object texts;

  private final int index;
  private final int deviceHash;
  private final int valuesHash;

  /**
   * A reading.
   *
   * @param device the device id, 1 to 64 characters of {@code [A-Za-z0-9._:-]}
   * @param shape which metrics follow, and of which type
   * @param time event time, epoch milliseconds UTC
   * @param receivedAt receipt by the gateway, epoch milliseconds UTC
   * @param offset the journal offset of the message that carried it; identity together with {@code
   *     index}
   * @param index the reading's place in its message, from 0
   * @param numbers by metric; 1 and 0 for booleans, NaN at text metrics; not kept
   * @param texts by metric, null at other types; the array is null when no metric is text; not to
   *     be written to after
   * @throws IllegalArgumentException unless there is a number for each metric
   */
  public Reading(
      String device,
      Shape shape,
      long time,
      long receivedAt,
      long offset,
      int index,
      double[] numbers,
      @Nullable String @Nullable [] texts) {
    int size = shape.size();
    if (numbers.length != size) {
      throw new IllegalArgumentException(
          "a reading needs a number per metric, but has " + numbers.length + " for " + size);
    }
    this.device = device;
    this.shape = shape;
    this.time = time;
    this.receivedAt = receivedAt;
    this.offset = offset;
    this.index = index;
    this.first = size > 0 ? numbers[0] : 0;
    this.second = size > 1 ? numbers[1] : 0;
    this.third = size > 2 ? numbers[2] : 0;
    this.more = size > WITHIN ? Arrays.copyOfRange(numbers, WITHIN, size) : null;
    int slot = texts == null ? -1 : shape.onlyText();
    this.texts = texts == null || slot < 0 ? texts : texts[slot];
    this.deviceHash = device.hashCode();
    this.valuesHash = hash(shape, numbers, texts);
  }

  /** The same at another place or time. */
  private Reading(Reading of, long time, long offset, int index) {
    this.device = of.device;
    this.shape = of.shape;
    this.time = time;
    this.receivedAt = of.receivedAt;
    this.offset = offset;
    this.index = index;
    this.first = of.first;
    this.second = of.second;
    this.third = of.third;
    this.more = of.more;
    this.texts = of.texts;
    this.deviceHash = of.deviceHash;
    this.valuesHash = of.valuesHash;
  }

  private static int hash(Shape shape, double[] numbers, @Nullable String @Nullable [] texts) {
    long hash = numbers.length;
    for (double number : numbers) {
      hash = hash * 0x9E3779B97F4A7C15L + Double.doubleToRawLongBits(number);
    }
    for (int i = 0; texts != null && i < numbers.length; i++) {
      if (shape.types().get(i) == Shape.Type.TEXT) {
        String text = texts[i];
        hash = hash * 31 + (text == null ? 0 : text.hashCode());
      }
    }
    return (int) (hash ^ (hash >>> 32));
  }

  /** The device id. */
  public String device() {
    return device;
  }

  /** {@code device().hashCode()}. */
  public int deviceHash() {
    return deviceHash;
  }

  /** Which metrics it has, and of which type. */
  public Shape shape() {
    return shape;
  }

  /** Event time, epoch milliseconds UTC. */
  public long time() {
    return time;
  }

  /** Receipt by the gateway, epoch milliseconds UTC. */
  public long receivedAt() {
    return receivedAt;
  }

  /** The journal offset of the message that carried it, or -1 while it has none. */
  public long offset() {
    return offset;
  }

  /** The place in its message, from 0. */
  public int index() {
    return index;
  }

  /**
   * The number of a metric by its place in the shape; 1 and 0 for booleans, NaN for a text.
   *
   * @throws IndexOutOfBoundsException for a place that the shape does not have
   */
  public double number(int i) {
    return switch (i) {
      case 0 -> first;
      case 1 -> second;
      case 2 -> third;
      default -> more(i);
    };
  }

  private double more(int i) {
    double[] rest = more;
    if (rest == null) {
      throw new IndexOutOfBoundsException(i);
    }
    return rest[i - WITHIN];
  }

  /** The text of a metric of type {@link Shape.Type#TEXT} by its place; null when it has none. */
  public @Nullable String text(int i) {
    Object given = texts;
    return given instanceof @Nullable String[] all ? all[i] : (String) given;
  }

  /** Tells readings of one shape and moment apart by their values. */
  public int valuesHash() {
    return valuesHash;
  }

  /** By metric; 1 and 0 for booleans, NaN at text metrics. A new array each time. */
  public double[] numbers() {
    double[] all = new double[shape.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = number(i);
    }
    return all;
  }

  /** By metric, null at other types; null when there is no text. A new array each time. */
  public @Nullable String @Nullable [] texts() {
    Object given = texts;
    if (given instanceof @Nullable String[] all) {
      return all.clone();
    }
    if (given == null) {
      return null;
    }
    @Nullable String[] all = new String[shape.size()];
    all[shape.onlyText()] = (String) given;
    return all;
  }

  /** The value at {@code i} as {@link Double}, {@link Boolean} or {@link String}. */
  public Object value(int i) {
    return switch (shape.types().get(i)) {
      case NUMBER -> number(i);
      case BOOLEAN -> number(i) != 0;
      case TEXT -> {
        String text = text(i);
        yield text == null ? "" : text;
      }
    };
  }

  /**
   * A message's readings in the order of their event time, numbered anew where that is not the
   * order in which they came: a device that was cut off sends what it kept in any order.
   */
  public static List<Reading> inOrder(List<Reading> message) {
    boolean ordered = true;
    for (int i = 1; i < message.size(); i++) {
      ordered &= message.get(i - 1).time <= message.get(i).time;
    }
    if (ordered) {
      return message;
    }
    List<Reading> sorted = new ArrayList<>(message);
    sorted.sort(Comparator.comparingLong(Reading::time));
    for (int i = 0; i < sorted.size(); i++) {
      Reading r = sorted.get(i);
      sorted.set(i, new Reading(r, r.time, r.offset, i));
    }
    return sorted;
  }

  /** The same reading at the place the journal gave it. */
  public Reading at(long newOffset) {
    return new Reading(this, time, newOffset, index);
  }

  /** The same reading at another event time, for one whose own cannot be right. */
  public Reading timed(long newTime) {
    return new Reading(this, newTime, offset, index);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Reading r
        && device.equals(r.device)
        && shape.equals(r.shape)
        && time == r.time
        && receivedAt == r.receivedAt
        && offset == r.offset
        && index == r.index
        && valuesHash == r.valuesHash
        && Arrays.equals(numbers(), r.numbers())
        && Arrays.equals(texts(), r.texts());
  }

  @Override
  public int hashCode() {
    return deviceHash * 31 + Long.hashCode(offset) * 17 + Long.hashCode(time) + index;
  }

  @Override
  public String toString() {
    return "Reading["
        + device
        + " at "
        + time
        + ", received "
        + receivedAt
        + ", offset "
        + offset
        + "/"
        + index
        + ", "
        + shape
        + " "
        + Arrays.toString(numbers())
        + (texts == null ? "" : " " + Arrays.toString(texts()))
        + "]";
  }
}
