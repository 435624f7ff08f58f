package dev.hologrid.simulator.load;

import dev.hologrid.simulator.mqtt.Server;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Counts what one client receives: the raw rate of broker and client library. */
@Command(
    name = "subscribe",
    description =
        "Subscribes to hologrid/# at QoS 1 with manual acknowledgement and prints the count each"
            + " 10 ms.",
    mixinStandardHelpOptions = true)
final class SubscribeCommand implements Callable<Integer> {
  private static final String FILTER = "hologrid/#";
  private static final int EVERY_MS = 10;

  @Option(names = "--mqtt", required = true, description = "The broker.")
  String mqtt = "mqtt://127.0.0.1:1883";

  @Option(
      names = "--client",
      defaultValue = "paho",
      description = "paho (Eclipse Paho v5) or vertx (default: ${DEFAULT-VALUE}).")
  String client = "paho";

  @Option(names = "--for", defaultValue = "3600", description = "Ends after so many seconds.")
  int seconds;

  @Override
  public Integer call() throws Exception {
    LongAdder count = new LongAdder();
    Server server = Server.of(mqtt);
    if (client.equals("vertx")) {
      vertx(server, count);
    } else {
      PahoCounter.start(server, FILTER, count);
    }
    System.out.println("{\"subscribed\":true}");
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end && !never.await(EVERY_MS, TimeUnit.MILLISECONDS)) {
      System.out.println("{\"nanos\":" + System.nanoTime() + ",\"received\":" + count.sum() + "}");
    }
    return 0;
  }

  private static void vertx(Server server, LongAdder count) throws Exception {
    MqttClientOptions options = new MqttClientOptions();
    options.setAutoAck(true);
    options.setMaxInflightQueue(1000);
    options.setAutoKeepAlive(true);
    MqttClient client = MqttClient.create(Vertx.vertx(), options);
    client.publishHandler(message -> count.increment());
    client
        .connect(server.port(), server.host())
        .compose(ok -> client.subscribe(FILTER, MqttQoS.AT_LEAST_ONCE.value()))
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }
}
