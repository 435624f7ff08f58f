package dev.hologrid.simulator.chaos;

import dev.hologrid.simulator.mqtt.Link;
import dev.hologrid.simulator.mqtt.Message;
import dev.hologrid.simulator.mqtt.Packet;
import dev.hologrid.simulator.mqtt.Server;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Payloads that a decoder must refuse without harm. */
final class Poison {
  private static final int MOST_BYTES = 60_000;

  private Poison() {}

  static List<byte[]> corpus() {
    List<byte[]> corpus = new ArrayList<>();
    for (String text :
        List.of(
            "",
            "smoke!",
            "{",
            "[]",
            "null",
            "{\"values\":{}}",
            "{\"values\":{\"a\":NaN}}",
            "{\"values\":{\"a\":{\"b\":1}}}",
            "{\"ts\":\"yesterday\",\"values\":{\"a\":1}}",
            "{\"values\":{\"a\":1},\"values\":{\"a\":2}}",
            "{\"values\":{\"a\":" + "9".repeat(1_000) + "}}",
            "{\"values\":{\"\u0000\":1}}",
            "[".repeat(10_000),
            "{\"a\":".repeat(5_000),
            "{\"values\":{\"a\":\"" + "x".repeat(MOST_BYTES),
            "x".repeat(MOST_BYTES))) {
      corpus.add(text.getBytes(StandardCharsets.UTF_8));
    }
    corpus.add(new byte[] {(byte) 0xff, (byte) 0xfe, '{', '}'});
    corpus.add(new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'});
    corpus.add(new byte[8_192]);
    return corpus;
  }

  /** How many were acknowledged within ten seconds. */
  static int send(Server server, List<byte[]> corpus) throws InterruptedException {
    CountDownLatch acked = new CountDownLatch(corpus.size());
    try (MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
      EventLoop loop = group.next();
      Packet.Will will = new Packet.Will("hologrid/v1/smoke/poison/status", "offline");
      Link link = new Link(loop, new Link.Terms(server, "poison", will, 5), new Acks(acked));
      byte[] topic = "hologrid/v1/smoke/poison".getBytes(StandardCharsets.UTF_8);
      loop.execute(
          () -> {
            link.open();
            for (int i = 0; i < corpus.size(); i++) {
              link.publish(new Message("poison", i + 1L, 0, topic, corpus.get(i), false));
            }
          });
      boolean unused = acked.await(10, TimeUnit.SECONDS);
      loop.execute(link::close);
    }
    return corpus.size() - (int) acked.getCount();
  }

  private record Acks(CountDownLatch latch) implements Link.Listener {
    @Override
    public void up() {}

    @Override
    public void down() {}

    @Override
    public void sent(Message message, boolean again) {}

    @Override
    public void acked(Message message) {
      latch.countDown();
    }
  }
}
