package dev.hologrid.rules.engine;

/** How a timer's payload says whose it is: 3 bits what, 20 bits rule, 32 bits subject. */
final class Timers {
  static final int ACTIVATION = 0;
  static final int SILENCE_OF_DEVICE = 1;
  static final int PLACE = 2;
  static final int HUSH = 3;

  private Timers() {}

  static long activation(int rule, int subject) {
    return of(ACTIVATION, rule, subject);
  }

  static long of(int what, int rule, int subject) {
    return ((long) what << 56) | ((long) rule << 32) | (subject & 0xffff_ffffL);
  }

  static int what(long payload) {
    return (int) (payload >>> 56);
  }

  static int rule(long payload) {
    return (int) (payload >>> 32) & 0xf_ffff;
  }

  static int subject(long payload) {
    return (int) payload;
  }
}
