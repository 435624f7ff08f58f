package dev.hologrid.gateway.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the values of one reading. Not for two threads. */
final class ReadingBuilder {
  static final int MAX_VALUES = 64;
  private static final int MAX_NAME = 64;

  /** 2000-01-01T00:00:00Z: an earlier event time is a clock that was never set. */
  private static final long FIRST_PLAUSIBLE = 946_684_800_000L;

  private static final long MOST_AHEAD_MS = 5 * 60_000;

  private final List<String> metrics = new ArrayList<>();
  private final List<Shape.Type> types = new ArrayList<>();
  private double[] numbers = new double[8];
  private @Nullable String @Nullable [] texts;

  void number(String name, double value) throws RejectedPayload {
    if (!Double.isFinite(value)) {
      throw new RejectedPayload(
          Reason.OUT_OF_RANGE, "the value of '" + name + "' is beyond what a double holds");
    }
    add(name, Shape.Type.NUMBER, value, null);
  }

  void bool(String name, boolean value) throws RejectedPayload {
    add(name, Shape.Type.BOOLEAN, value ? 1 : 0, null);
  }

  void text(String name, String value) throws RejectedPayload {
    add(name, Shape.Type.TEXT, Double.NaN, value);
  }

  private void add(String name, Shape.Type type, double number, @Nullable String text)
      throws RejectedPayload {
    if (!validName(name)) {
      throw new RejectedPayload(
          Reason.BAD_NAME,
          "a name in 'values' is 1 to 64 letters, digits and underscores and begins with no digit,"
              + " but one was '"
              + Excerpt.of(name)
              + "'");
    }
    if (metrics.contains(name)) {
      throw new RejectedPayload(
          Reason.DUPLICATE_FIELD, "'" + name + "' is there twice; send each metric once");
    }
    int at = metrics.size();
    if (at == MAX_VALUES) {
      throw new RejectedPayload(
          Reason.TOO_MANY,
          "'values' holds more than " + MAX_VALUES + " members; split the reading");
    }
    if (at == numbers.length) {
      numbers = Arrays.copyOf(numbers, at * 2);
      if (texts != null) {
        texts = Arrays.copyOf(texts, at * 2);
      }
    }
    metrics.add(name);
    types.add(type);
    numbers[at] = number;
    if (text != null) {
      if (texts == null) {
        texts = new String[numbers.length];
      }
      texts[at] = text;
    }
  }

  /**
   * Whether a metric of this name can be added; for payloads whose names are not ours to choose.
   */
  boolean takes(String name) {
    return validName(name) && !metrics.contains(name) && metrics.size() < MAX_VALUES - 4;
  }

  boolean has(String name) {
    return metrics.contains(name);
  }

  /** Adds a number, boolean or string whose name is not ours to choose; leaves out all else. */
  void take(String name, JsonNode value) throws RejectedPayload {
    if (!takes(name)) {
      return;
    }
    if (value.isNumber()) {
      number(name, value.asDouble());
    } else if (value.isBoolean()) {
      bool(name, value.asBoolean());
    } else if (value.isTextual()) {
      text(name, value.asText());
    }
  }

  /** The names so far, in order. */
  List<String> names() {
    return metrics;
  }

  boolean isEmpty() {
    return metrics.isEmpty();
  }

  /**
   * The reading; a device clock that cannot be right is replaced by the time of receipt and marked
   * with {@code clock_suspect}.
   */
  Reading build(Shapes shapes, String device, String kind, long time, long receivedAt, int index)
      throws RejectedPayload {
    long at = time;
    if (!plausible(time, receivedAt)) {
      at = receivedAt;
      if (!metrics.contains("clock_suspect") && metrics.size() < MAX_VALUES) {
        bool("clock_suspect", true);
      }
    }
    int size = metrics.size();
    Shape shape = shapes.intern(new Shape(kind, metrics, types));
    return new Reading(
        device,
        shape,
        at,
        receivedAt,
        -1,
        index,
        Arrays.copyOf(numbers, size),
        texts == null ? null : Arrays.copyOf(texts, size));
  }

  /** Whether a device's clock can be right. */
  static boolean plausible(long time, long receivedAt) {
    return time >= FIRST_PLAUSIBLE && time <= receivedAt + MOST_AHEAD_MS;
  }

  private static boolean validName(String name) {
    int length = name.length();
    if (length == 0 || length > MAX_NAME) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }
}
