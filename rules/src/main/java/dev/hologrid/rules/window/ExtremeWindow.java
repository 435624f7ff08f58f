package dev.hologrid.rules.window;

/** Smallest or largest, by the usual queue of candidates: each sample enters and leaves it once. */
final class ExtremeWindow extends Window {
  private final boolean largest;
  private double[] candidates = new double[4];
  private int first;
  private int count;

  ExtremeWindow(boolean largest, long length) {
    super(length);
    this.largest = largest;
  }

  @Override
  void entered(double value) {
    while (count > 0 && beats(value, candidates[first + count - 1])) {
      count--;
    }
    if (first + count == candidates.length) {
      double[] room =
          count * 2 > candidates.length ? new double[candidates.length * 2] : candidates;
      System.arraycopy(candidates, first, room, 0, count);
      candidates = room;
      first = 0;
    }
    candidates[first + count] = value;
    count++;
  }

  @Override
  void left(double value) {
    if (count > 0 && candidates[first] == value) {
      first++;
      count--;
      if (count == 0) {
        first = 0;
      }
    }
  }

  /** Equal ones both stay, so that each leaves with its own sample. */
  private boolean beats(double value, double other) {
    return largest ? value > other : value < other;
  }

  @Override
  public double value() {
    return count == 0 ? Double.NaN : candidates[first];
  }
}
