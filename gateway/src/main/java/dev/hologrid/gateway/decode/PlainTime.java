package dev.hologrid.gateway.decode;

/** Reads {@code 2026-11-23T22:40:30.123Z}: four-digit years, UTC, up to nine decimals. */
final class PlainTime {
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  private static final long NOT_PLAIN = Long.MIN_VALUE;

  private PlainTime() {}

  /** Epoch milliseconds, or {@link Long#MIN_VALUE} when it is not of that form or no date. */
  static long millis(byte[] in, int from, int to) {
    int length = to - from;
    if (length < 20 || length > 30 || in[to - 1] != 'Z' || in[from + 10] != 'T') {
      return NOT_PLAIN;
    }
    if (in[from + 4] != '-' || in[from + 7] != '-') {
      return NOT_PLAIN;
    }
    if (in[from + 13] != ':' || in[from + 16] != ':') {
      return NOT_PLAIN;
    }
    int year = number(in, from, 4);
    int month = number(in, from + 5, 2);
    int day = number(in, from + 8, 2);
    int hour = number(in, from + 11, 2);
    int minute = number(in, from + 14, 2);
    int second = number(in, from + 17, 2);
    int milli = milli(in, from + 19, to - 1);
    boolean date =
        year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= days(year, month);
    boolean clock = hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
    if (!date || !clock || second < 0 || second > 59 || milli < 0) {
      return NOT_PLAIN;
    }
    long seconds = (days(year, month, day) * 24 + hour) * 3600 + minute * 60L + second;
    return seconds * 1000 + milli;
  }

  private static int milli(byte[] in, int from, int to) {
    if (from == to) {
      return 0;
    }
    int digits = to - from - 1;
    if (in[from] != '.' || digits == 0) {
      return -1;
    }
    int fraction = number(in, from + 1, digits);
    if (fraction < 0) {
      return -1;
    }
    for (int i = digits; i < 3; i++) {
      fraction *= 10;
    }
    for (int i = digits; i > 3; i--) {
      fraction /= 10;
    }
    return fraction;
  }

  /** Of at most nine digits; negative when one is none. */
  private static int number(byte[] in, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = in[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static int days(int year, int month) {
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : DAYS[month - 1];
  }

  /** Days since 1970-01-01 by the Gregorian calendar. */
  private static long days(int year, int month, int day) {
    int shifted = month <= 2 ? year - 1 : year; // years that begin in March
    int era = shifted / 400;
    int ofEra = shifted - era * 400;
    int ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear;
    return era * 146_097L + dayOfEra - 719_468L;
  }
}
