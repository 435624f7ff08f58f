package dev.hologrid.gateway.stream;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Live events to any number of viewers. Each viewer has its own bounded queue: a slow one is told
 * what it missed, and never slows the source or another viewer. Safe for use by many threads.
 *
 * <p>{@code offered to viewers = written + queued + dropped}; a drop is always followed by a {@code
 * resync} event on that connection.
 */
public final class LiveStream implements Component {
  private final Vertx vertx;
  private final StreamLimits limits;
  private final String version;
  private final long firstSeq;
  private final Ring ring; // guarded by lock
  private final Object lock = new Object();
  private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private long seq; // guarded by lock
  private volatile boolean closed;
  private volatile long timer = -1;

  /**
   * A stream that has not begun.
   *
   * @param startedAt epoch milliseconds: numbers begin above all numbers of earlier starts, so that
   *     a viewer from before a restart is recognised
   */
  public LiveStream(Vertx vertx, StreamLimits limits, String version, long startedAt) {
    this.vertx = vertx;
    this.limits = limits;
    this.version = version;
    this.firstSeq = startedAt * 1000;
    this.seq = firstSeq;
    this.ring = new Ring(limits.ringFrames(), limits.ringBytes());
  }

  /** Told of each event before the viewers are; any thread, returns at once. */
  public interface Listener {
    void published(String event, List<String> path, byte[] json);
  }

  public void onPublish(Listener listener) {
    listeners.add(listener);
  }

  /** Begins the heartbeats. */
  public void start() {
    timer = vertx.setPeriodic(1000, ignored -> tend());
  }

  /**
   * Tells all viewers; any thread, never blocks.
   *
   * @param path the codes of the places that hold it, outermost first; empty for the whole district
   * @param json the event's data as one line of JSON
   */
  public void publish(String event, List<String> path, byte[] json) {
    publish(event, path, Set.of(), json);
  }

  /**
   * The same for something that is some people's own matter.
   *
   * @param people their ids: they see it outside of their scope, too
   */
  public void publish(String event, List<String> path, Set<String> people, byte[] json) {
    if (closed) {
      return;
    }
    published.incrementAndGet();
    for (Listener each : listeners) {
      each.published(event, path, json);
    }
    synchronized (lock) { // one order for all viewers
      Frame frame = Frame.of(++seq, event, path, people, json);
      ring.add(frame);
      for (Viewer each : viewers) {
        dropped.addAndGet(each.offer(frame));
      }
    }
  }

  /**
   * Adds a viewer; called on its connection's event loop.
   *
   * @param after the number of the last frame it saw, to go on from there
   * @param sees which frames it may see and wants
   * @return ends the subscription, or null when there are too many viewers
   */
  public @Nullable Runnable subscribe(Outlet outlet, OptionalLong after, Predicate<Frame> sees) {
    Context loop = vertx.getOrCreateContext();
    if (closed || viewers.size() >= limits.viewers()) {
      refused.incrementAndGet();
      return null;
    }
    Viewer viewer = new Viewer(loop, outlet, sees, limits, System.nanoTime());
    synchronized (lock) {
      viewer.begin(opening(after, sees));
      viewers.add(viewer);
    }
    viewer.start();
    return () -> viewers.remove(viewer);
  }

  private List<Frame> opening(OptionalLong after, Predicate<Frame> sees) {
    List<Frame> frames = new ArrayList<>();
    frames.add(Frame.only("hello", 0, "{\"seq\":" + seq + ",\"version\":\"" + version + "\"}"));
    if (after.isEmpty() || after.getAsLong() == seq) {
      return frames;
    }
    long last = after.getAsLong();
    long oldest = ring.oldest(seq + 1);
    if (last < firstSeq || last > seq) { // from another life of the server
      frames.add(Frame.only("resync", 0, "{\"missed\":" + (seq - firstSeq) + "}"));
      return frames;
    }
    if (last + 1 < oldest) {
      frames.add(Frame.only("resync", 0, "{\"missed\":" + (oldest - last - 1) + "}"));
    }
    for (Frame each : ring.after(last)) {
      if (sees.test(each)) {
        frames.add(each);
      }
    }
    return frames;
  }

  private void tend() {
    long now = System.nanoTime();
    for (Viewer each : viewers) {
      each.tend(now);
    }
  }

  /** Viewers connected now. */
  public int clients() {
    return viewers.size();
  }

  /** Frames dropped for slow viewers since the start. */
  public long dropped() {
    return dropped.get();
  }

  /** Events published since the start. */
  public long published() {
    return published.get();
  }

  /** Viewers turned away because there were too many. */
  public long refused() {
    return refused.get();
  }

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public Check check() {
    if (closed) {
      return Check.failed("stopped");
    }
    return viewers.size() >= limits.viewers()
        ? Check.degraded("no room for more than " + limits.viewers() + " viewers")
        : Check.ok();
  }

  @Override
  public void close() {
    closed = true;
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
    for (Viewer each : viewers) {
      each.stop("server shutting down");
    }
    viewers.clear();
  }
}
