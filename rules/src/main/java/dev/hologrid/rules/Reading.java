package dev.hologrid.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One device's values at one moment. Immutable by agreement: the arrays are not copied, and nobody
 * writes to them after construction. Safe to share between threads.
 *
 * <p>Not a record: it keeps the hash of its device's id, so that finding the device again need not
 * fetch the id itself from memory. Equal when all parts are, the arrays by their contents.
 */
public final class Reading {
  private final String device;
  private final Shape shape;
  private final long time;
  private final long receivedAt;
  private final long offset;
  private final double[] numbers;
  private final @Nullable String @Nullable [] texts;
  private final int index;
  private final int deviceHash;

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
   * @param numbers by metric; 1 and 0 for booleans, NaN at text metrics
   * @param texts by metric, null at other types; the array is null when no metric is text
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
    this.device = device;
    this.shape = shape;
    this.time = time;
    this.receivedAt = receivedAt;
    this.offset = offset;
    this.index = index;
    this.numbers = numbers;
    this.texts = texts;
    this.deviceHash = device.hashCode();
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

  /** By metric; 1 and 0 for booleans, NaN at text metrics. Not to be written to. */
  public double[] numbers() {
    return numbers;
  }

  /** By metric, null at other types; null when no metric is text. Not to be written to. */
  public @Nullable String @Nullable [] texts() {
    return texts;
  }

  /** The value at {@code i} as {@link Double}, {@link Boolean} or {@link String}. */
  public Object value(int i) {
    return switch (shape.types().get(i)) {
      case NUMBER -> numbers[i];
      case BOOLEAN -> numbers[i] != 0;
      case TEXT -> {
        String text = texts == null ? null : texts[i];
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
      sorted.set(
          i, new Reading(r.device, r.shape, r.time, r.receivedAt, r.offset, i, r.numbers, r.texts));
    }
    return sorted;
  }

  /** The same reading at the place the journal gave it. */
  public Reading at(long newOffset) {
    return new Reading(device, shape, time, receivedAt, newOffset, index, numbers, texts);
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
        && Arrays.equals(numbers, r.numbers)
        && Arrays.equals(texts, r.texts);
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
        + Arrays.toString(numbers)
        + (texts == null ? "" : " " + Arrays.toString(texts))
        + "]";
  }
}
