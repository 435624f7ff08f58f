package dev.hologrid.gateway.decode;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the form in which nearly all payloads come straight from the bytes: objects of {@code ts},
 * {@code values} and plain other members, in ASCII without escapes, with metrics seen before.
 * Whatever is not plain gives null, and the complete parser decides, so that both say the same of
 * every payload. For one payload at a time; not for two threads.
 */
final class PlainPayload {
  private static final int MOST_METRICS = 32;
  private static final int MOST_READINGS = 1_000;
  private static final int LONGEST_TEXT = 1_024;
  private static final int LONGEST_NAME = 64;
  private static final long NO_TIME = Long.MIN_VALUE;

  private final PlainShapes shapes;
  private final PlainNumber number = new PlainNumber();

  private byte[] in = new byte[0];
  private int at;

  // Of the reading at hand.
  private final int[] nameAt = new int[MOST_METRICS];
  private final int[] nameEnd = new int[MOST_METRICS];
  private final Shape.Type[] types = new Shape.Type[MOST_METRICS];
  private final double[] numbers = new double[MOST_METRICS];
  private final @Nullable String[] texts = new String[MOST_METRICS];
  private int metrics;
  private boolean anyText;
  private long time;

  PlainPayload(PlainShapes shapes) {
    this.shapes = shapes;
  }

  /** The readings, or null when the payload is not plain. */
  @Nullable List<Reading> read(String kind, String device, byte[] payload, long receivedAt) {
    in = payload;
    at = 0;
    try {
      List<Reading> found = document(kind, device, receivedAt);
      space();
      return at == in.length ? found : null;
    } catch (ArrayIndexOutOfBoundsException e) {
      return null; // it ends too soon
    } finally {
      in = new byte[0];
    }
  }

  private @Nullable List<Reading> document(String kind, String device, long receivedAt) {
    space();
    if (in[at] != '[') {
      Reading one = reading(kind, device, receivedAt, 0);
      return one == null ? null : List.of(one);
    }
    List<Reading> batch = new ArrayList<>();
    at++;
    do {
      space();
      Reading each =
          batch.size() == MOST_READINGS ? null : reading(kind, device, receivedAt, batch.size());
      if (each == null) {
        return null;
      }
      batch.add(each);
      space();
    } while (in[at++] == ',');
    return in[at - 1] == ']' ? batch : null;
  }

  private @Nullable Reading reading(String kind, String device, long receivedAt, int index) {
    metrics = 0;
    anyText = false;
    time = NO_TIME;
    if (!members()) {
      return null;
    }
    long then = time == NO_TIME ? receivedAt : time;
    if (metrics == 0 || !ReadingBuilder.plausible(then, receivedAt)) {
      return null;
    }
    Shape shape = shapes.find(kind, in, nameAt, nameEnd, types, metrics);
    if (shape == null) {
      return null;
    }
    return new Reading(
        device,
        shape,
        then,
        receivedAt,
        -1,
        index,
        Arrays.copyOf(numbers, metrics),
        anyText ? Arrays.copyOf(texts, metrics) : null);
  }

  /** The members of a reading; false when one is not plain. */
  private boolean members() {
    if (in[at++] != '{') {
      return false;
    }
    boolean values = false;
    do {
      space();
      int name = at + 1;
      int end = name();
      if (end < 0 || !colon()) {
        return false;
      }
      boolean plain;
      if (is("values", name, end)) {
        plain = !values && values();
        values = true;
      } else if (is("ts", name, end)) {
        plain = time == NO_TIME && time();
      } else {
        plain = other();
      }
      if (!plain) {
        return false;
      }
      space();
    } while (in[at++] == ',');
    return values && in[at - 1] == '}';
  }

  private boolean values() {
    if (in[at++] != '{') {
      return false;
    }
    do {
      space();
      int name = at + 1;
      int end = name();
      if (end < 0 || metrics == MOST_METRICS || !colon()) {
        return false;
      }
      nameAt[metrics] = name;
      nameEnd[metrics] = end;
      if (!value(metrics)) {
        return false;
      }
      metrics++;
      space();
    } while (in[at++] == ',');
    return in[at - 1] == '}';
  }

  private boolean value(int i) {
    texts[i] = null;
    return switch (in[at]) {
      case '"' -> textValue(i);
      case 't' -> truth(i, 1, "true");
      case 'f' -> truth(i, 0, "false");
      default -> numberValue(i);
    };
  }

  private boolean textValue(int i) {
    int begin = at + 1;
    int end = text(LONGEST_TEXT);
    if (end < 0) {
      return false;
    }
    types[i] = Shape.Type.TEXT;
    numbers[i] = Double.NaN;
    texts[i] = new String(in, begin, end - begin, StandardCharsets.ISO_8859_1);
    anyText = true;
    return true;
  }

  private boolean truth(int i, double value, String word) {
    types[i] = Shape.Type.BOOLEAN;
    numbers[i] = value;
    return word(word);
  }

  private boolean numberValue(int i) {
    types[i] = Shape.Type.NUMBER;
    if (!number.read(in, at)) {
      return false;
    }
    at = number.end();
    numbers[i] = number.value();
    return true;
  }

  private boolean time() {
    if (in[at] == '"') {
      int begin = at + 1;
      int end = text(LONGEST_NAME);
      time = end < 0 ? NO_TIME : PlainTime.millis(in, begin, end);
      return time != NO_TIME;
    }
    if (!number.read(in, at) || !number.whole() || number.value() < 0) {
      return false;
    }
    at = number.end();
    time = (long) number.value();
    return true;
  }

  /** A member that says nothing to us. */
  private boolean other() {
    return switch (in[at]) {
      case '"' -> text(LONGEST_TEXT) >= 0;
      case 't' -> word("true");
      case 'f' -> word("false");
      default -> {
        boolean plain = number.read(in, at);
        at = plain ? number.end() : at;
        yield plain;
      }
    };
  }

  private boolean word(String word) {
    boolean same = is(word, at, at + word.length());
    at += word.length();
    return same;
  }

  private boolean is(String word, int from, int to) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (in[i] != word.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  private boolean colon() {
    space();
    boolean there = in[at++] == ':';
    space();
    return there;
  }

  private int name() {
    return text(LONGEST_NAME);
  }

  /** A string without escapes; gives its end and moves past the quote, or gives -1. */
  private int text(int longest) {
    if (in[at++] != '"') {
      return -1;
    }
    int begin = at;
    while (in[at] != '"') {
      if (in[at] < 0x20 || in[at] == '\\' || at - begin == longest) { // negative: not ASCII
        return -1;
      }
      at++;
    }
    return at++;
  }

  private void space() {
    while (at < in.length
        && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
      at++;
    }
  }
}
