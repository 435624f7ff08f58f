package dev.hologrid.gateway.journal;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.component.Pulse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a {@link Follower} on a thread of its own: reads, hands over, remembers the place, tries
 * again after a failure with a growing pause. Its lag is what an operator watches.
 *
 * @param <E> what a record decodes to
 */
public final class FollowerRunner<E> implements Component {
  private static final Logger log = LoggerFactory.getLogger(FollowerRunner.class);
  private static final int BATCH = 5_000;
  private static final long CHECKPOINT_EVERY_NANOS = 500_000_000L;
  private static final long MOST_PAUSE_MS = 10_000;
  private static final double OLD_SECONDS = 60;

  /** Makes the value of a record. */
  public interface Decode<E> {
    E decode(long offset, byte[] record);
  }

  private final Journal journal;
  private final Follower<E> follower;
  private final Decode<E> decode;
  private final @Nullable Checkpoint checkpoint;
  private final Thread thread;
  private @Nullable Class<E> shared;
  private long gatherNanos;
  private int batchSize = BATCH;
  private final AtomicBoolean started = new AtomicBoolean();
  private final Pulse pulse = new Pulse("its thread");
  private volatile boolean closing;
  private volatile boolean idle;
  private volatile long position;
  private volatile long caughtUpAt = System.nanoTime();
  private long targetEnd; // once reached, all that was stored at targetAt is taken
  private long targetAt = System.nanoTime();
  private volatile boolean dead;
  private volatile @Nullable String trouble;
  private volatile @Nullable String unsaved;
  private long saved = -1;
  private long savedAt = System.nanoTime();

  /**
   * A follower whose place is kept in {@code checkpoints/NAME}.
   *
   * @param folder where checkpoints are kept, or null when the follower keeps its own place and
   *     {@link #startAt} says it
   */
  public FollowerRunner(
      Journal journal, Follower<E> follower, Decode<E> decode, @Nullable Path folder) {
    this.journal = journal;
    this.follower = follower;
    this.decode = decode;
    this.checkpoint = folder == null ? null : new Checkpoint(folder.resolve(follower.name()));
    this.thread =
        Thread.ofPlatform().name("follower-" + follower.name()).daemon().unstarted(this::run);
  }

  /**
   * Takes records stored a moment ago as their appender gave them, without reading and decoding
   * them again. Before the start.
   */
  public FollowerRunner<E> sharing(Class<E> type) {
    shared = type;
    return this;
  }

  /**
   * Looks only so often, or when a whole batch waits, for followers that nobody waits for: fewer,
   * larger batches. Before the start.
   */
  public FollowerRunner<E> gathering(Duration atMost) {
    return gathering(atMost, BATCH);
  }

  /** The same with batches of so many records. */
  public FollowerRunner<E> gathering(Duration atMost, int records) {
    gatherNanos = atMost.toNanos();
    batchSize = records;
    return this;
  }

  /** Starts at the kept place. */
  public FollowerRunner<E> start(Path folder) throws IOException {
    Files.createDirectories(folder);
    return startAt(checkpoint == null ? 0 : checkpoint.read());
  }

  /** Starts at a place that the follower knows by itself. */
  public FollowerRunner<E> startAt(long offset) {
    if (started.compareAndSet(false, true)) {
      position = Math.max(offset, journal.begin());
      saved = position;
      journal.hold(this::position);
      journal.onStored(this::wake);
      thread.start();
    }
    return this;
  }

  private void wake() {
    if (idle && (gatherNanos == 0 || lag() >= batchSize)) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    Journal.Reader reader = journal.reader(position);
    try {
      List<Follower.Entry<E>> batch = new ArrayList<>(batchSize);
      while (!closing) {
        pulse.beat();
        long next = atHand(batch);
        if (batch.isEmpty() && next < journal.end()) { // at the tip there is nothing to look for
          if (reader.position() != position) {
            reader.close();
            reader = journal.reader(position);
          }
          readBack(reader, batch);
          next = reader.position();
        }
        if (batch.isEmpty()) {
          position = next;
          rest(next);
        } else if (hand(batch)) {
          position = next;
          aged();
          save(false);
          gather();
        }
        batch.clear();
      }
      save(true);
    } catch (RuntimeException e) {
      dead = true;
      trouble = "stopped: " + e.getMessage();
      log.error("follower {} stopped at offset {}", follower.name(), position, e);
    } finally {
      reader.close();
    }
  }

  /** Takes what the journal still has decoded; returns the offset after it. */
  private long atHand(List<Follower.Entry<E>> batch) {
    Class<E> type = shared;
    long next = position;
    if (type != null) {
      long end = Math.min(journal.end(), next + batchSize);
      while (next < end) {
        Object value = journal.recent(next);
        if (value == null) {
          break;
        }
        batch.add(new Follower.Entry<>(next, type.cast(value)));
        next++;
      }
    }
    return next;
  }

  private void readBack(Journal.Reader reader, List<Follower.Entry<E>> batch) {
    int unused =
        reader.read(
            batchSize,
            (offset, record) ->
                batch.add(new Follower.Entry<>(offset, decode.decode(offset, record))));
  }

  /** Nothing waits: until the journal says otherwise. */
  private void rest(long next) {
    caughtUpAt = System.nanoTime();
    targetAt = caughtUpAt;
    targetEnd = next;
    save(false);
    idle = true;
    if (journal.end() <= next && !closing) {
      LockSupport.parkNanos(this, gatherNanos > 0 ? gatherNanos : CHECKPOINT_EVERY_NANOS);
    }
    idle = false;
  }

  /** Lets some records come together. */
  private void gather() {
    if (gatherNanos > 0 && !closing && lag() < batchSize) {
      idle = true;
      if (lag() < batchSize) {
        LockSupport.parkNanos(this, gatherNanos);
      }
      idle = false;
    }
  }

  /** Under steady load the end is never met, so the age is measured from marks on the way. */
  private void aged() {
    if (position >= targetEnd) {
      caughtUpAt = targetAt;
      targetAt = System.nanoTime();
      targetEnd = journal.end();
    }
  }

  /** Hands a batch over, again and again until it is taken; false when closed meanwhile. */
  private boolean hand(List<Follower.Entry<E>> batch) {
    long pause = 50;
    while (!closing) {
      pulse.beat();
      try {
        follower.handle(Collections.unmodifiableList(batch));
        trouble = null;
        return true;
      } catch (Exception e) {
        if (trouble == null) {
          log.warn("follower {} at offset {}: {}", follower.name(), position, e.toString());
        }
        trouble = e.getMessage() == null ? e.toString() : e.getMessage();
        LockSupport.parkNanos(this, pause * 1_000_000);
        pause = Math.min(pause * 2, MOST_PAUSE_MS);
      }
    }
    return false;
  }

  private void save(boolean now) {
    if (checkpoint == null || saved == position) {
      return;
    }
    if (now || System.nanoTime() - savedAt > CHECKPOINT_EVERY_NANOS) {
      savedAt = System.nanoTime();
      try {
        checkpoint.write(position);
        saved = position;
        unsaved = null;
      } catch (UncheckedIOException e) { // a full disk: an older place only repeats some records
        unsaved = e.getMessage();
      }
    }
  }

  /** Records that wait for this follower. */
  public long lag() {
    return Math.max(0, journal.end() - position);
  }

  /** The age of the oldest record that waits, or a little more; 0 when nothing waits. */
  public double lagSeconds() {
    return lag() == 0 ? 0 : (System.nanoTime() - caughtUpAt) / 1e9;
  }

  /** The offset of the next record it will take. */
  public long position() {
    return position;
  }

  @Override
  public String name() {
    return "follower-" + follower.name();
  }

  /** Late, a follower that somebody waits for has failed; one that gathers is merely behind. */
  @Override
  public Check check() {
    String why = trouble;
    if (dead) {
      return Check.failed(lag() + " records wait: " + why);
    }
    double age = lagSeconds();
    if (age > OLD_SECONDS) {
      String old = lag() + " records wait, the oldest for " + Math.round(age) + " s";
      String all = why == null ? old : old + ": " + why;
      return gatherNanos == 0 ? Check.failed(all) : Check.degraded(all);
    }
    if (why != null) {
      return Check.degraded(lag() + " records wait: " + why);
    }
    if (started.get() && pulse.check() instanceof Check.Failed still) {
      return still;
    }
    String place = unsaved;
    return place == null ? Check.ok() : Check.degraded(place);
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      if (started.get()) {
        thread.join(10_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
