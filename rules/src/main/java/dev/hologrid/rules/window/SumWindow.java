package dev.hologrid.rules.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sum, mean, count and standard deviation (of the samples, n - 1). Sums are kept relative to a
 * pivot and taken anew from the samples once as many have left as the window can hold, so that
 * rounding cannot build up.
 */
final class SumWindow extends Window {
  private final char fn;
  private double pivot;
  private double sum;
  private double squares;
  private int leavings;

  SumWindow(String fn, long length) {
    super(length);
    this.fn = fn.equals("stddev") ? 'd' : fn.charAt(0);
  }

  @Override
  void entered(double value) {
    if (size() == 1) {
      pivot = fn == 'd' ? value : 0;
      sum = 0;
      squares = 0;
    }
    double v = value - pivot;
    sum += v;
    squares += v * v;
  }

  @Override
  void left(double value) {
    double v = value - pivot;
    sum -= v;
    squares -= v * v;
    if (++leavings >= MOST_SAMPLES) {
      anew();
    }
  }

  private void anew() {
    leavings = 0;
    sum = 0;
    squares = 0;
    for (int i = 1; i < size(); i++) {
      double v = value(i) - pivot;
      sum += v;
      squares += v * v;
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    super.write(out);
    out.writeDouble(pivot);
    out.writeDouble(sum);
    out.writeDouble(squares);
    out.writeInt(leavings);
  }

  @Override
  public void read(DataInput in, int version) throws IOException {
    super.read(in, version);
    if (version >= 3) {
      pivot = in.readDouble();
      sum = in.readDouble();
      squares = in.readDouble();
      leavings = in.readInt();
    }
  }

  @Override
  public double value() {
    int n = size();
    return switch (fn) {
      case 'c' -> n;
      case 's' -> n == 0 ? 0 : sum;
      case 'a' -> n == 0 ? Double.NaN : sum / n;
      default -> n < 2 ? Double.NaN : Math.sqrt(Math.max(0, (squares - sum * sum / n) / (n - 1)));
    };
  }
}
