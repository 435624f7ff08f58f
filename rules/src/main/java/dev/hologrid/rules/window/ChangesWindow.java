package dev.hologrid.rules.window;

/** How often the value differed from the sample before it within the window. */
final class ChangesWindow extends Window {
  private int changes;

  ChangesWindow(long length) {
    super(length);
  }

  @Override
  void entered(double value) {
    if (size() > 1 && value(size() - 2) != value) {
      changes++;
    }
  }

  @Override
  void left(double value) {
    if (size() > 1 && value(1) != value) {
      changes--;
    }
  }

  @Override
  public double value() {
    return changes;
  }
}
