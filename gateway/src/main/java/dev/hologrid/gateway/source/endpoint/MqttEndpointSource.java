package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.audit.SecurityAudit;
import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.Source;
import dev.hologrid.gateway.source.endpoint.EndpointVerticle.Door;
import dev.hologrid.gateway.tls.ServerTls;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttWill;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
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
  private static final int PLAIN = -1;
  private static final int SECURE = -3;
  private static final int LONGEST_CLIENT_ID = 64;
  private static final long EXPIRE_EVERY_MS = 500;

  private final Vertx vertx;
  private final EndpointConfig config;
  private final DeviceGate gate;
  private final Joint joint;
  private final FullHouse fullHouse = new FullHouse();
  private final List<String> deployments = new ArrayList<>();
  private final Map<Boolean, EndpointVerticle> open = new ConcurrentHashMap<>();
  private volatile @Nullable ServerTls certificate;
  private volatile long expiry = -1;
  private volatile Check check = Check.failed("not started");

  public MqttEndpointSource(
      Vertx vertx,
      EndpointConfig config,
      DeviceGate gate,
      Subscriptions subscriptions,
      Inbox inbox,
      Clock clock,
      SecurityAudit audit) {
    this.vertx = vertx;
    this.config = config;
    this.gate = gate;
    this.joint = Joint.of(config, inbox, subscriptions, clock, audit);
  }

  /** For everybody on this machine, with nothing to subscribe to. */
  public MqttEndpointSource(Vertx vertx, EndpointConfig config, Inbox inbox, Clock clock) {
    this(
        vertx,
        config,
        new AnonymousGate(config.entry().insecure()),
        Subscriptions.none(),
        inbox,
        clock,
        SecurityAudit.NONE);
  }

  @Override
  public Future<Void> start() {
    gate.onRevoked(
        device ->
            joint
                .sessions()
                .of(device)
                .forEach(each -> each.close(MqttDisconnectReasonCode.ADMINISTRATIVE_ACTION)));
    expiry = vertx.setPeriodic(EXPIRE_EVERY_MS, id -> joint.sessions().expire(System.nanoTime()));
    EndpointConfig.Listen plain = config.listen();
    EndpointConfig.Tls tls = config.tls();
    Future<Void> all = listen(new Door(plain.port(), null));
    if (tls != null) {
      ServerTls certificate = certificate(tls);
      all = all.compose(done -> listen(new Door(tls.port(), certificate)));
    }
    return all.onSuccess(done -> check = Check.ok())
        .onFailure(e -> check = Check.failed("cannot listen: " + e.getMessage()));
  }

  private ServerTls certificate(EndpointConfig.Tls tls) {
    ServerTls read =
        new ServerTls(
            "mqtt-certificate",
            new ServerTls.Files(tls.certificate(), tls.key(), tls.clientAuthority(), tls.revoked()),
            joint.clock()::millis);
    try {
      certificate = read.start();
      read.onChanged(() -> endUntrusted(read));
    } catch (IOException e) {
      throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
    }
    return read;
  }

  private Future<Void> listen(Door door) {
    if (door.port() < 0) {
      return Future.succeededFuture();
    }
    int loops = config.listen().loops();
    int instances = loops > 0 ? loops : Runtime.getRuntime().availableProcessors();
    // All instances of one deployment share a port; a negative one is a free one, but the same for
    // all that ask for the same negative one: each door has its own.
    int port = door.port() != 0 ? door.port() : door.tls() == null ? PLAIN : SECURE;
    List<EndpointVerticle> made = new CopyOnWriteArrayList<>();
    return vertx
        .deployVerticle(
            () -> {
              EndpointVerticle one =
                  new EndpointVerticle(config, port, door, joint.lobby(), fullHouse, this::connect);
              made.add(one);
              return one;
            },
            new DeploymentOptions().setInstances(instances))
        .map(
            id -> {
              synchronized (this) {
                deployments.add(id);
              }
              open.put(door.tls() != null, made.getFirst());
              return null;
            });
  }

  /** The port in use without transport security, or -1. */
  public int port() {
    return port(false);
  }

  /** The port with transport security, or -1. */
  public int securePort() {
    return port(true);
  }

  private int port(boolean secure) {
    EndpointVerticle verticle = open.get(secure);
    return verticle == null ? -1 : verticle.actualPort();
  }

  /** When its certificate ends; null without transport security. */
  public @Nullable Instant certificateEnds() {
    ServerTls tls = certificate;
    return tls == null ? null : tls.expires();
  }

  public int connections() {
    return joint.sessions().connections();
  }

  /** Connections that have not sent their CONNECT yet. */
  public int unconnected() {
    return joint.lobby().waiting();
  }

  /** How often a client could not be accepted, as a rule for want of a file to open. */
  public long notAccepted() {
    return fullHouse.times();
  }

  /** Sessions of clients that left and may come back. */
  public int keptSessions() {
    return joint.sessions().kept();
  }

  public EndpointCounts.Page counts() {
    return joint.counts().page(joint.sessions().connections());
  }

  /** What was refused and closed, by reason. */
  public EndpointCounts refusals() {
    return joint.counts();
  }

  /**
   * Sends a message to all clients that have subscribed to its topic; any thread.
   *
   * @param may which of them may see it
   * @return how many sessions it was handed to
   */
  public int deliver(String topic, byte[] payload, Predicate<DeviceGate.Admitted> may) {
    return deliver(Outgoing.of(topic, payload), may);
  }

  /** The same for a message that may ask for something. */
  public int deliver(Outgoing message, Predicate<DeviceGate.Admitted> may) {
    return joint.followers().deliver(message, may);
  }

  private void connect(MqttEndpoint endpoint) {
    ChannelHandlerContext channel = Channels.of(endpoint);
    DeviceGate.Hello hello = Answers.hello(endpoint);
    DeviceGate.Refusal early = early(endpoint, hello, channel);
    if (early != null) {
      refuse(endpoint, early);
      return;
    }
    CompletableFuture<DeviceGate.Admission> admission = gate.admit(hello).toCompletableFuture();
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

  /** What is wrong before anybody looks at credentials. */
  private DeviceGate.@Nullable Refusal early(
      MqttEndpoint endpoint, DeviceGate.Hello hello, ChannelHandlerContext channel) {
    if (!config.proxies().isEmpty()
        && channel.channel().remoteAddress() instanceof InetSocketAddress peer
        && !config.proxies().contains(peer.getAddress().getHostAddress())) {
      return DeviceGate.Refusal.UNTRUSTED;
    }
    if (!validClient(endpoint.clientIdentifier())) {
      return DeviceGate.Refusal.BAD_CLIENT_ID;
    }
    if (endpoint.protocolVersion() >= 5
        && endpoint.connectProperties().getProperty(Properties.AUTHENTICATION_METHOD) != null) {
      return DeviceGate.Refusal.NO_SUCH_METHOD;
    }
    if (endpoint.protocolVersion() >= 5
        && endpoint.connectProperties().getProperties(Properties.USER_PROPERTY).size()
            > Properties.MOST_OF_USERS) {
      return DeviceGate.Refusal.TOO_LARGE;
    }
    ServerTls tls = certificate;
    X509Certificate[] shown = Answers.certificates(endpoint);
    if (tls != null && shown.length > 0 && !tls.trusts(shown)) {
      return DeviceGate.Refusal.NOT_TRUSTED; // its handshake was resumed from an earlier one
    }
    return joint.paces().refusal(hello.address(), System.nanoTime());
  }

  /** Other files: whoever would not be let in with them must go, too. */
  private void endUntrusted(ServerTls tls) {
    for (Connection each : joint.sessions().all()) {
      X509Certificate[] shown = each.certificates();
      if (shown.length > 0 && !tls.trusts(shown)) {
        each.untrusted();
      }
    }
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
    String client = String.valueOf(endpoint.clientIdentifier());
    joint.refused(why, client, endpoint.remoteAddress().hostAddress());
    log.debug(
        "refused client {} from {}: {}", Shown.of(client), endpoint.remoteAddress(), why.why());
    endpoint.reject(Answers.refusal(endpoint, why));
  }

  /** An id that would mean something else in a topic filter or a log is no id. */
  private static boolean validClient(String id) {
    if (id.isEmpty() || id.length() > LONGEST_CLIENT_ID) {
      return false;
    }
    return id.chars()
        .noneMatch(c -> c < 0x21 || c == '+' || c == '#' || c == '/' || c == '$' || c == 0x7F);
  }

  @Override
  public String name() {
    return "endpoint";
  }

  @Override
  public Check check() {
    ServerTls tls = certificate;
    if (!(check instanceof Check.Ok)) {
      return check;
    }
    Check room = fullHouse.check();
    return tls == null || !(room instanceof Check.Ok) ? room : tls.check();
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
    vertx.cancelTimer(expiry);
    List<Connection> open = List.copyOf(joint.sessions().all());
    open.forEach(Connection::quiesce);
    awaitAnswered(open.stream().map(Connection::answered).toList());
    open.forEach(Connection::leave);
    joint.sessions().end();
    ServerTls tls = certificate;
    if (tls != null) {
      tls.close();
    }
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
