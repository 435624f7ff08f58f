package dev.hologrid.gateway.archive;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.Follower;
import dev.hologrid.gateway.journal.FollowerRunner;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.rules.Reading;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The follower that writes readings to a time-series database. It lags and never drops: while the
 * database is away, readings wait in the journal. Rows are the same however often they are sent, so
 * after a break the last ones go again, for what the database had acknowledged and lost.
 */
public final class Archive implements Component, History, Follower<ReadingCodec.Message> {
  private static final Logger log = LoggerFactory.getLogger(Archive.class);

  /** Half of what the journal has at hand, so that nothing need be read back. */
  private static final int LINES = 8_000;

  /**
   * A request costs the database about the same however many rows it has: it merges them with the
   * rows of the same time, which it writes anew.
   */
  private static final Duration GATHER = Duration.ofSeconds(1);

  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final Journal journal;
  private final ArchiveConfig config;
  private final @Nullable Store store;
  private final Path checkpoints;
  private final ReadingCodec codec = new ReadingCodec();
  private final FollowerRunner<ReadingCodec.Message> runner;
  private final Thread starter;
  private final Set<String> prepared = new HashSet<>();
  private final @Nullable Lines lines;
  private final StringBuilder text = new StringBuilder(LINES * 120); // of the follower's thread

  private volatile BooleanSupplier crowded = () -> false;
  private volatile boolean closing;
  private volatile boolean open;
  private volatile String trouble = "starting";
  private final LongAdder rows = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile String lastRefusal = "";
  private volatile long leftOut;
  private boolean broken = true;
  private final ArrayDeque<Written> written = new ArrayDeque<>();
  private long kept = -1; // the first offset that the database may have forgotten

  /** Rows before {@code end} were all written by then. */
  private record Written(long nanos, long end) {}

  /**
   * No I/O yet.
   *
   * @param folder of the embedded database, {@code DATA/archive}
   * @param checkpoints where followers keep their places
   */
  public Archive(Journal journal, ArchiveConfig config, Path folder, Path checkpoints) {
    this(journal, config, store(config, folder), checkpoints);
  }

  Archive(Journal journal, ArchiveConfig config, @Nullable Store store, Path checkpoints) {
    this.journal = journal;
    this.config = config;
    this.store = store;
    this.checkpoints = checkpoints;
    this.lines = store == null ? null : new Lines(store.dialect());
    this.runner =
        new FollowerRunner<>(journal, this, codec::decode, checkpoints)
            .sharing(ReadingCodec.Message.class)
            .gathering(GATHER, LINES);
    this.starter = Thread.ofPlatform().name("archive-start").daemon().unstarted(this::open);
  }

  private static @Nullable Store store(ArchiveConfig config, Path folder) {
    URI url = config.url();
    return switch (config.kind()) {
      case NONE -> null;
      case QUESTDB -> new QuestDbStore(config, folder);
      case VICTORIA_METRICS -> new VictoriaMetricsStore(config, String.valueOf(url));
      case INFLUXDB -> new InfluxDbStore(config, String.valueOf(url));
    };
  }

  /**
   * A database in this process writes to our own disk, and waits while that one is nearly full.
   * Before the start.
   */
  public Archive yielding(BooleanSupplier whileFull) {
    if (config.kind() == ArchiveConfig.Kind.QUESTDB && config.url() == null) {
      crowded = whileFull;
    }
    return this;
  }

  /** Opens the database in the background; returns at once. */
  public void start() {
    if (store != null) {
      starter.start();
    }
  }

  private void open() {
    Store to = store;
    while (!closing && to != null) {
      try {
        to.open();
        open = true;
        trouble = "";
        runner.start(checkpoints);
        return;
      } catch (IOException | RuntimeException e) {
        if (!trouble.equals(e.toString())) {
          log.warn("the archive could not be opened, trying again: {}", e.toString());
        }
        trouble = e.toString();
        LockSupport.parkNanos(this, PAUSE_NANOS);
      }
    }
  }

  @Override
  public void handle(List<Entry<ReadingCodec.Message>> batch) throws IOException {
    if (crowded.getAsBoolean()) {
      throw new IOException("rows wait for space on the disk");
    }
    boolean whole = false;
    try {
      ReadingCodec.Message first = batch.getFirst().value();
      if (broken) {
        again(first);
      }
      List<Reading> readings = new ArrayList<>();
      batch.forEach(each -> readings.addAll(each.value().readings()));
      send(readings);
      Store into = store;
      if (into != null && into.reconnected() && !broken) {
        again(first);
      }
      written.add(new Written(System.nanoTime(), batch.getLast().offset() + 1));
      settle();
      whole = true;
    } finally {
      broken = !whole;
      if (broken) {
        prepared.clear(); // it may come back empty
      }
    }
  }

  /** What was written so long ago, over a connection that still stands, is on its disk. */
  private void settle() {
    long now = System.nanoTime();
    Written oldest = written.peek();
    while (oldest != null && now - oldest.nanos() > config.resend().toNanos()) {
      kept = oldest.end();
      written.remove();
      oldest = written.peek();
    }
  }

  /**
   * Sends again what the database may have forgotten: all since it last kept its connection for
   * long enough, or at the start what came shortly before the first message of a batch.
   */
  private void again(ReadingCodec.Message first) throws IOException {
    if (kept < 0) {
      kept = shortlyBefore(first);
    }
    try (Journal.Reader reader = journal.reader(Math.max(kept, journal.begin()))) {
      List<Reading> readings = new ArrayList<>();
      while (reader.position() < first.offset()) {
        int wanted = (int) Math.min(LINES, first.offset() - reader.position());
        int count =
            reader.read(
                wanted,
                (offset, record) -> {
                  if (offset < first.offset()) {
                    readings.addAll(codec.decode(offset, record).readings());
                  }
                });
        send(readings);
        readings.clear();
        if (count == 0) {
          break;
        }
      }
    }
    written.clear();
    written.add(new Written(System.nanoTime(), first.offset()));
  }

  private long shortlyBefore(ReadingCodec.Message first) {
    long since = first.receivedAt() - config.resend().toMillis();
    long from = first.offset();
    for (long step = 256; from > journal.begin(); step *= 2) {
      from = Math.max(journal.begin(), from - step);
      if (receivedAt(from) < since) {
        break;
      }
    }
    return from;
  }

  private long receivedAt(long offset) {
    long[] found = {Long.MIN_VALUE};
    try (Journal.Reader reader = journal.reader(offset)) {
      reader.read(1, (at, record) -> found[0] = codec.decode(at, record).receivedAt());
    }
    return found[0];
  }

  private void send(List<Reading> readings) throws IOException {
    for (int from = 0; from < readings.size(); from += LINES) {
      send(readings, from, Math.min(readings.size(), from + LINES));
    }
  }

  /** Halves what is refused until the one bad row is found, which is counted and left out. */
  private void send(List<Reading> readings, int from, int to) throws IOException {
    Store into = store;
    Lines form = lines;
    if (into == null || form == null) {
      return;
    }
    text.setLength(0);
    int count = 0;
    for (Reading each : readings.subList(from, to)) {
      if (prepared.add(each.shape().kind())) {
        prepare(into, each.shape().kind());
      }
      count += form.append(text, each);
    }
    leftOut = form.leftOut();
    if (count == 0) {
      return;
    }
    try {
      into.write(text.toString());
      rows.add(to - from);
    } catch (Refused e) {
      if (to - from == 1) {
        refused.increment();
        lastRefusal = readings.get(from).device() + ": " + e.getMessage();
        log.warn("the archive refused a row, {} so far: {}", refused.sum(), text);
      } else {
        int middle = (from + to) >>> 1;
        send(readings, from, middle);
        send(readings, middle, to);
      }
    }
  }

  private void prepare(Store into, String kind) throws IOException {
    try {
      into.prepare(kind);
    } catch (IOException e) {
      prepared.remove(kind);
      throw e;
    }
  }

  @Override
  public List<Point> read(Query query) throws IOException {
    Store from = store;
    if (from == null) {
      return List.of();
    }
    if (!open) {
      throw new IOException("the archive is not up: " + trouble);
    }
    return from.read(query);
  }

  /** Readings written since the start, repeats among them. */
  public long rows() {
    return rows.sum();
  }

  /** Readings that the database would not take. */
  public long refused() {
    return refused.sum();
  }

  /** Journal records that are not archived yet. */
  public long lag() {
    return store == null ? 0 : open ? runner.lag() : journal.end() - journal.begin();
  }

  /** The age of the oldest of them. */
  public double lagSeconds() {
    return lag() == 0 ? 0 : runner.lagSeconds();
  }

  @Override
  public String name() {
    return "archive";
  }

  @Override
  public Check check() {
    if (store == null) {
      return Check.ok();
    }
    if (!open) {
      return Check.degraded("not up yet: " + trouble);
    }
    if (refused.sum() > 0) {
      return Check.degraded(refused.sum() + " rows refused, the last: " + lastRefusal);
    }
    if (leftOut > 0) {
      return Check.degraded(leftOut + " metrics left out: a kind has too many");
    }
    // However long the database hangs: only history waits for it, no alert does.
    return runner.check() instanceof Check.Failed failed
        ? Check.degraded(failed.why())
        : runner.check();
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(starter);
    try {
      if (starter.isAlive()) {
        starter.join(10_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    runner.close();
    Store last = store;
    if (last != null) {
      last.close();
    }
  }
}
