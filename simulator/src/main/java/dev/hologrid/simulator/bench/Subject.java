package dev.hologrid.simulator.bench;

import dev.hologrid.simulator.load.Load;
import dev.hologrid.simulator.load.LoadPlan;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * What is measured beside its peers: messages go in by the same load, and a trial ends when all of
 * them have come out.
 */
abstract class Subject {
  private static final Duration SETTLE = Duration.ofSeconds(60);

  final String name;
  final LoadPlan plan;
  private double perSecond;

  Subject(String name, LoadPlan plan) {
    this.name = name;
    this.plan = plan;
  }

  /** How many messages have come out so far. */
  abstract long arrived() throws IOException, InterruptedException;

  /** Whether the acknowledgement itself says that a message has arrived. */
  abstract boolean acknowledgedIsArrived();

  /** Waits until nothing of what went in is on its way, and checks what can be checked. */
  abstract void settle(long messages) throws IOException, InterruptedException, BenchFailed;

  /** Loads it for so long, to have it compiled; the rate sizes the trials. */
  final void warmUp(Duration length) throws IOException, InterruptedException, BenchFailed {
    long before = arrived();
    long from = System.nanoTime();
    // Not all at once: a broker that acknowledges before it delivers would only fill its queue.
    long batch = 20_000;
    long sent = 0;
    while (System.nanoTime() - from < length.toNanos()) {
      publish(batch);
      sent += batch;
      awaitArrived(before + sent);
      perSecond = sent / ((System.nanoTime() - from) / 1e9);
      batch = Math.clamp((long) perSecond, 20_000, 200_000);
    }
    settle(sent);
  }

  /** One trial: messages a second from the first publish to the last arrival. */
  final double trial(Duration about) throws IOException, InterruptedException, BenchFailed {
    long count = Math.max(5_000, Math.round(perSecond * about.toMillis() / 1000.0));
    long before = arrived();
    double seconds;
    if (acknowledgedIsArrived()) {
      seconds = publish(count);
    } else {
      long from = System.nanoTime();
      publish(count);
      seconds = (awaitArrived(before + count) - from) / 1e9;
    }
    settle(count);
    perSecond = count / seconds;
    return perSecond;
  }

  /** So many messages, settled. */
  final double exactly(long count) throws IOException, InterruptedException, BenchFailed {
    double seconds = publish(count);
    settle(count);
    return seconds;
  }

  private double publish(long count) throws IOException, BenchFailed {
    try (Load load = new Load(plan.counting(count), InstantSource.system())) {
      load.connect();
      Load.Result result = load.run();
      if (result.acked() < count || result.unacked() != 0) {
        throw new BenchFailed(
            name + ": " + result.acked() + " of " + count + " messages were acknowledged");
      }
      return result.seconds();
    }
  }

  /** Tells when it was, by {@link System#nanoTime()}. */
  private long awaitArrived(long wanted) throws IOException, InterruptedException, BenchFailed {
    long deadline = System.nanoTime() + SETTLE.toNanos();
    long arrived = arrived();
    while (arrived < wanted) {
      if (System.nanoTime() > deadline) {
        throw new BenchFailed(name + ": " + (wanted - arrived) + " messages did not arrive");
      }
      TimeUnit.MILLISECONDS.sleep(acknowledgedIsArrived() ? 1 : 10);
      arrived = arrived();
    }
    return System.nanoTime();
  }
}
