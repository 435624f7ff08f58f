package dev.hologrid.simulator.bench;

import dev.hologrid.simulator.mqtt.Link;
import dev.hologrid.simulator.mqtt.Message;
import dev.hologrid.simulator.mqtt.Packet;
import dev.hologrid.simulator.process.GatewayProcess;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Many idle connections, to see what each costs the gateway. */
final class Crowd implements Link.Listener {
  private static final int CONNECTS_PER_SECOND = 3_000;

  /** How many stood at the same time, and the gateway's memory then. */
  record Result(int connections, double residentMiB) {}

  private final AtomicInteger up = new AtomicInteger();

  Result gather(GatewayProcess gateway, int wanted) throws IOException, InterruptedException {
    List<Link> links = new ArrayList<>();
    try (MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
      EventLoop loop = group.next();
      for (int i = 0; i < wanted; i++) {
        String id = "crowd-" + i;
        Packet.Will will = new Packet.Will("hologrid/v1/smoke/" + id + "/status", "offline");
        Link link = new Link(loop, new Link.Terms(gateway.mqtt(), id, will, 1), this);
        links.add(link);
        var unused =
            loop.schedule(link::open, i * 1000L / CONNECTS_PER_SECOND, TimeUnit.MILLISECONDS);
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10 + wanted / 1000);
      while (up.get() < wanted && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      Result result = new Result(up.get(), gateway.residentMiB());
      loop.execute(() -> links.forEach(Link::close));
      TimeUnit.MILLISECONDS.sleep(500);
      return result;
    }
  }

  @Override
  public void up() {
    up.incrementAndGet();
  }

  @Override
  public void down() {
    up.decrementAndGet();
  }

  @Override
  public void sent(Message message, boolean again) {}

  @Override
  public void acked(Message message) {}
}
