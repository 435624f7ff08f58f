package dev.hologrid.gateway.journal;

import dev.hologrid.gateway.component.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
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
  private static final long FULL_DISK_RETRY_NANOS = 500_000_000L;

  private record Waiting(byte[] record, Appended then) {}

  private final String name;
  private final Path folder;
  private final JournalConfig config;
  private final Disk disk;
  private final CopyOnWriteArrayList<Segment> segments = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Runnable> wakes = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Damage> damages = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Thread writer;
  private final CRC32C crc = new CRC32C();

  private volatile boolean idle;
  private volatile boolean closing;
  private volatile long end;
  private volatile @Nullable IOException failed;
  private volatile @Nullable IOException diskFull;

  private FileJournal(String name, Path folder, JournalConfig config, Disk disk) {
    this.name = name;
    this.folder = folder;
    this.config = config;
    this.disk = disk;
    this.writer = Thread.ofPlatform().name("journal-" + name).daemon().unstarted(this::run);
  }

  /**
   * Opens the journal in {@code folder}, makes it when missing, cuts a torn tail off.
   *
   * @throws IOException when the folder cannot be used
   */
  public static FileJournal open(String name, Path folder, JournalConfig config)
      throws IOException {
    return open(name, folder, config, Disk.real());
  }

  static FileJournal open(String name, Path folder, JournalConfig config, Disk disk)
      throws IOException {
    Files.createDirectories(folder);
    FileJournal journal = new FileJournal(name, folder, config, disk);
    journal.recover();
    journal.writer.start();
    return journal;
  }

  private void recover() throws IOException {
    List<Long> bases = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().endsWith(Segment.SUFFIX))
          .forEach(file -> bases.add(Segment.baseOf(file)));
    }
    bases.sort(null);
    for (int i = 0; i < bases.size(); i++) {
      Segment segment = Segment.open(disk, folder, bases.get(i));
      segments.add(segment);
      if (i < bases.size() - 1) {
        segment.storedBytes = segment.storage.size();
      } else {
        recoverLast(segment);
      }
    }
    if (segments.isEmpty()) {
      begin(0);
    }
  }

  private void recoverLast(Segment segment) throws IOException {
    long size = segment.storage.size();
    SegmentScan scan = new SegmentScan(segment.storage, segment.base);
    long next = segment.base;
    while (scan.next(size)) {
      if (scan.skippedBytes() > 0 || scan.offset() > next) {
        String file = segment.file.getFileName().toString();
        damages.add(new Damage(file, scan.lastGoodEnd(), next, scan.offset() - 1));
      }
      next = scan.offset() + 1;
    }
    if (scan.position() < size) {
      log.warn(
          "{}: cut {} bytes of a torn tail off {}, never acknowledged",
          name,
          size - scan.position(),
          segment.file.getFileName());
      segment.storage.truncate(scan.position());
      segment.storage.sync();
    }
    segment.storedBytes = scan.position();
    end = next;
  }

  private void begin(long base) throws IOException {
    Segment segment = Segment.open(disk, folder, base);
    disk.syncFolder(folder);
    segments.add(segment);
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
    waitingBytes.addAndGet(Frame.size(record));
    queue.add(new Waiting(record, then));
    if (idle) {
      LockSupport.unpark(writer);
    }
  }

  private void run() {
    List<Waiting> batch = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    while (true) {
      int bytes = take(batch);
      if (batch.isEmpty()) {
        if (closing) {
          return;
        }
        idle = true;
        if (queue.isEmpty() && !closing) {
          LockSupport.park(this);
        }
        idle = false;
        continue;
      }
      if (buffer.capacity() < bytes) {
        buffer = ByteBuffer.allocateDirect(Integer.highestOneBit(bytes) << 1);
      }
      commit(batch, bytes, buffer);
      batch.clear();
    }
  }

  private int take(List<Waiting> batch) {
    int bytes = 0;
    while (bytes < BATCH_BYTES) {
      Waiting next = queue.poll();
      if (next == null) {
        break;
      }
      batch.add(next);
      bytes += Frame.size(next.record());
    }
    return bytes;
  }

  private void commit(List<Waiting> batch, int bytes, ByteBuffer buffer) {
    IOException broken = failed;
    if (broken == null) {
      try {
        write(batch, buffer);
      } catch (IOException e) {
        broken = e;
        failed = e;
        log.error("{}: failed; nothing is acknowledged until it is opened anew", name, e);
      }
    }
    waitingBytes.addAndGet(-bytes);
    long offset = end - batch.size();
    for (Waiting each : batch) {
      tell(each, offset++, broken);
    }
    if (broken == null) {
      wakes.forEach(Runnable::run);
    }
  }

  private void tell(Waiting each, long offset, @Nullable IOException broken) {
    try {
      if (broken == null) {
        each.then().stored(offset);
      } else {
        each.then().failed(broken);
      }
    } catch (RuntimeException e) {
      log.error("{}: a listener of offset {} failed", name, offset, e);
    }
  }

  private void write(List<Waiting> batch, ByteBuffer buffer) throws IOException {
    if (segments.getLast().storedBytes >= config.segmentBytes()) {
      begin(end);
      dropOld();
    }
    Segment segment = segments.getLast();
    buffer.clear();
    long offset = end;
    for (Waiting each : batch) {
      Frame.put(buffer, offset++, each.record(), crc);
    }
    buffer.flip();
    long at = segment.storedBytes;
    int size = buffer.limit();
    writeAll(segment, buffer, at);
    segment.storage.sync();
    segment.storedBytes = at + size;
    end = offset;
  }

  /** Writes, and on a full disk waits for space; nothing after it is acknowledged meanwhile. */
  private void writeAll(Segment segment, ByteBuffer buffer, long at) throws IOException {
    while (true) {
      try {
        buffer.rewind();
        segment.storage.write(buffer, at);
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
        segment.storage.truncate(at);
        LockSupport.parkNanos(this, FULL_DISK_RETRY_NANOS);
      }
    }
  }

  private static boolean full(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left") || message.contains("Disk quota exceeded");
  }

  private void dropOld() {
    long total = 0;
    for (Segment each : segments) {
      total += each.storedBytes;
    }
    long now = System.currentTimeMillis();
    while (segments.size() > 1) {
      Segment oldest = segments.getFirst();
      long age = now - oldest.file.toFile().lastModified();
      if (total <= config.keepBytes() && age <= config.keepFor().toMillis()) {
        return;
      }
      total -= oldest.storedBytes;
      segments.removeFirst();
      try {
        Files.deleteIfExists(oldest.file);
      } catch (IOException e) {
        log.warn("{}: could not delete {}", name, oldest.file, e);
      }
    }
  }

  @Override
  public long end() {
    return end;
  }

  @Override
  public long begin() {
    return segments.getFirst().base;
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
  public Reader reader(long offset) {
    return new JournalReader(segments, Math.max(offset, begin()), damages::addIfAbsent);
  }

  @Override
  public void onStored(Runnable wake) {
    wakes.add(wake);
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
    if (!damages.isEmpty()) {
      return Check.degraded(damages.size() + " damaged places, first: " + damages.getFirst());
    }
    return Check.ok();
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writer);
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Segment each : segments) {
      try {
        each.close();
      } catch (UncheckedIOException e) {
        log.warn("{}: could not close {}", name, each.file, e);
      }
    }
  }
}
