package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.Source;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Devices connect straight to this: MQTT 3.1.1 and 5, QoS 0, 1 and 2 inbound, Last Will, session
 * take-over. A PUBACK or PUBREC is sent after the journal has the message on disk. Subscriptions
 * are refused: this takes telemetry in and is no general broker. Safe for use by many threads.
 */
public final class MqttEndpointSource implements Source {
  private static final Logger log = LoggerFactory.getLogger(MqttEndpointSource.class);
  private static final int LONGEST_CLIENT_ID = 256;
  private static final long IDLE_CHECK_MS = 5_000;

  // Property identifiers, MQTT 5.0 section 2.2.2.2.
  private static final int SERVER_KEEP_ALIVE = 0x13;
  private static final int RECEIVE_MAXIMUM = 0x21;
  private static final int TOPIC_ALIAS_MAXIMUM = 0x22;
  private static final int MAXIMUM_PACKET_SIZE = 0x27;
  private static final int SHARED_SUBSCRIPTION_AVAILABLE = 0x2A;

  private final Vertx vertx;
  private final EndpointConfig config;
  private final Inbox inbox;
  private final Clock clock;
  private final List<MqttServer> servers = new ArrayList<>();
  private final ConcurrentHashMap<String, Connection> connections = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Set<Integer>> exactlyOnce = new ConcurrentHashMap<>();
  private final LongAdder busy = new LongAdder();
  private volatile boolean closing;
  private volatile @Nullable String trouble = "not started";

  public MqttEndpointSource(Vertx vertx, EndpointConfig config, Inbox inbox, Clock clock) {
    this.vertx = vertx;
    this.config = config;
    this.inbox = inbox;
    this.clock = clock;
  }

  @Override
  public Future<Void> start() {
    MqttServerOptions options =
        new MqttServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setMaxMessageSize(config.maxPacket())
            .setMaxClientIdLength(LONGEST_CLIENT_ID)
            .setTimeoutOnConnect(10);
    options.setTcpNoDelay(true).setAcceptBacklog(4_096).setReuseAddress(true);
    return listen(options)
        .compose(
            first -> {
              options.setPort(first.actualPort());
              List<Future<MqttServer>> more = new ArrayList<>();
              for (int i = 1; i < Runtime.getRuntime().availableProcessors(); i++) {
                more.add(listen(options));
              }
              return Future.all(more);
            })
        .onSuccess(
            all -> {
              trouble = null;
              vertx.setPeriodic(IDLE_CHECK_MS, timer -> closeIdle());
            })
        .onFailure(failure -> trouble = failure.getMessage())
        .mapEmpty();
  }

  private Future<MqttServer> listen(MqttServerOptions options) {
    MqttServer server = MqttServer.create(vertx, options);
    server.endpointHandler(this::connected);
    server.exceptionHandler(failure -> log.debug("a connection failed: {}", failure.toString()));
    return server
        .listen()
        .onSuccess(
            listening -> {
              synchronized (servers) {
                servers.add(listening);
              }
            });
  }

  private void connected(MqttEndpoint endpoint) {
    if (closing || !inbox.ready()) {
      busy.increment();
      endpoint.reject(
          endpoint.protocolVersion() == 5
              ? MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_BUSY
              : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE);
      return;
    }
    String id = endpoint.clientIdentifier();
    Connection fresh = new Connection(endpoint, inbox, clock, config, qosTwo(endpoint, id));
    Connection old = connections.put(id, fresh);
    if (old != null) {
      old.takenOver();
    }
    endpoint.closeHandler(
        closed -> {
          connections.remove(id, fresh);
          fresh.closed();
        });
    fresh.handle();
    endpoint.accept(false, limits(endpoint));
  }

  /** Packet ids of QoS 2 that are stored and not yet released; outlives a lost connection. */
  private Set<Integer> qosTwo(MqttEndpoint endpoint, String id) {
    if (endpoint.isCleanSession()) {
      exactlyOnce.remove(id);
      return ConcurrentHashMap.newKeySet();
    }
    return exactlyOnce.computeIfAbsent(id, fresh -> ConcurrentHashMap.newKeySet());
  }

  private MqttProperties limits(MqttEndpoint endpoint) {
    MqttProperties properties = new MqttProperties();
    if (endpoint.protocolVersion() == 5) {
      properties.add(integer(RECEIVE_MAXIMUM, config.maxInFlight()));
      properties.add(integer(MAXIMUM_PACKET_SIZE, config.maxPacket()));
      properties.add(integer(TOPIC_ALIAS_MAXIMUM, 0));
      properties.add(integer(SHARED_SUBSCRIPTION_AVAILABLE, 0));
      int asked = endpoint.keepAliveTimeSeconds();
      int longest = (int) config.longestKeepAlive().toSeconds();
      if (asked == 0 || asked > longest) {
        properties.add(integer(SERVER_KEEP_ALIVE, longest));
      }
    }
    return properties;
  }

  private static MqttProperties.IntegerProperty integer(int identifier, int value) {
    return new MqttProperties.IntegerProperty(identifier, value);
  }

  private void closeIdle() {
    long now = clock.millis();
    for (Connection each : connections.values()) {
      each.closeIfIdle(now);
    }
  }

  /** The port it listens on; only after {@link #start()} has succeeded. */
  public int port() {
    synchronized (servers) {
      return servers.isEmpty() ? config.port() : servers.getFirst().actualPort();
    }
  }

  public int connections() {
    return connections.size();
  }

  @Override
  public String name() {
    return "endpoint";
  }

  @Override
  public Check check() {
    String why = trouble;
    if (why != null) {
      return Check.failed("not listening: " + why);
    }
    return inbox.ready() ? Check.ok() : Check.degraded("new connections are told to wait");
  }

  /** Stops taking connections, tells the connected ones, closes. */
  @Override
  public void close() {
    closing = true;
    connections.values().forEach(Connection::shutDown);
    List<Future<Void>> ends = new ArrayList<>();
    synchronized (servers) {
      servers.forEach(each -> ends.add(each.close()));
      servers.clear();
    }
    try {
      Future.all(ends).toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      log.warn("the endpoint's servers did not close cleanly: {}", e.toString());
    }
    trouble = "closed";
  }
}
