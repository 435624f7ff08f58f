package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One file of a journal; its name is the offset of its first record. Safe for use by many threads.
 */
final class Segment implements AutoCloseable {
  static final String SUFFIX = ".log";
  private static final long INDEX_EVERY = 64 << 10;

  final Path file;
  final long base;
  final Disk.Storage storage;

  /** Where the stored (synced) frames end; readers go no further. */
  volatile long storedBytes;

  // Sparse index: pairs of offset and position, of frames at least INDEX_EVERY bytes apart.
  private long[] index = new long[16];
  private int indexed;
  private volatile long indexedTo = SegmentHeader.SIZE;

  private Segment(Path file, long base, Disk.Storage storage) {
    this.file = file;
    this.base = base;
    this.storage = storage;
  }

  static Segment open(Disk disk, Path folder, long base) throws IOException {
    Path file = folder.resolve(String.format("%020d%s", base, SUFFIX));
    return new Segment(file, base, disk.open(file));
  }

  static boolean named(Path file) {
    return file.getFileName().toString().matches("\\d{20}\\.log");
  }

  static long baseOf(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  String fileName() {
    return String.valueOf(file.getFileName());
  }

  /** Notes where a frame begins, if none near it is noted yet. */
  void note(long offset, long position) {
    if (position < indexedTo) {
      return;
    }
    synchronized (this) {
      if (position < indexedTo) {
        return;
      }
      if (indexed * 2 == index.length) {
        index = Arrays.copyOf(index, index.length * 2);
      }
      index[indexed * 2] = offset;
      index[indexed * 2 + 1] = position;
      indexed++;
      indexedTo = position + INDEX_EVERY;
    }
  }

  /** A position from which the record of {@code offset} is reached by reading on. */
  synchronized long near(long offset) {
    int low = 0;
    int high = indexed - 1;
    long found = SegmentHeader.SIZE;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (index[middle * 2] <= offset) {
        found = index[middle * 2 + 1];
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return found;
  }

  @Override
  public void close() {
    try {
      storage.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
