package dev.hologrid.gateway.source.broker;

import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.SourceMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One persistent session at the broker, kept connected. All changes of state run on the timer's one
 * thread; what other threads read is volatile.
 */
final class BrokerSession implements Link.Events {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  /** Longer than the journal takes to free room, much shorter than the keep-alive. */
  private static final long LONGEST_WAIT_FOR_ROOM_NANOS = 5_000_000_000L;

  private final String source;
  private final Links links;
  private final Inbox inbox;
  private final InstantSource clock;
  private final ScheduledExecutorService timer;
  private final Backoff backoff;

  private volatile @Nullable Link current;
  private volatile String trouble = "connecting";
  private volatile boolean stopped;
  private int failures;

  /** Makes a link of one protocol version. */
  interface Links {
    Link make(Link.Events events) throws Exception;
  }

  BrokerSession(
      String source,
      Links links,
      BrokerConfig config,
      Inbox inbox,
      InstantSource clock,
      ScheduledExecutorService timer) {
    this.source = source;
    this.links = links;
    this.inbox = inbox;
    this.clock = clock;
    this.timer = timer;
    this.backoff = new Backoff(FIRST_PAUSE, config.longestPause());
  }

  /** What is wrong, or an empty text. */
  String trouble() {
    return trouble;
  }

  void start() {
    run(this::connect);
  }

  /** Publishes when connected; see {@link Link#tell}. */
  void tell(String topic, byte[] payload) {
    run(
        () -> {
          Link link = current;
          if (link != null) {
            link.tell(topic, payload);
          }
        });
  }

  void stop() {
    stopped = true;
    run(
        () -> {
          Link link = current;
          current = null;
          if (link != null) {
            link.end();
          }
        });
  }

  private void connect() {
    if (stopped) {
      return;
    }
    Link made = null;
    try {
      made = links.make(this);
      current = made;
      made.open();
    } catch (Exception e) {
      failed(made, "cannot connect: " + Reasons.of(e));
    }
  }

  @Override
  public void subscribed(Link link) {
    run(
        () -> {
          if (link == current) {
            LOG.info("connected to the broker");
            failures = 0;
            trouble = "";
          }
        });
  }

  @Override
  public void lost(Link link, String why) {
    run(() -> failed(link, why));
  }

  /** Ends a link and plans the next one; a link that has been replaced is none of our business. */
  private void failed(@Nullable Link link, String why) {
    if (stopped || link != current) {
      return;
    }
    current = null;
    failures++;
    trouble = why;
    if (link != null) {
      link.end();
    }
    Duration pause = backoff.pause(failures, ThreadLocalRandom.current());
    LOG.warn("broker: {}; next attempt in {} ms", why, pause.toMillis());
    try {
      timer.schedule(this::connect, pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // stopped in between
    }
  }

  @Override
  public void arrived(Link link, String topic, byte[] payload, int packetId) {
    try {
      waitForRoom();
      inbox.put(new SourceMessage(source, topic, "", payload, clock.millis(), ack(link, packetId)));
    } catch (RuntimeException e) {
      LOG.error("broker: could not hand over a message", e);
      lost(link, "could not hand over a message: " + Reasons.of(e));
    }
  }

  private SourceMessage.Ack ack(Link link, int packetId) {
    return new SourceMessage.Ack() {
      @Override
      public void stored() {
        if (packetId != 0) {
          link.acknowledge(packetId);
        }
      }

      @Override
      public void failed(Throwable cause) {
        if (packetId != 0) {
          lost(link, "a message could not be stored and is asked for again: " + Reasons.of(cause));
        }
      }
    };
  }

  /** Blocks Paho's callback thread, and by that its socket, while too much waits for the disk. */
  private void waitForRoom() {
    long start = System.nanoTime();
    while (!inbox.ready() && !stopped && System.nanoTime() - start < LONGEST_WAIT_FOR_ROOM_NANOS) {
      LockSupport.parkNanos(500_000);
    }
  }

  private void run(Runnable task) {
    try {
      timer.execute(task);
    } catch (RejectedExecutionException e) {
      // stopped
    }
  }
}
