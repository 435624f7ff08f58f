package dev.hologrid.simulator.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** The disk's limit: records appended in batches of 64 KiB, each batch forced, and nothing else. */
final class RawAppend {
  private static final int BATCH_BYTES = 64 << 10;
  private static final long FILE_BYTES = 256L << 20;

  private RawAppend() {}

  /** How many records a second. */
  static double measure(Path folder, int recordBytes, int seconds) throws IOException {
    Path file = folder.resolve("raw-append");
    ByteBuffer batch = ByteBuffer.allocateDirect(BATCH_BYTES);
    long forced = 0;
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
        batch.clear();
        if (channel.position() > FILE_BYTES) {
          channel.position(0);
        }
        while (batch.hasRemaining()) {
          channel.write(batch);
        }
        channel.force(false);
        forced += BATCH_BYTES / recordBytes;
      }
    } finally {
      Files.deleteIfExists(file);
    }
    return forced / ((System.nanoTime() - start) / 1e9);
  }
}
