package dev.hologrid.simulator.load;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The control of every benchmark: vertx-mqtt that acknowledges at once and forgets. */
@Command(
    name = "null-server",
    description = "An MQTT server that acknowledges at once and keeps nothing.",
    mixinStandardHelpOptions = true)
final class NullServerCommand implements Callable<Integer> {
  @Option(names = "--port", defaultValue = "0", description = "0 takes a free port.")
  int port;

  @Option(names = "--for", defaultValue = "3600", description = "Ends after so many seconds.")
  int seconds;

  @Override
  public Integer call() throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    MqttServer server =
        MqttServer.create(vertx, new MqttServerOptions().setPort(port).setHost("127.0.0.1"));
    server.endpointHandler(NullServerCommand::serve);
    server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    System.out.println("{\"mqtt\":\"mqtt://127.0.0.1:" + server.actualPort() + "\"}");
    boolean unused = new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
    return 0;
  }

  private static void serve(MqttEndpoint endpoint) {
    endpoint.publishHandler(
        message -> {
          if (message.qosLevel().value() == 1) {
            endpoint.publishAcknowledge(message.messageId());
          }
        });
    endpoint.accept(false);
  }
}
