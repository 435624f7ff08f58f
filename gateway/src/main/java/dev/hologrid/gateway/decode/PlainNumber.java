package dev.hologrid.gateway.decode;

/**
 * Reads a JSON number of at most 15 digits without an exponent: an integer below 2^53 divided by a
 * power of ten that a double holds exactly, so that the one division rounds correctly (Clinger
 * 1990) and the result is that of {@link Double#parseDouble}. Not for two threads.
 */
final class PlainNumber {
  private static final int MOST_DIGITS = 15;
  private static final double[] TENS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private double value;
  private boolean whole;
  private int end;

  /** False when there is none, or one that is not so simple. */
  boolean read(byte[] in, int from) {
    int at = from;
    boolean negative = in[at] == '-';
    if (negative) {
      at++;
    }
    int first = at;
    long digits = 0;
    while (in.length > at && digit(in[at])) {
      digits = digits * 10 + (in[at++] - '0');
      if (at - first > MOST_DIGITS) {
        return false;
      }
    }
    int count = at - first;
    if (count == 0 || (count > 1 && in[first] == '0')) {
      return false;
    }
    int places = 0;
    if (at < in.length && in[at] == '.') {
      int point = at++;
      while (in.length > at && digit(in[at])) {
        digits = digits * 10 + (in[at++] - '0');
        if (count + at - point - 1 > MOST_DIGITS) {
          return false;
        }
      }
      places = at - point - 1;
      if (places == 0) {
        return false;
      }
    }
    if (at < in.length && (in[at] == 'e' || in[at] == 'E' || in[at] == '.')) {
      return false;
    }
    if (negative && digits == 0) {
      return false; // whether it is -0.0 depends on how it is written
    }
    double magnitude = places == 0 ? digits : digits / TENS[places];
    value = negative ? -magnitude : magnitude;
    whole = places == 0;
    end = at;
    return true;
  }

  private static boolean digit(byte c) {
    return c >= '0' && c <= '9';
  }

  double value() {
    return value;
  }

  /** Written as an integer. */
  boolean whole() {
    return whole;
  }

  /** The index after the last digit. */
  int end() {
    return end;
  }
}
