package dev.hologrid.simulator.bench;

import dev.hologrid.simulator.load.Load;
import dev.hologrid.simulator.load.LoadPlan;
import dev.hologrid.simulator.process.GatewayProcess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A gateway under a steady load, messages sent at moments fixed beforehand. */
final class Live {
  /** What it takes: processor time in percent of one core, and microseconds to PUBACK. */
  record Cost(double corePercent, Histogram ackMicros) {}

  /** Alerts as a viewer sees them, in microseconds since they were meant to be published. */
  record Alerts(Histogram alertMicros, Histogram ackMicros) {}

  private final GatewayProcess gateway;
  private final LoadPlan plan;

  Live(GatewayProcess gateway, LoadPlan plan) {
    this.gateway = gateway;
    this.plan = plan;
  }

  /** Processor time of the gateway at a rate, after a second of it. */
  Cost cost(double perSecond, Duration length) throws Exception {
    try (Background load = new Background(plan.lasting(length.plusSeconds(2), perSecond))) {
      TimeUnit.SECONDS.sleep(1);
      double cpu = gateway.cpuSeconds();
      long from = System.nanoTime();
      TimeUnit.MILLISECONDS.sleep(length.toMillis());
      double used = gateway.cpuSeconds() - cpu;
      double seconds = (System.nanoTime() - from) / 1e9;
      return new Cost(100 * used / seconds, load.acks());
    }
  }

  /** Alerts while other devices send at a rate. */
  Alerts alerts(double perSecond, Duration length, String name) throws Exception {
    try (Background load = new Background(plan.lasting(length.plusSeconds(2), perSecond))) {
      TimeUnit.SECONDS.sleep(1);
      Histogram alerts = new AlertProbe(gateway, InstantSource.system()).run(name, length);
      return new Alerts(alerts, load.acks());
    }
  }

  private static final class Background implements AutoCloseable {
    private final ExecutorService thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("load").factory());
    private final Load load;
    private final Future<Load.Result> result;

    Background(LoadPlan plan) throws Exception {
      load = new Load(plan, InstantSource.system());
      load.connect();
      result = thread.submit(load::run);
    }

    Histogram acks() throws Exception {
      Load.Result all = result.get(60, TimeUnit.SECONDS);
      if (all.unacked() != 0) {
        throw new BenchFailed(all.unacked() + " messages were not acknowledged");
      }
      return all.latencyMicros();
    }

    @Override
    public void close() throws Exception {
      thread.shutdownNow();
      load.close();
    }
  }
}
