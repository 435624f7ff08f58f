package dev.hologrid.rules;

import org.jspecify.annotations.Nullable;

/**
 * One device's values at one moment. Immutable by agreement: the arrays are not copied, and nobody
 * writes to them after construction.
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
@SuppressWarnings("ArrayRecordComponent") // the hot path; see the agreement above
public record Reading(
    String device,
    Shape shape,
    long time,
    long receivedAt,
    long offset,
    int index,
    double[] numbers,
    @Nullable String @Nullable [] texts) {

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

  /** The same reading at the place the journal gave it. */
  public Reading at(long newOffset) {
    return new Reading(device, shape, time, receivedAt, newOffset, index, numbers, texts);
  }
}
