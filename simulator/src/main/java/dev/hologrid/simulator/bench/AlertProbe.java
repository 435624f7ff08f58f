package dev.hologrid.simulator.bench;

import dev.hologrid.simulator.fleet.Payload;
import dev.hologrid.simulator.mqtt.Link;
import dev.hologrid.simulator.mqtt.Message;
import dev.hologrid.simulator.mqtt.Packet;
import dev.hologrid.simulator.process.GatewayProcess;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * Publishes alarms of devices of their own at moments fixed beforehand, and takes the time from
 * such a moment to the alert's arrival at a viewer of the live stream.
 */
final class AlertProbe {
  private static final Pattern DEVICE = Pattern.compile("probe-\\w+-\\d+");
  private static final long GAP_NANOS = 20_000_000;
  private static final long MOST_MICROS = 60_000_000L;
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private final GatewayProcess gateway;
  private final InstantSource clock;
  private final Map<String, Long> meant = new ConcurrentHashMap<>();
  private final Histogram micros = new Histogram(MOST_MICROS, 3);

  AlertProbe(GatewayProcess gateway, InstantSource clock) {
    this.gateway = gateway;
    this.clock = clock;
  }

  /**
   * Publishes alarms for so long, 50 a second.
   *
   * @param name a word that no other run has used
   * @return microseconds from the intended publish to the event at the viewer
   */
  Histogram run(String name, Duration length)
      throws IOException, InterruptedException, BenchFailed {
    try (EventStream stream =
        EventStream.open(gateway.http(), "/api/v1/stream?events=alert", this::line)) {
      publish(name, (int) (length.toNanos() / GAP_NANOS));
    }
    if (!meant.isEmpty()) {
      throw new BenchFailed(meant.size() + " alarms did not come as alerts on the stream");
    }
    return micros;
  }

  private void line(String line) {
    if (!line.startsWith("data:")) {
      return;
    }
    Matcher device = DEVICE.matcher(line);
    if (device.find()) {
      Long from = meant.remove(device.group());
      if (from != null) {
        micros.recordValue(Math.clamp((System.nanoTime() - from) / 1000, 0, MOST_MICROS));
      }
    }
  }

  private void publish(String name, int count) throws InterruptedException, BenchFailed {
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      EventLoop loop = group.next();
      CountDownLatch up = new CountDownLatch(1);
      Packet.Will will = new Packet.Will("hologrid/v1/smoke/prober/status", "offline");
      Link link =
          new Link(loop, new Link.Terms(gateway.mqtt(), "prober", will, 1000), new UpListener(up));
      loop.execute(link::open);
      if (!up.await(10, TimeUnit.SECONDS)) {
        throw new BenchFailed("the probe could not connect");
      }
      long start = System.nanoTime() + GAP_NANOS;
      for (int i = 0; i < count && !Thread.currentThread().isInterrupted(); i++) {
        String device = "probe-" + name + "-" + i;
        byte[] topic = ("hologrid/v1/smoke/" + device).getBytes(StandardCharsets.UTF_8);
        long at = start + i * GAP_NANOS;
        for (long wait = at - System.nanoTime(); wait > 0; wait = at - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        long time = clock.millis();
        byte[] payload = Payload.of(time, 1, Map.of("obscuration", 0.9, "smoke", true));
        meant.put(device, at);
        loop.execute(() -> link.publish(new Message(device, 1, time, topic, payload, false)));
      }
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (!meant.isEmpty() && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      loop.execute(link::close);
    } finally {
      boolean unused =
          group.shutdownGracefully(50, 2_000, TimeUnit.MILLISECONDS).await(5, TimeUnit.SECONDS);
    }
  }

  private record UpListener(CountDownLatch latch) implements Link.Listener {
    @Override
    public void up() {
      latch.countDown();
    }

    @Override
    public void down() {}

    @Override
    public void sent(Message message, boolean again) {}

    @Override
    public void acked(Message message) {}
  }
}
