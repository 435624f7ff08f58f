package dev.hologrid.gateway.journal;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Pulse;
import dev.hologrid.gateway.disk.DiskReserve;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Journal} in files of one folder. One writer thread takes what waits, writes it in one
 * go, syncs once and then tells all (group commit).
 *
 * <p>A failed sync is never tried again: the pages may be gone although the next sync says yes, so
 * the journal is failed until it is opened anew, which reads back what is really there. A full disk
 * is different: what was partly written is cut off, nothing is acknowledged, and writing is tried
 * again until there is space.
 */
public final class FileJournal implements Journal {
  private static final Logger log = LoggerFactory.getLogger(FileJournal.class);
  private static final int BATCH_BYTES = 4 << 20;
  private static final int SHOWN_DAMAGES = 3;
  private static final int SCRUB_RECORDS = 2_000;
  private static final long SCRUB_PAUSE_NANOS = 5_000_000L;
  private static final long FULL_DISK_RETRY_NANOS = 500_000_000L;
  private static final long BEAT_NANOS = 1_000_000_000L;

  private final String name;
  private final Path folder;
  private final JournalConfig config;
  private final DiskReserve reserve;
  private final boolean yields;
  private final Segments segments;
  private final CopyOnWriteArrayList<Runnable> wakes = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Damage> damages = new CopyOnWriteArrayList<>();
  private final WaitingLine queue = new WaitingLine();
  private final Recent recent = new Recent();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Gathering gathering;
  private final Pulse pulse = new Pulse("its writer");
  private final Thread writer;
  private final Thread scrubber;
  private @Nullable Frame frame;
  private @Nullable AutoCloseable claim;

  private volatile boolean idle;
  private volatile boolean gathers;
  private volatile boolean urgent;
  private volatile boolean closing;
  private volatile boolean ended;
  private volatile long end;
  private volatile @Nullable IOException failed;
  private volatile @Nullable IOException diskFull;

  private FileJournal(
      String name,
      Path folder,
      JournalConfig config,
      Disk disk,
      DiskReserve reserve,
      boolean yields) {
    this.name = name;
    this.folder = folder;
    this.config = config;
    this.reserve = reserve;
    this.yields = yields;
    this.segments = new Segments(folder, config, disk);
    this.gathering = new Gathering(config.gather().toNanos());
    this.writer = Thread.ofPlatform().name("journal-" + name).daemon().unstarted(this::run);
    this.scrubber = Thread.ofPlatform().name("scrub-" + name).daemon().unstarted(this::scrub);
  }

  /**
   * Opens the journal in {@code folder}, makes it when missing, cuts a torn tail off.
   *
   * @throws IOException when the folder cannot be used, or another process uses it
   */
  public static FileJournal open(String name, Path folder, JournalConfig config)
      throws IOException {
    return open(name, folder, config, Disk.real());
  }

  /**
   * The same on a disk with a reserve, which it has given back when the disk is full.
   *
   * @param yields whether its records are new data, which waits until the reserve is there again
   */
  public static FileJournal open(
      String name, Path folder, JournalConfig config, DiskReserve reserve, boolean yields)
      throws IOException {
    Disk disk = Disk.real();
    return open(new FileJournal(name, folder, config, disk, reserve, yields), disk);
  }

  static FileJournal open(String name, Path folder, JournalConfig config, Disk disk)
      throws IOException {
    return open(new FileJournal(name, folder, config, disk, DiskReserve.none(), false), disk);
  }

  private static FileJournal open(FileJournal journal, Disk disk) throws IOException {
    journal.claim = disk.claim(journal.folder);
    try {
      journal.recover();
    } catch (IOException | RuntimeException e) {
      journal.segments.close();
      journal.release();
      throw e;
    }
    journal.writer.start();
    journal.scrubber.start();
    return journal;
  }

  private void recover() throws IOException {
    Recovery found = segments.open();
    end = found.end();
    damages.addAll(found.damages());
    found.damages().forEach(each -> log.error("{}: damaged: {}", name, each));
    frame = new Frame(segments.salt());
  }

  @Override
  public void append(byte[] record, Appended then) {
    if (record.length > Frame.MAX_RECORD) {
      then.failed(new IOException("a record of " + record.length + " bytes is too large"));
      return;
    }
    IOException broken = failed;
    if (broken != null || closing) {
      then.failed(broken == null ? new IOException(name + " is closed") : broken);
      return;
    }
    int size = Frame.size(record);
    long waiting = waitingBytes.addAndGet(size);
    queue.add(new WaitingLine.Waiting(record, then));
    boolean hurried = then.urgent();
    if (hurried) {
      urgent = true;
    }
    if (ended) {
      refuseRest();
    } else if (idle || (gathers && (hurried || justEnough(waiting, size)))) {
      LockSupport.unpark(writer);
    }
  }

  private static boolean justEnough(long waiting, int added) {
    return waiting >= Gathering.ENOUGH_BYTES && waiting - added < Gathering.ENOUGH_BYTES;
  }

  private void run() {
    List<WaitingLine.Waiting> batch = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
    while (true) {
      pulse.beat();
      urgent = false; // before it takes: what is urgent from here on is told again
      int bytes = take(batch);
      if (batch.isEmpty()) {
        if (closing && queue.isEmpty()) {
          ended = true;
          refuseRest();
          return;
        }
        idle = true;
        if (queue.isEmpty() && !closing) {
          LockSupport.parkNanos(this, BEAT_NANOS);
        }
        idle = false;
        continue;
      }
      if (buffer.capacity() < bytes) {
        buffer = ByteBuffer.allocateDirect(Integer.highestOneBit(bytes) << 1);
      }
      long begun = System.nanoTime();
      int records = batch.size();
      commit(batch, bytes, buffer);
      batch.clear();
      gather(begun, records);
    }
  }

  /**
   * Reads once, at leisure, what was there at the start: followers that are past it would never
   * meet damage in it, and an operator shall know before somebody needs it.
   */
  private void scrub() {
    long until = end;
    try (Reader reader = reader(begin())) {
      while (!closing && reader.position() < until) {
        if (reader.read(SCRUB_RECORDS, (offset, record) -> {}) == 0) {
          return;
        }
        LockSupport.parkNanos(this, SCRUB_PAUSE_NANOS);
      }
    } catch (RuntimeException e) {
      if (!closing) {
        log.warn("{}: could not be read through", name, e);
      }
    }
  }

  private void gather(long begun, int records) {
    gathering.begin(begun, records, waitingBytes.get());
    gathers = true;
    while (!closing) {
      long wait = gathering.await(System.nanoTime(), waitingBytes.get(), urgent);
      if (wait <= 0) {
        break;
      }
      LockSupport.parkNanos(this, wait);
    }
    gathers = false;
  }

  private synchronized void refuseRest() {
    for (WaitingLine.Waiting each = queue.poll(); each != null; each = queue.poll()) {
      waitingBytes.addAndGet(-Frame.size(each.record));
      each.then.failed(new IOException(name + " is closed"));
    }
  }

  private int take(List<WaitingLine.Waiting> batch) {
    int bytes = 0;
    while (bytes < BATCH_BYTES) {
      WaitingLine.Waiting next = queue.poll();
      if (next == null) {
        break;
      }
      batch.add(next);
      bytes += Frame.size(next.record);
    }
    return bytes;
  }

  private void commit(List<WaitingLine.Waiting> batch, int bytes, ByteBuffer buffer) {
    IOException broken = failed;
    if (broken == null) {
      try {
        write(batch, buffer);
      } catch (IOException e) {
        broken = fail(e);
      } catch (RuntimeException | Error e) { // a writer that dies in silence would hang them all
        broken = fail(new IOException(e));
      }
    }
    waitingBytes.addAndGet(-bytes);
    if (broken == null) {
      wakes.forEach(Runnable::run);
    }
    long offset = end - batch.size();
    for (WaitingLine.Waiting each : batch) {
      tell(each, offset++, broken);
    }
  }

  private IOException fail(IOException why) {
    failed = why;
    log.error("{}: failed; nothing is acknowledged until it is opened anew", name, why);
    return why;
  }

  private void tell(WaitingLine.Waiting each, long offset, @Nullable IOException broken) {
    try {
      if (broken == null) {
        each.then.stored(offset);
      } else {
        each.then.failed(broken);
      }
    } catch (RuntimeException e) {
      log.error("{}: a listener of offset {} failed", name, offset, e);
    }
  }

  private void write(List<WaitingLine.Waiting> batch, ByteBuffer buffer) throws IOException {
    Frame form = Objects.requireNonNull(frame);
    long first = end;
    buffer.clear();
    for (int i = 0; i < batch.size(); i++) {
      form.put(buffer, first + i, i, batch.get(i).record);
    }
    buffer.flip();
    if (segments.full()) {
      whenThereIsSpace(() -> segments.roll(end));
      segments.markSynced(end);
      segments.dropOld();
    }
    Segment segment = segments.last();
    long at = segment.storedBytes;
    whenThereIsSpace(
        () -> {
          if (diskFull != null) {
            segment.storage.truncate(at);
          }
          buffer.rewind();
          segment.storage.write(buffer, at);
        });
    segment.storage.sync();
    note(segment, at, batch);
    segment.storedBytes = at + buffer.limit();
    remember(batch, first);
    end = first + batch.size();
  }

  /** Before the end is told, so that a follower that sees the end finds the values. */
  private void remember(List<WaitingLine.Waiting> batch, long first) {
    recent.forget(segments.read());
    for (int i = 0; i < batch.size(); i++) {
      WaitingLine.Waiting each = batch.get(i);
      recent.put(first + i, each.record.length, value(each, first + i));
    }
  }

  private @Nullable Object value(WaitingLine.Waiting each, long offset) {
    try {
      return each.then.value(offset);
    } catch (RuntimeException e) {
      log.error("{}: offset {} has to be read back", name, offset, e);
      return null;
    }
  }

  private void note(Segment segment, long from, List<WaitingLine.Waiting> batch) {
    long at = from;
    for (int i = 0; i < batch.size(); i++) {
      segment.note(end + i, at);
      at += Frame.size(batch.get(i).record);
    }
  }

  private interface DiskWork {
    void run() throws IOException;
  }

  /** Tries until the disk is not full; nothing is acknowledged meanwhile. */
  private void whenThereIsSpace(DiskWork work) throws IOException {
    while (true) {
      try {
        if (yields && reserve.released()) {
          throw new IOException("No space left beside the reserve");
        }
        work.run();
        diskFull = null;
        return;
      } catch (IOException e) {
        if (!full(e) || closing) {
          throw e;
        }
        if (diskFull == null) {
          log.error(
              "{}: the disk is full; messages are not acknowledged until there is space", name);
        }
        diskFull = e;
        reserve.release();
        pulse.beat();
        LockSupport.parkNanos(this, FULL_DISK_RETRY_NANOS);
      }
    }
  }

  private static boolean full(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left") || message.contains("Disk quota exceeded");
  }

  @Override
  public long end() {
    return end;
  }

  @Override
  public long begin() {
    return segments.first().base;
  }

  @Override
  public long waitingBytes() {
    return waitingBytes.get();
  }

  /** Whether another message should be taken in now. */
  public boolean ready() {
    return waitingBytes.get() < config.waitingBytes() && failed == null && diskFull == null;
  }

  @Override
  public @Nullable Object recent(long offset) {
    return recent.get(offset);
  }

  @Override
  public Reader reader(long offset) {
    return new JournalReader(segments, this::end, Math.max(offset, begin()), damages::addIfAbsent);
  }

  @Override
  public void onStored(Runnable wake) {
    wakes.add(wake);
  }

  @Override
  public void hold(LongSupplier position) {
    segments.hold(position);
  }

  /** The files, oldest first. */
  List<Segment> files() {
    return segments.all();
  }

  /** Files deleted although a follower had not read them; see {@link JournalConfig}. */
  public long droppedUnread() {
    return segments.droppedUnread();
  }

  /** Damage found so far, at opening and by readers. */
  public List<Damage> damages() {
    return List.copyOf(damages);
  }

  @Override
  public String name() {
    return "journal-" + name;
  }

  @Override
  public Check check() {
    IOException broken = failed;
    if (broken != null) {
      return Check.failed(
          "writing failed: " + broken.getMessage() + "; restart to read back what is there");
    }
    if (diskFull != null) {
      return Check.failed("the disk is full; nothing is acknowledged until there is space");
    }
    if (pulse.check() instanceof Check.Failed still) {
      return still;
    }
    if (!damages.isEmpty()) {
      List<Damage> some = damages.subList(0, Math.min(damages.size(), SHOWN_DAMAGES));
      return Check.degraded(
          damages.size()
              + " damaged places: "
              + String.join("; ", some.stream().map(Damage::toString).toList()));
    }
    return Check.ok();
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writer);
    LockSupport.unpark(scrubber);
    try {
      writer.join();
      scrubber.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failed == null) {
      segments.markSynced(end);
    }
    segments.close();
    release();
  }

  private void release() {
    AutoCloseable held = claim;
    if (held != null) {
      try {
        held.close();
      } catch (Exception e) {
        log.warn("{}: could not release {}", name, folder, e);
      }
    }
  }
}
