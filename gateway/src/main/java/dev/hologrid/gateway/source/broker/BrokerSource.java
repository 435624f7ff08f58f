package dev.hologrid.gateway.source.broker;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.Source;
import io.vertx.core.Future;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;

/**
 * Subscribes to an external broker and acknowledges what is on disk. A broker that is down is
 * looked for again for ever; {@link #check()} says so meanwhile. Safe for use by many threads.
 */
public final class BrokerSource implements Source {
  private final BrokerConfig config;
  private final Inbox inbox;
  private final InstantSource clock;
  private final ScheduledExecutorService timer;
  private final List<BrokerSession> sessions = new ArrayList<>();

  public BrokerSource(BrokerConfig config, Inbox inbox, InstantSource clock) {
    this.config = config;
    this.inbox = inbox;
    this.clock = clock;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("broker-reconnect").factory());
  }

  @Override
  public String name() {
    return "broker";
  }

  /** Fails only when the TLS files cannot be read; a dead broker is no failure. */
  @Override
  public Future<Void> start() {
    try {
      sockets();
    } catch (IOException | GeneralSecurityException e) {
      return Future.failedFuture(
          new IllegalStateException("cannot read the files of broker.tls: " + e.getMessage(), e));
    }
    synchronized (sessions) {
      for (int i = 0; i < config.session().clients(); i++) {
        BrokerSession session =
            new BrokerSession(name(), linkFactory(i), config, inbox, clock, timer);
        sessions.add(session);
        session.start();
      }
    }
    return Future.succeededFuture();
  }

  private BrokerSession.Links linkFactory(int number) {
    return switch (config.session().version()) {
      case V5 -> events -> new PahoV5Link(config, number, sockets(), events);
      case V3 -> events -> new PahoV3Link(config, number, sockets(), events);
    };
  }

  /** Those of one link: the files may be others when the next one is made. */
  private SocketFactory sockets() throws IOException, GeneralSecurityException {
    return config.secure() ? SecureSockets.of(config.tls()) : new PlainSockets();
  }

  /** Publishes to the broker with QoS 0, at most once; lost while there is no connection. */
  public void tell(String topic, byte[] payload) {
    synchronized (sessions) {
      if (!sessions.isEmpty()) {
        sessions.getFirst().tell(topic, payload);
      }
    }
  }

  @Override
  public Check check() {
    List<String> troubles = new ArrayList<>();
    int all;
    synchronized (sessions) {
      all = sessions.size();
      for (BrokerSession each : sessions) {
        String trouble = each.trouble();
        if (!trouble.isEmpty()) {
          troubles.add(trouble);
        }
      }
    }
    if (all == 0) {
      return Check.degraded("not started");
    }
    if (troubles.isEmpty()) {
      return Check.ok();
    }
    String which = all == 1 ? "" : troubles.size() + " of " + all + " connections: ";
    return Check.degraded(config.pahoUrl() + ": " + which + troubles.getFirst());
  }

  @Override
  public void close() {
    synchronized (sessions) {
      sessions.forEach(BrokerSession::stop);
    }
    timer.shutdown();
    try {
      if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
        timer.shutdownNow();
      }
    } catch (InterruptedException e) {
      timer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
