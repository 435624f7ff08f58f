package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * One file of a journal; its name is the offset of its first record. Safe for use by many threads.
 */
final class Segment implements AutoCloseable {
  static final String SUFFIX = ".log";

  final Path file;
  final long base;
  final Disk.Storage storage;

  /** Where the stored (synced) frames end; readers go no further. */
  volatile long storedBytes;

  Segment(Path file, long base, Disk.Storage storage) {
    this.file = file;
    this.base = base;
    this.storage = storage;
  }

  static Segment open(Disk disk, Path folder, long base) throws IOException {
    Path file = folder.resolve(String.format("%020d%s", base, SUFFIX));
    return new Segment(file, base, disk.open(file));
  }

  static long baseOf(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
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
