package dev.hologrid.rules.window;

/**
 * {@code last}: the newest sample. {@code delta}: newest minus oldest. {@code rate}: how much it
 * changes in one length of the window, from the slope between oldest and newest.
 */
final class EdgeWindow extends Window {
  private final char fn;

  EdgeWindow(String fn, long length) {
    super(length);
    this.fn = fn.charAt(0);
  }

  @Override
  public void add(long time, double value, long offset) {
    if (fn == 'l') {
      while (size() > 0) {
        dropOldest();
      }
    }
    super.add(time, value, offset);
  }

  @Override
  void entered(double value) {}

  @Override
  void left(double value) {}

  @Override
  public double value() {
    int newest = size() - 1;
    if (fn == 'l') {
      return newest < 0 ? Double.NaN : value(newest);
    }
    if (newest < 1) {
      return Double.NaN;
    }
    double delta = value(newest) - value(0);
    if (fn == 'd') {
      return delta;
    }
    long span = time(newest) - time(0);
    return span == 0 ? Double.NaN : delta * length() / span;
  }
}
