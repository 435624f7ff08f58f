package dev.hologrid.rules.window;

import java.util.Arrays;

/** A quantile by linear interpolation, from the samples kept in order of size. */
final class QuantileWindow extends Window {
  private final double q;
  private double[] sorted = new double[4];
  private int count;

  QuantileWindow(double q, long length) {
    super(length);
    this.q = q;
  }

  @Override
  void entered(double value) {
    if (count == sorted.length) {
      sorted = Arrays.copyOf(sorted, count * 2);
    }
    int at = find(value);
    System.arraycopy(sorted, at, sorted, at + 1, count - at);
    sorted[at] = value;
    count++;
  }

  @Override
  void left(double value) {
    int at = find(value);
    count--;
    System.arraycopy(sorted, at + 1, sorted, at, count - at);
  }

  private int find(double value) {
    int at = Arrays.binarySearch(sorted, 0, count, value);
    return at < 0 ? -at - 1 : at;
  }

  @Override
  public double value() {
    if (count == 0) {
      return Double.NaN;
    }
    double rank = q * (count - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, count - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }
}
