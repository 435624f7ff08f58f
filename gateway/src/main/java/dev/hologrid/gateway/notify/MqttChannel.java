package dev.hologrid.gateway.notify;

import dev.hologrid.gateway.incident.Outbox.Notice;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes notices to {@code PREFIX/INCIDENT} at QoS 1, with the field {@code key} that is the
 * same each time; a notice counts as sent when the broker acknowledged it. Used by one notifier
 * round at a time.
 */
public final class MqttChannel implements Channel {
  private final Vertx vertx;
  private final NotifyConfig.Target target;
  private final Map<Integer, Promise<Void>> waiting = new ConcurrentHashMap<>();
  private @Nullable Future<MqttClient> connection;

  public MqttChannel(Vertx vertx, NotifyConfig.Target target) {
    this.vertx = vertx;
    this.target = target;
  }

  @Override
  public String name() {
    return target.name();
  }

  @Override
  public Future<Void> send(Notice notice) {
    return connected().compose(client -> publish(client, notice)).timeout(10, TimeUnit.SECONDS);
  }

  private Future<Void> publish(MqttClient client, Notice notice) {
    return client
        .publish(
            prefix() + "/" + notice.incident(),
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
    MqttClient client = MqttClient.create(vertx, options());
    client.publishCompletionHandler(id -> of(id).tryComplete());
    client.closeHandler(ignored -> lost());
    URI url = target.url();
    int port = url.getPort() > 0 ? url.getPort() : secure() ? 8883 : 1883;
    connection = client.connect(port, url.getHost()).map(client);
    return connection;
  }

  /** Made anew for each connection, so that a renewed authority is read without a restart. */
  private MqttClientOptions options() {
    MqttClientOptions options =
        new MqttClientOptions().setCleanSession(true).setMaxInflightQueue(100);
    NotifyConfig.Login login = target.login();
    if (!login.username().isEmpty()) {
      options.setUsername(login.username()).setPassword(login.secret().reveal());
    }
    if (secure()) {
      options.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
      if (login.authority() != null) {
        options.setTrustOptions(new PemTrustOptions().addCertPath(login.authority().toString()));
      }
    }
    return options;
  }

  private boolean secure() {
    return "mqtts".equals(target.url().getScheme());
  }

  private String prefix() {
    String path = target.url().getPath();
    String bare = path == null ? "" : path.replaceAll("^/+|/+$", "");
    return bare.isEmpty() ? "hologrid/incidents" : bare;
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
