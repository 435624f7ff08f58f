package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The files of a journal, read without a lock and without writing: safe beside a server that
 * writes, whose last, not yet synced records may or may not be seen. What is damaged is told and
 * passed over. Not for two threads.
 */
public final class StoredJournal implements AutoCloseable {
  /**
   * One file.
   *
   * @param begin the offset of its first record
   * @param bytes its size now
   * @param changedAt epoch milliseconds of the last write
   */
  public record File(String name, long begin, long bytes, long changedAt) {}

  /**
   * What a walk over all files found.
   *
   * @param records good ones
   * @param begin the first offset kept
   * @param end the offset after the last good record
   * @param damages places that hold no readable record
   * @param tailBytes bytes after the last good record of the newest file: a record being written,
   *     or torn by a crash and never acknowledged
   */
  public record Walk(long records, long begin, long end, List<Damage> damages, long tailBytes) {
    public Walk {
      damages = List.copyOf(damages);
    }

    public boolean whole() {
      return damages.isEmpty();
    }
  }

  private final Path folder;
  private final List<Opened> files = new ArrayList<>();
  private final long salt;

  private record Opened(Path path, long base, long bytes, Disk.Storage storage) {
    String name() {
      return String.valueOf(path.getFileName());
    }
  }

  private StoredJournal(Path folder) throws IOException {
    this.folder = folder;
    List<Path> found;
    try (Stream<Path> all = Files.list(folder)) {
      found = all.filter(Segment::named).sorted().toList();
    }
    for (Path each : found) {
      Disk.Storage storage = new ReadOnlyStorage(each);
      files.add(new Opened(each, Segment.baseOf(each), storage.size(), storage));
    }
    this.salt = salt();
  }

  /**
   * Opens what is there now.
   *
   * @throws IOException when the folder is no journal, or no header of its files can be read
   */
  public static StoredJournal open(Path folder) throws IOException {
    return new StoredJournal(folder);
  }

  private long salt() throws IOException {
    for (Opened each : files) {
      SegmentHeader header = SegmentHeader.read(each.storage());
      if (header != null) {
        return header.salt();
      }
    }
    if (files.stream().anyMatch(each -> each.bytes() > SegmentHeader.SIZE)) {
      throw new IOException("no header of a segment in " + folder + " can be read");
    }
    return 0;
  }

  /** The files, oldest first. */
  public List<File> files() throws IOException {
    List<File> found = new ArrayList<>();
    for (Opened each : files) {
      found.add(
          new File(
              each.name(),
              each.base(),
              each.bytes(),
              Files.getLastModifiedTime(each.path()).toMillis()));
    }
    return found;
  }

  /** Hands every good record from an offset on to {@code each}, and every damage on the way. */
  public Walk read(long from, Journal.Visitor each, Consumer<Damage> damaged) throws IOException {
    long next = files.isEmpty() ? 0 : files.getFirst().base();
    long begin = next;
    long records = 0;
    long tail = 0;
    List<Damage> damages = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Opened file = files.get(i);
      boolean last = i == files.size() - 1;
      long until = last ? Long.MAX_VALUE : files.get(i + 1).base();
      if (!last && until <= from) {
        next = until;
        continue;
      }
      SegmentScan scan = new SegmentScan(file.storage(), salt, SegmentHeader.SIZE, file.base());
      while (scan.next(file.bytes())) {
        if (scan.offset() > next || scan.skippedBytes() > 0) {
          damages.add(new Damage(file.name(), scan.lastGoodEnd(), next, scan.offset() - 1));
          damaged.accept(damages.getLast());
        }
        next = scan.offset() + 1;
        records++;
        if (scan.offset() >= from) {
          each.accept(scan.offset(), scan.record());
        }
      }
      long rest = file.bytes() - Math.max(scan.position(), SegmentHeader.SIZE);
      if (last) {
        tail = Math.max(0, rest);
      } else if (until > next || rest > 0) {
        damages.add(new Damage(file.name(), scan.position(), next, until - 1));
        damaged.accept(damages.getLast());
        next = until;
      }
    }
    next = belowMark(next, damages, damaged);
    return new Walk(records, begin, next, damages, tail);
  }

  /** Records that were synced once and are not there any more. */
  private long belowMark(long next, List<Damage> damages, Consumer<Damage> damaged)
      throws IOException {
    long mark = SyncedMark.read(Disk.real(), folder);
    if (mark <= next || files.isEmpty()) {
      return next;
    }
    Opened last = files.getLast();
    damages.add(new Damage(last.name(), last.bytes(), next, mark - 1));
    damaged.accept(damages.getLast());
    return next;
  }

  @Override
  public void close() {
    for (Opened each : files) {
      try {
        each.storage().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
