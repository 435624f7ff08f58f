package dev.hologrid.simulator.load;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Publishes on one thread until the plan is done. An interrupt ends it with {@link
 * InterruptedIOException}.
 */
public final class Load implements AutoCloseable {
  private static final long DRAIN_NANOS = 10_000_000_000L;
  private static final int CLOCK_EVERY = 256;

  /** What came of it; the warm-up is left out of {@code acked} and the latencies. */
  public record Result(
      long sent, long acked, long unacked, double seconds, Histogram latencyMicros) {
    public double perSecond() {
      return seconds == 0 ? 0 : acked / seconds;
    }
  }

  private final LoadPlan plan;
  private final InstantSource clock;
  private final Template template;
  private final Selector selector;
  private final List<Lane> lanes = new ArrayList<>();
  private final Histogram latency = new Histogram(3_600_000_000L, 3);
  private long sent;
  private long acked;
  private long ackedBefore;
  private long nowMillis;

  public Load(LoadPlan plan, InstantSource clock) throws IOException {
    this.plan = plan;
    this.clock = clock;
    this.template = new Template(plan.bytes());
    this.selector = Selector.open();
  }

  /** Opens all connections. */
  public void connect() throws IOException {
    for (int i = 0; i < plan.connections(); i++) {
      int most = Math.max(plan.devices(), plan.connections());
      int number = i;
      int[] devices =
          IntStream.iterate(number, device -> device < most, device -> device + plan.connections())
              .toArray();
      Lane lane = Lane.open(plan, i, template.size(), devices);
      lane.channel().register(selector, SelectionKey.OP_READ, lane);
      lanes.add(lane);
    }
  }

  /** Publishes; returns when the plan is done and what was sent is acknowledged. */
  public Result run() throws IOException {
    long start = System.nanoTime();
    long warm = start + plan.warmUp().toNanos();
    long end = plan.count() > 0 ? Long.MAX_VALUE : warm + plan.time().toNanos();
    boolean warmedUp = plan.warmUp().isZero();
    long now = start;
    long from = start;
    nowMillis = clock.millis();
    if (plan.rate() == 0) {
      for (Lane lane : lanes) {
        fill(lane, now);
      }
    }
    while (now < end && (plan.count() == 0 || acked < plan.count())) {
      if (plan.rate() > 0) {
        due(start, now);
        selector.select(1);
      } else {
        selector.select(100);
      }
      if (Thread.interrupted()) {
        throw new InterruptedIOException("interrupted with " + (sent - acked) + " unacknowledged");
      }
      now = System.nanoTime();
      nowMillis = clock.millis();
      if (!warmedUp && now >= warm) {
        warmedUp = true;
        ackedBefore = acked;
        from = now;
      }
      serve(warmedUp, now, plan.rate() == 0);
    }
    long ackedAtEnd = acked;
    double seconds = (now - from) / 1e9;
    drain(now + DRAIN_NANOS);
    return new Result(sent, ackedAtEnd - ackedBefore, sent - acked, seconds, latency);
  }

  /** Closed loop: fills the window. */
  private void fill(Lane lane, long now) throws IOException {
    while (lane.hasRoom() && (plan.count() == 0 || sent < plan.count())) {
      lane.put(template, now, nowMillis);
      sent++;
      if (sent % CLOCK_EVERY == 0) {
        nowMillis = clock.millis();
      }
    }
    interest(lane, lane.flush());
  }

  /** Open loop: whatever should have gone by now goes, or waits with its intended time. */
  private void due(long start, long now) throws IOException {
    long wanted = (long) ((now - start) / 1e9 * plan.rate());
    if (plan.count() > 0) {
      wanted = Math.min(wanted, plan.count());
    }
    int full = 0;
    while (sent < wanted && full < lanes.size()) {
      Lane lane = lanes.get((int) (sent % lanes.size()));
      if (lane.hasRoom()) {
        lane.put(template, start + (long) (sent * 1e9 / plan.rate()), nowMillis);
        sent++;
        full = 0;
      } else {
        full = lanes.size(); // the server is behind: latency grows from the intended time
      }
    }
    for (Lane lane : lanes) {
      interest(lane, lane.flush());
    }
  }

  private void serve(boolean record, long now, boolean refill) throws IOException {
    for (SelectionKey key : selector.selectedKeys()) {
      Lane lane = (Lane) key.attachment();
      if (key.isReadable()) {
        int acks = lane.readAcks(latency, record);
        if (acks < 0) {
          throw new IOException("the server closed a connection");
        }
        acked += acks;
      }
      if (refill) {
        fill(lane, now);
      } else if (key.isWritable()) {
        interest(lane, lane.flush());
      }
    }
    selector.selectedKeys().clear();
  }

  private void interest(Lane lane, boolean gone) {
    SelectionKey key = lane.channel().keyFor(selector);
    int wanted = gone ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  private void drain(long until) throws IOException {
    while (acked < sent && System.nanoTime() < until) {
      selector.select(50);
      serve(false, 0, false);
    }
  }

  @Override
  public void close() throws IOException {
    for (Lane lane : lanes) {
      lane.close();
    }
    selector.close();
  }
}
