package dev.hologrid.rules.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The device's own usual value: a mean that forgets with the window's length as its time constant.
 * {@code baseline} gives that mean, {@code deviation} how many standard deviations the newest
 * sample was off the mean before it. Both say nothing until {@value #WARM_UP} samples have come.
 * Holds no samples.
 */
final class BaselineWindow extends Window {
  private static final int WARM_UP = 10;

  private final boolean deviation;
  private double mean;
  private double variance;
  private double off = Double.NaN;
  private long lastTime;
  private int count;

  BaselineWindow(boolean deviation, long length) {
    super(length);
    this.deviation = deviation;
  }

  @Override
  public void add(long time, double value, long offset) {
    double difference = value - mean;
    off = count >= WARM_UP && variance > 0 ? difference / Math.sqrt(variance) : Double.NaN;
    double byTime = 1 - Math.exp(-(double) Math.max(0, time - lastTime) / length());
    double weight = count == 0 ? 1 : Math.max(byTime, 1.0 / (count + 1));
    mean += weight * difference;
    variance = count == 0 ? 0 : (1 - weight) * (variance + weight * difference * difference);
    lastTime = time;
    count = Math.min(count + 1, 1_000);
  }

  @Override
  public boolean idle() {
    return count == 0;
  }

  @Override
  public long nextLeave() {
    return Long.MAX_VALUE;
  }

  @Override
  void entered(double value) {}

  @Override
  void left(double value) {}

  @Override
  public double value() {
    if (deviation) {
      return off;
    }
    return count >= WARM_UP ? mean : Double.NaN;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeDouble(mean);
    out.writeDouble(variance);
    out.writeDouble(off);
    out.writeLong(lastTime);
    out.writeInt(count);
  }

  @Override
  public void read(DataInput in, int version) throws IOException {
    mean = in.readDouble();
    variance = in.readDouble();
    off = in.readDouble();
    lastTime = in.readLong();
    count = in.readInt();
  }
}
