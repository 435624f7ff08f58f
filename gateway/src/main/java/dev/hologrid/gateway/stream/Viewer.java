package dev.hologrid.gateway.stream;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One viewer: a bounded queue that any thread fills and the connection's event loop empties. When
 * it overflows, all that is queued is dropped and the viewer is told how much it missed.
 */
final class Viewer {
  private static final int JOINED = 64 << 10;

  private final Context loop;
  private final Outlet outlet;
  private final Predicate<Frame> sees;
  private final StreamLimits limits;
  private final Deque<Frame> queue = new ArrayDeque<>(); // guarded by this
  private long queuedBytes; // guarded by this
  private long missed; // guarded by this
  private long lastSeq; // guarded by this
  private boolean scheduled; // guarded by this
  private boolean waiting; // for the socket; on the loop only
  private long blockedSince; // on the loop only
  private long wroteAt; // on the loop only
  private boolean ended; // on the loop only

  Viewer(Context loop, Outlet outlet, Predicate<Frame> sees, StreamLimits limits, long now) {
    this.loop = loop;
    this.outlet = outlet;
    this.sees = sees;
    this.limits = limits;
    this.wroteAt = now;
  }

  /** Frames to start with, however many; the queue's bound holds for what comes after. */
  synchronized void begin(List<Frame> frames) {
    for (Frame each : frames) {
      if (each.seq() == 0 || sees.test(each)) {
        queue.addLast(each);
        queuedBytes += each.size();
      }
    }
  }

  /** Any thread; never blocks. Returns how many frames were dropped to make room. */
  long offer(Frame frame) {
    if (!sees.test(frame)) {
      return 0;
    }
    long dropped = 0;
    boolean wake;
    synchronized (this) {
      lastSeq = frame.seq();
      if (missed > 0
          || queue.size() >= limits.frames()
          || queuedBytes + frame.size() > limits.bytes()) {
        dropped = queue.size() + 1L;
        missed += dropped;
        queue.clear();
        queuedBytes = 0;
      } else {
        queue.addLast(frame);
        queuedBytes += frame.size();
      }
      wake = !scheduled;
      scheduled = true;
    }
    if (wake) {
      loop.runOnContext(ignored -> flush());
    }
    return dropped;
  }

  void start() {
    synchronized (this) {
      scheduled = true;
    }
    loop.runOnContext(ignored -> flush());
  }

  /** On the loop: writes what is queued while the socket takes it. */
  private void flush() {
    synchronized (this) {
      scheduled = false;
    }
    if (ended || waiting) {
      return;
    }
    while (!outlet.full()) {
      Buffer next = take();
      if (next == null) {
        return;
      }
      outlet.write(next);
      wroteAt = System.nanoTime();
    }
    waiting = true;
    blockedSince = System.nanoTime();
    outlet.onDrain(
        () -> {
          waiting = false;
          wroteAt = System.nanoTime();
          flush();
        });
  }

  private synchronized @Nullable Buffer take() {
    if (missed > 0) {
      Frame resync = Frame.only("resync", lastSeq, "{\"missed\":" + missed + "}");
      missed = 0;
      queue.addFirst(resync);
      queuedBytes += resync.size();
    }
    Frame first = queue.pollFirst();
    if (first == null) {
      return null;
    }
    queuedBytes -= first.size();
    if (!outlet.joins() || queue.isEmpty()) {
      return outlet.form(first);
    }
    Buffer joined = Buffer.buffer().appendBuffer(outlet.form(first));
    while (joined.length() < JOINED && !queue.isEmpty()) {
      Frame frame = queue.removeFirst();
      queuedBytes -= frame.size();
      joined.appendBuffer(outlet.form(frame));
    }
    return joined;
  }

  /** Keeps a quiet connection alive, ends a stuck one; from the stream's timer. */
  void tend(long now) {
    loop.runOnContext(
        ignored -> {
          if (ended) {
            return;
          }
          if (waiting && now - blockedSince > limits.stuckAfter().toNanos()) {
            end("too slow");
          } else if (!waiting && now - wroteAt > limits.heartbeat().toNanos()) {
            outlet.heartbeat();
            wroteAt = now;
          }
        });
  }

  void stop(String why) {
    loop.runOnContext(ignored -> end(why));
  }

  private void end(String why) {
    if (!ended) {
      ended = true;
      outlet.end(why);
    }
  }
}
