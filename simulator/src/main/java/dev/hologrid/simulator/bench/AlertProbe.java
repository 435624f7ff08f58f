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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Publishes alarms of devices of their own and waits for each on the live stream. */
final class AlertProbe {
  private static final Pattern DEVICE = Pattern.compile("probe-\\d+");
  private static final long GAP_MS = 20;

  private final GatewayProcess gateway;
  private final InstantSource clock;
  private final Map<String, Long> sent = new ConcurrentHashMap<>();
  private final Histogram micros = new Histogram(60_000_000L, 3);

  AlertProbe(GatewayProcess gateway, InstantSource clock) {
    this.gateway = gateway;
    this.clock = clock;
  }

  /**
   * Publishes {@code count} alarms.
   *
   * @return microseconds from publish to the event's arrival at a stream client
   */
  Histogram run(int count) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<Stream<String>> stream =
          client.send(
              HttpRequest.newBuilder(gateway.http().resolve("/api/v1/stream?events=alert")).build(),
              BodyHandlers.ofLines());
      Thread reader = Thread.ofVirtual().start(() -> stream.body().forEach(this::line));
      publish(count);
      client.shutdownNow();
      reader.join(java.time.Duration.ofSeconds(2));
    }
    return micros;
  }

  private void line(String line) {
    Matcher device = DEVICE.matcher(line);
    if (line.startsWith("data:") && device.find()) {
      Long from = sent.remove(device.group());
      if (from != null) {
        synchronized (micros) {
          micros.recordValue(Math.clamp((System.nanoTime() - from) / 1000, 0, 60_000_000L));
        }
      }
    }
  }

  private void publish(int count) throws InterruptedException {
    try (MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
      EventLoop loop = group.next();
      CountDownLatch up = new CountDownLatch(1);
      Link link =
          new Link(
              loop,
              new Link.Terms(
                  gateway.mqtt(),
                  "prober",
                  new Packet.Will("hologrid/v1/smoke/prober/status", "offline"),
                  1000),
              new UpListener(up));
      loop.execute(link::open);
      if (!up.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the probe could not connect");
      }
      for (int i = 0; i < count; i++) {
        String device = "probe-" + i;
        byte[] topic = ("hologrid/v1/smoke/" + device).getBytes(StandardCharsets.UTF_8);
        long time = clock.millis();
        byte[] payload = Payload.of(time, 1, Map.of("obscuration", 0.9, "smoke", true));
        sent.put(device, System.nanoTime());
        loop.execute(() -> link.publish(new Message(device, 1, time, topic, payload, false)));
        TimeUnit.MILLISECONDS.sleep(GAP_MS);
      }
      for (int i = 0; i < 100 && !sent.isEmpty(); i++) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      loop.execute(link::close);
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
