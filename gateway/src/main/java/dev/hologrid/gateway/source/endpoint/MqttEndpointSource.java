package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.Source;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttWill;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The built-in MQTT endpoint: MQTT 3.1.1 and 5, QoS 0 to 2 inbound. A PUBACK (or PUBREC) is sent
 * after the message is on disk and never before. Safe for use by many threads.
 */
public final class MqttEndpointSource implements Source {
  private static final Logger log = LoggerFactory.getLogger(MqttEndpointSource.class);
  private static final long DRAIN_MS = 5_000;

  private final Vertx vertx;
  private final EndpointConfig config;
  private final DeviceGate gate;
  private final Joint joint;
  private final List<String> deployments = new ArrayList<>();
  private volatile @Nullable EndpointVerticle first;
  private volatile @Nullable EndpointVerticle web;
  private volatile Check check = Check.failed("not started");

  public MqttEndpointSource(
      Vertx vertx,
      EndpointConfig config,
      DeviceGate gate,
      Subscriptions subscriptions,
      Inbox inbox,
      Clock clock) {
    this.vertx = vertx;
    this.config = config;
    this.gate = gate;
    this.joint = Joint.of("endpoint", inbox, subscriptions, config, clock);
  }

  /** For everybody on this machine, with nothing to subscribe to. */
  public MqttEndpointSource(Vertx vertx, EndpointConfig config, Inbox inbox, Clock clock) {
    this(vertx, config, new AnonymousGate(config.insecure()), Subscriptions.none(), inbox, clock);
  }

  @Override
  public Future<Void> start() {
    gate.onRevoked(
        device ->
            joint
                .sessions()
                .of(device)
                .forEach(each -> each.close(MqttDisconnectReasonCode.ADMINISTRATIVE_ACTION)));
    Future<Void> plain =
        listen(config.port(), false).onSuccess(verticle -> first = verticle).mapEmpty();
    Future<Void> all =
        config.webSocketPort() < 0
            ? plain
            : plain
                .compose(done -> listen(config.webSocketPort(), true))
                .onSuccess(verticle -> web = verticle)
                .mapEmpty();
    return all.onSuccess(done -> check = Check.ok())
        .onFailure(e -> check = Check.failed("cannot listen: " + e.getMessage()));
  }

  private Future<EndpointVerticle> listen(int port, boolean webSocket) {
    int loops = config.loops() > 0 ? config.loops() : Runtime.getRuntime().availableProcessors();
    // All instances of one deployment share a port; -1 is a free one, but the same for all.
    int shared = port == 0 ? -1 : port;
    List<EndpointVerticle> made = new CopyOnWriteArrayList<>();
    return vertx
        .deployVerticle(
            () -> {
              EndpointVerticle one = new EndpointVerticle(config, shared, webSocket, this::connect);
              made.add(one);
              return one;
            },
            new DeploymentOptions().setInstances(loops))
        .map(
            id -> {
              synchronized (this) {
                deployments.add(id);
              }
              return made.getFirst();
            });
  }

  /** The port in use; useful when the configuration says 0. */
  public int port() {
    EndpointVerticle verticle = first;
    return verticle == null ? config.port() : verticle.actualPort();
  }

  /** The port of MQTT over WebSocket, or -1. */
  public int webSocketPort() {
    EndpointVerticle verticle = web;
    return verticle == null ? -1 : verticle.actualPort();
  }

  public int connections() {
    return joint.sessions().connections();
  }

  public EndpointCounts.Page counts() {
    return joint.counts().page(joint.sessions().connections());
  }

  private void connect(MqttEndpoint endpoint) {
    if (!validClient(endpoint.clientIdentifier())) {
      reject(endpoint, Answers.badClientId(endpoint));
      return;
    }
    ChannelHandlerContext channel = Channels.of(endpoint);
    CompletableFuture<DeviceGate.Admission> admission =
        gate.admit(Answers.hello(endpoint)).toCompletableFuture();
    if (admission.isDone()) {
      decided(endpoint, admission.join());
      return;
    }
    channel.channel().config().setAutoRead(false);
    admission.thenAccept(
        decision ->
            channel
                .channel()
                .eventLoop()
                .execute(
                    () -> {
                      if (channel.channel().isActive()) {
                        channel.channel().config().setAutoRead(true);
                        decided(endpoint, decision);
                      }
                    }));
  }

  private void decided(MqttEndpoint endpoint, DeviceGate.Admission decision) {
    switch (decision) {
      case DeviceGate.Refused refused -> refuse(endpoint, refused.refusal());
      case DeviceGate.Admitted admitted -> {
        MqttWill will = endpoint.will();
        if (will != null && will.isWillFlag() && !admitted.mayPublish(will.getWillTopic())) {
          refuse(endpoint, DeviceGate.Refusal.BAD_WILL);
        } else {
          new Connection(joint, endpoint, admitted).open();
        }
      }
    }
  }

  private void refuse(MqttEndpoint endpoint, DeviceGate.Refusal why) {
    log.info(
        "refused client {} from {}: {}",
        Shown.of(endpoint.clientIdentifier()),
        endpoint.remoteAddress(),
        why.why());
    reject(endpoint, Answers.refusal(endpoint, why));
  }

  private void reject(MqttEndpoint endpoint, MqttConnectReturnCode code) {
    joint.counts().refused.increment();
    endpoint.reject(code);
  }

  /** An id that would mean something else in a topic filter or a log is no id. */
  private static boolean validClient(String id) {
    if (id.isEmpty() || id.length() > 128) {
      return false;
    }
    return id.chars().noneMatch(c -> c < 0x21 || c == '+' || c == '#' || c == '/' || c == 0x7F);
  }

  @Override
  public String name() {
    return "endpoint";
  }

  @Override
  public Check check() {
    return check;
  }

  /** All at once, or the last of many connections would have no time left. */
  private static void awaitAnswered(List<CompletableFuture<Boolean>> waits) {
    try {
      CompletableFuture.allOf(waits.toArray(CompletableFuture[]::new))
          .get(DRAIN_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      long late = waits.stream().filter(each -> !each.isDone()).count();
      log.warn("{} clients leave with unanswered messages; they will send them again", late);
    }
    waits.forEach(each -> each.complete(false));
  }

  /** Reads no more, answers what is read as it reaches the disk, says good-bye, closes. */
  @Override
  public void close() {
    check = Check.failed("stopped");
    List<Connection> open = List.copyOf(joint.sessions().all());
    open.forEach(Connection::quiesce);
    awaitAnswered(open.stream().map(Connection::answered).toList());
    open.forEach(each -> each.close(MqttDisconnectReasonCode.SERVER_SHUTTING_DOWN));
    List<Future<?>> closing = new ArrayList<>();
    synchronized (this) {
      deployments.forEach(id -> closing.add(vertx.undeploy(id)));
      deployments.clear();
    }
    try {
      Future.join(closing).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      log.warn("the endpoint did not close cleanly", e);
    }
  }
}
