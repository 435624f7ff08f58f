package dev.hologrid.simulator.load;

import dev.hologrid.simulator.mqtt.Link;
import dev.hologrid.simulator.mqtt.Message;
import dev.hologrid.simulator.mqtt.Packet;
import dev.hologrid.simulator.mqtt.Server;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Many connections that only keep alive, each with a will, as devices have. */
@Command(
    name = "crowd",
    description = "Opens many idle connections and prints each 100 ms how many stand.",
    mixinStandardHelpOptions = true)
final class CrowdCommand implements Callable<Integer>, Link.Listener {
  private static final int EVERY_MS = 100;
  private static final int STEP_MS = 10;

  /** Being connected at a time: more would wait for this process and not for the server. */
  private static final int MOST_UNDERWAY = 200;

  @Option(names = "--mqtt", required = true, description = "Where to connect.")
  String mqtt = "mqtt://127.0.0.1:1883";

  @Option(
      names = "--connections",
      defaultValue = "1000",
      description = "(default: ${DEFAULT-VALUE})")
  int connections;

  @Option(names = "--rate", defaultValue = "3000", description = "New connections a second.")
  int rate;

  @Option(names = "--name", defaultValue = "crowd", description = "Begins the client ids.")
  String name = "crowd";

  @Option(names = "--from", defaultValue = "127.0.0.1", description = "The local address.")
  String from = "127.0.0.1";

  @Option(names = "--for", defaultValue = "600", description = "Ends after so many seconds.")
  int seconds;

  private final AtomicInteger up = new AtomicInteger();
  private int opened; // on the event loop

  @Override
  public Integer call() throws Exception {
    Server server = Server.of(mqtt);
    try (MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
      EventLoop loop = group.next();
      var unused =
          loop.scheduleAtFixedRate(() -> more(loop, server), 0, STEP_MS, TimeUnit.MILLISECONDS);
      CountDownLatch never = new CountDownLatch(1);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      while (System.nanoTime() < end && !never.await(EVERY_MS, TimeUnit.MILLISECONDS)) {
        System.out.println("{\"up\":" + up.get() + "}");
      }
    }
    return 0;
  }

  private void more(EventLoop loop, Server server) {
    int step = Math.max(1, rate * STEP_MS / 1000);
    for (int i = 0; i < step && opened < connections && opened - up.get() < MOST_UNDERWAY; i++) {
      String id = name + "-" + opened;
      opened++;
      Packet.Will will = new Packet.Will("hologrid/v1/smoke/" + id + "/status", "offline");
      new Link(loop, new Link.Terms(server, id, will, 1).from(from), this).open();
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
