package dev.hologrid.simulator.fleet;

import dev.hologrid.simulator.mqtt.Server;
import dev.hologrid.simulator.site.Sensor;
import dev.hologrid.simulator.site.Site;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** All devices of one scenario on one event loop. */
final class Fleet implements AutoCloseable {
  private static final long DRAIN_STEP_MS = 20;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final Scenario scenario;
  private final InstantSource clock;
  private final Account account;
  private final List<Device> devices = new ArrayList<>();
  private final SplittableRandom random;
  private final double pace;
  private volatile boolean stopping;

  /**
   * @param pace 2 reports twice as often as the scenario says
   */
  Fleet(
      Site site,
      Scenario scenario,
      Server server,
      Account account,
      InstantSource clock,
      double pace) {
    this.scenario = scenario;
    this.clock = clock;
    this.account = account;
    this.pace = pace;
    this.random = new SplittableRandom(scenario.seed());
    for (Sensor sensor : cast(site, scenario)) {
      devices.add(new Device(sensor, server, loop, random.split(), account));
    }
  }

  /** The devices that connect: always the same ones for a seed. */
  static List<Sensor> cast(Site site, Scenario scenario) {
    List<Sensor> shuffled = new ArrayList<>(site.devices());
    Collections.shuffle(shuffled, new Random(scenario.seed()));
    long count = Math.round(shuffled.size() * Math.clamp(scenario.share(), 0.0, 1.0));
    return shuffled.subList(0, (int) count);
  }

  /** Messages a second at pace 1, events left out. */
  static double routineRate(List<Sensor> cast, Scenario scenario) {
    return cast.stream()
        .mapToDouble(sensor -> 1_000.0 / scenario.every(sensor.kind()).toMillis())
        .sum();
  }

  Progress progress() {
    return account.progress();
  }

  int size() {
    return devices.size();
  }

  void start(Director.Narrator narrator) {
    double gapMs = 1_000.0 / scenario.connectsPerSecond();
    for (int i = 0; i < devices.size(); i++) {
      Device device = devices.get(i);
      after(Math.round(i * gapMs), device.link()::open);
      long every = everyMs(device);
      after(Math.round(i * gapMs) + random.nextLong(every), () -> routine(device));
    }
    Director director = new Director(loop, clock, devices, random.split(), narrator);
    loop.execute(() -> director.play(scenario));
    if (!scenario.ordinaryEvery().isZero() && !devices.isEmpty()) {
      loop.execute(this::ordinary);
    }
  }

  private long everyMs(Device device) {
    return Math.max(1, Math.round(scenario.every(device.sensor().kind()).toMillis() / pace));
  }

  private void routine(Device device) {
    if (!stopping) {
      if (device.link().isUp()) {
        device.routine(clock.millis());
      }
      after(everyMs(device), () -> routine(device));
    }
  }

  private void ordinary() {
    if (!stopping) {
      Device device = devices.get(random.nextInt(devices.size()));
      if (device.link().isUp()) {
        device.ordinary(clock.millis());
      }
      double mean = scenario.ordinaryEvery().toMillis();
      after(Math.round(-mean * Math.log(1 - random.nextDouble())), this::ordinary);
    }
  }

  private void after(long ms, Runnable action) {
    var unused = loop.schedule(action, ms, TimeUnit.MILLISECONDS);
  }

  /**
   * Measures nothing more, and waits until everything sent is acknowledged, also that of devices
   * which were away.
   *
   * @return what is still unacknowledged then
   */
  long drain(Duration atMost) throws InterruptedException {
    stopping = true;
    on(
        () -> {
          devices.forEach(Device::retire);
          return devices.size();
        });
    long end = System.nanoTime() + atMost.toNanos();
    long left = outstanding();
    while (left > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(DRAIN_STEP_MS);
      left = outstanding();
    }
    return left;
  }

  private long outstanding() throws InterruptedException {
    return on(() -> devices.stream().mapToLong(device -> device.link().outstanding()).sum());
  }

  private <T> T on(java.util.concurrent.Callable<T> question) throws InterruptedException {
    try {
      return loop.submit(question).get();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("the fleet's event loop failed", e.getCause());
    }
  }

  /** Takes leave of the server: it raises no offline alert for devices that were asked to go. */
  @Override
  public void close() {
    stopping = true;
    // Waited for: a group that shuts down closes its channels before it runs what is queued.
    loop.submit(() -> devices.forEach(device -> device.link().close())).awaitUninterruptibly(3_000);
    group.shutdownGracefully(200, 2_000, TimeUnit.MILLISECONDS).awaitUninterruptibly(3_000);
  }
}
