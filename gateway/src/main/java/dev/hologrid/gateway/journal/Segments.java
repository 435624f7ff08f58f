package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one journal, oldest first. Changed by one thread, the journal's writer, after {@link
 * #open}; read by many.
 */
final class Segments {
  private static final Logger log = LoggerFactory.getLogger(Segments.class);

  private final Path folder;
  private final JournalConfig config;
  private final Disk disk;
  private final CopyOnWriteArrayList<Segment> all = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<LongSupplier> needed = new CopyOnWriteArrayList<>();
  private final LongAdder droppedUnread = new LongAdder();
  private long salt;

  Segments(Path folder, JournalConfig config, Disk disk) {
    this.folder = folder;
    this.config = config;
    this.disk = disk;
  }

  /** Opens what is there and repairs the end of it. */
  Recovery open() throws IOException {
    List<Long> bases = new ArrayList<>();
    for (Path file : disk.list(folder)) {
      if (Segment.named(file)) {
        bases.add(Segment.baseOf(file));
      }
    }
    bases.sort(null);
    for (long base : bases) {
      all.add(Segment.open(disk, folder, base));
    }
    findSalt();
    if (all.isEmpty()) {
      roll(SyncedMark.read(disk, folder));
      Segment fresh = all.getFirst();
      return new Recovery(fresh.base, fresh.storedBytes, List.of());
    }
    for (Segment each : all) {
      each.storedBytes = each.storage.size();
    }
    Segment newest = all.getLast();
    if (newest.storage.size() <= SegmentHeader.SIZE && SegmentHeader.read(newest.storage) == null) {
      writeHeader(newest); // the crash came while it was made
    }
    Recovery found = Recovery.of(newest, salt, SyncedMark.read(disk, folder));
    newest.storedBytes = found.bytes();
    return found;
  }

  private void findSalt() throws IOException {
    boolean empty = true;
    for (Segment each : all) {
      SegmentHeader header = SegmentHeader.read(each.storage);
      if (header != null) {
        salt = header.salt();
        return;
      }
      empty &= each.storage.size() <= SegmentHeader.SIZE;
    }
    if (!empty) {
      throw new IOException("no header of a segment in " + folder + " can be read");
    }
    salt = new SecureRandom().nextLong();
  }

  private void writeHeader(Segment segment) throws IOException {
    segment.storage.truncate(0);
    segment.storage.write(new SegmentHeader(segment.base, salt).bytes(), 0);
    segment.storage.sync();
    segment.storedBytes = SegmentHeader.SIZE;
  }

  /** Begins a new file; it is there after a crash. */
  void roll(long base) throws IOException {
    Segment segment = Segment.open(disk, folder, base);
    try {
      writeHeader(segment);
      disk.syncFolder(folder);
    } catch (IOException e) {
      segment.close();
      throw e;
    }
    all.add(segment);
  }

  boolean full() {
    return all.getLast().storedBytes >= config.segmentBytes();
  }

  /** Deletes what need not be kept, but nothing that a follower has yet to read. */
  void dropOld() {
    long total = all.stream().mapToLong(each -> each.storedBytes).sum();
    while (all.size() > 1) {
      Segment oldest = all.getFirst();
      if (total <= config.keepBytes() && !old(oldest)) {
        return;
      }
      if (unread(all.get(1).base)) {
        if (!config.dropUnread()) {
          return;
        }
        droppedUnread.increment();
      }
      total -= oldest.storedBytes;
      all.removeFirst();
      try {
        disk.delete(oldest.file);
      } catch (IOException e) {
        log.warn("could not delete {}", oldest.file, e);
      }
    }
  }

  private boolean old(Segment segment) {
    try {
      // Against the last write, not against a clock: a journal at rest keeps what it has.
      return disk.changedAt(all.getLast().file) - disk.changedAt(segment.file)
          > config.keepFor().toMillis();
    } catch (IOException e) {
      return false;
    }
  }

  private boolean unread(long before) {
    return needed.stream().anyMatch(each -> each.getAsLong() < before);
  }

  void hold(LongSupplier position) {
    needed.add(position);
  }

  /** All followers have read what comes before this; 0 without followers. */
  long read() {
    return needed.stream().mapToLong(LongSupplier::getAsLong).min().orElse(0);
  }

  /** Files deleted although a follower had not read them. */
  long droppedUnread() {
    return droppedUnread.sum();
  }

  long salt() {
    return salt;
  }

  Segment first() {
    return all.getFirst();
  }

  Segment last() {
    return all.getLast();
  }

  /** The file in which {@code offset} is, or would be. */
  Segment of(long offset) {
    Segment found = all.getFirst();
    for (Segment each : all) {
      if (each.base <= offset) {
        found = each;
      }
    }
    return found;
  }

  @Nullable Segment after(Segment here) {
    for (Segment each : all) {
      if (each.base > here.base) {
        return each;
      }
    }
    return null;
  }

  List<Segment> all() {
    return List.copyOf(all);
  }

  void markSynced(long end) {
    try {
      SyncedMark.write(disk, folder, end);
    } catch (IOException e) {
      log.warn("could not note what was synced in {}", folder, e);
    }
  }

  void close() {
    for (Segment each : all) {
      try {
        each.close();
      } catch (UncheckedIOException e) {
        log.warn("could not close {}", each.file, e);
      }
    }
  }
}
