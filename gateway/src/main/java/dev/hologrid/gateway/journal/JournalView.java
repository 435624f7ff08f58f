package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a journal's files without claiming, repairing or writing them, so also beside the server
 * that writes them. A record that is not whole yet, or never will be, is passed over.
 */
public final class JournalView {
  /** Bytes that are read on rather than halved again. */
  private static final long NEAR = 256 << 10;

  private final Path folder;

  public JournalView(Path folder) {
    this.folder = folder;
  }

  /** Is there a journal at all? */
  public boolean exists() {
    return Files.isDirectory(folder);
  }

  /** Takes records; says whether it wants more. */
  public interface Taker {
    boolean take(long offset, byte[] record) throws IOException;
  }

  /** When a record was received or written; does not go down along a journal. */
  public interface When {
    long of(long offset, byte[] record);
  }

  /**
   * Hands over what is stored now, in order.
   *
   * @return how many records were handed over
   * @throws IOException when the folder is no journal or cannot be read
   */
  public long read(Taker each) throws IOException {
    return read(Long.MIN_VALUE, (offset, record) -> 0, each);
  }

  /**
   * Hands over what is stored now, in order, from a little before {@code from} on: what is older is
   * found by halving and not read.
   *
   * @param from a moment as {@code when} tells it
   * @return how many records were handed over
   * @throws IOException when the folder is no journal or cannot be read
   */
  public long read(long from, When when, Taker each) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(Segment::named).sorted().toList();
    }
    long count = 0;
    for (Path file : files.subList(firstOf(files, from, when), files.size())) {
      try (Disk.Storage storage = open(file)) {
        SegmentHeader header = SegmentHeader.read(storage);
        if (header == null) {
          continue; // being made, or damaged: nothing of it can be told from chance
        }
        long end = storage.size();
        long begin = near(storage, header, end, from, when);
        SegmentScan scan = new SegmentScan(storage, header.salt(), begin, header.base());
        while (scan.next(end)) {
          count++;
          if (!each.take(scan.offset(), scan.record())) {
            return count;
          }
        }
      } catch (NoSuchFileException gone) {
        // deleted for its age meanwhile
      }
    }
    return count;
  }

  private static Disk.Storage open(Path file) throws IOException {
    return new Disk.ChannelStorage(FileChannel.open(file, StandardOpenOption.READ));
  }

  /** The last file that begins before the moment. */
  private static int firstOf(List<Path> files, long from, When when) throws IOException {
    for (int i = files.size() - 1; i > 0 && from > Long.MIN_VALUE; i--) {
      try (Disk.Storage storage = open(files.get(i))) {
        SegmentHeader header = SegmentHeader.read(storage);
        if (header != null
            && before(storage, header, SegmentHeader.SIZE, storage.size(), from, when)) {
          return i;
        }
      } catch (NoSuchFileException gone) {
        // deleted for its age meanwhile
      }
    }
    return 0;
  }

  /** A position before the first record that is not before the moment, and not far from it. */
  private static long near(
      Disk.Storage storage, SegmentHeader header, long end, long from, When when)
      throws IOException {
    long low = SegmentHeader.SIZE;
    long high = from == Long.MIN_VALUE ? low : end;
    while (high - low > NEAR) {
      long middle = (low + high) >>> 1;
      if (before(storage, header, middle, end, from, when)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Is the first record after a position older than the moment? */
  private static boolean before(
      Disk.Storage storage, SegmentHeader header, long position, long end, long from, When when)
      throws IOException {
    SegmentScan scan = new SegmentScan(storage, header.salt(), position, header.base());
    return scan.next(end) && when.of(scan.offset(), scan.record()) < from;
  }
}
