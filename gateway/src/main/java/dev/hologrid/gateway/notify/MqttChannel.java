package dev.hologrid.gateway.notify;

import dev.hologrid.gateway.incident.Outbox.Notice;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes notices to {@code PREFIX/INCIDENT} at QoS 1; a notice counts as sent when the broker
 * acknowledged it. Used by one notifier round at a time.
 */
public final class MqttChannel implements Channel {
  private final Vertx vertx;
  private final String name;
  private final String host;
  private final int port;
  private final String prefix;
  private final Map<Integer, Promise<Void>> waiting = new ConcurrentHashMap<>();
  private @Nullable Future<MqttClient> connection;

  public MqttChannel(Vertx vertx, String name, String host, int port, String prefix) {
    this.vertx = vertx;
    this.name = name;
    this.host = host;
    this.port = port;
    this.prefix = prefix;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Future<Void> send(Notice notice) {
    return connected().compose(client -> publish(client, notice)).timeout(10, TimeUnit.SECONDS);
  }

  private Future<Void> publish(MqttClient client, Notice notice) {
    return client
        .publish(
            prefix + "/" + notice.incident(),
            Buffer.buffer(notice.body()),
            MqttQoS.AT_LEAST_ONCE,
            false,
            false)
        .compose(id -> of(id).future().onComplete(ignored -> waiting.remove(id)));
  }

  /** The acknowledgement may come before the answer to the publish, or after. */
  private Promise<Void> of(int id) {
    return waiting.computeIfAbsent(id, ignored -> Promise.promise());
  }

  private synchronized Future<MqttClient> connected() {
    Future<MqttClient> here = connection;
    if (here != null && (!here.isComplete() || (here.succeeded() && here.result().isConnected()))) {
      return here;
    }
    MqttClient client =
        MqttClient.create(
            vertx, new MqttClientOptions().setCleanSession(true).setMaxInflightQueue(100));
    client.publishCompletionHandler(id -> of(id).tryComplete());
    client.closeHandler(ignored -> lost());
    connection = client.connect(port, host).map(client);
    return connection;
  }

  private void lost() {
    waiting.values().forEach(each -> each.tryFail("the connection to the broker was lost"));
    waiting.clear();
  }

  @Override
  public synchronized void close() {
    if (connection != null && connection.succeeded()) {
      var unused = connection.result().disconnect();
    }
  }
}
