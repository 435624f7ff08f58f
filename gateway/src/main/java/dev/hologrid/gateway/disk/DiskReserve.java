package dev.hologrid.gateway.disk;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that only takes up space. When the disk is full it is deleted, so that what is under way
 * can be finished: alerts of readings that are stored, transactions of incidents, places of
 * followers. Nothing new is taken in meanwhile, or it would be used up at once. It is put by again
 * as soon as there is space. Safe for use by many threads.
 */
public final class DiskReserve implements Component {
  private static final Logger log = LoggerFactory.getLogger(DiskReserve.class);
  private static final int CHUNK = 1 << 20;
  private static final long NEARLY_FULL = 4L << 20;
  private static final long LEAST_BESIDE = 16L << 20;
  private static final long LOOK_NANOS = 500_000_000L;
  private static final long GENTLE_NANOS = 5_000_000L;

  private enum State {
    /** Not put by, and there is space all the same. */
    MISSING,
    HELD,
    /** Given back: what is under way comes first. */
    RELEASED
  }

  private final Path file;
  private final long size;
  private final Thread keeper;
  private volatile State state = State.MISSING;
  private volatile String trouble = "";
  private volatile boolean closing;

  /**
   * No I/O yet.
   *
   * @param folder on the disk that is meant, the data folder
   * @param size in bytes; 0: none
   */
  public DiskReserve(Path folder, long size) {
    this.file = folder.resolve("reserve");
    this.size = size;
    this.keeper = Thread.ofPlatform().name("disk-reserve").daemon().unstarted(this::keep);
  }

  /** For whoever has a disk without a reserve. */
  public static DiskReserve none() {
    return new DiskReserve(Path.of("."), 0);
  }

  /** Begins to put it by, in the background, where an earlier life has not left it. */
  public DiskReserve start() {
    if (size > 0) {
      try {
        if (Files.exists(file) && Files.size(file) == size) {
          state = State.HELD;
        }
      } catch (IOException e) {
        trouble = e.toString();
      }
      keeper.start();
    }
    return this;
  }

  private void keep() {
    while (!closing) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      try {
        look(usable());
      } catch (IOException e) {
        trouble = e.toString();
      }
    }
  }

  private void look(long free) throws IOException {
    switch (state) {
      case HELD -> {
        if (free < NEARLY_FULL) {
          release();
        }
      }
      case MISSING, RELEASED -> {
        if (free >= size + beside()) {
          putBy();
        } else if (free < size) {
          state = State.RELEASED; // what is left is what the reserve would be
        } else {
          trouble =
              "only %d MiB are free, and it needs %d"
                  .formatted(free >> 20, (size + beside()) >> 20);
        }
      }
    }
  }

  /** What must be free beside it, so that it is not given back at once. */
  private long beside() {
    return Math.max(LEAST_BESIDE, size / 4);
  }

  private long usable() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return Files.getFileStore(folder == null ? file : folder).getUsableSpace();
  }

  private void putBy() throws IOException {
    byte[] bytes = new byte[CHUNK]; // random, since some file systems keep no zeros
    SplittableRandom random = new SplittableRandom(size);
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (long left = size; left > 0; left -= CHUNK) {
        if (closing) {
          return;
        }
        random.nextBytes(bytes);
        ByteBuffer chunk = ByteBuffer.wrap(bytes, 0, (int) Math.min(CHUNK, left));
        while (chunk.hasRemaining()) {
          out.write(chunk);
        }
        LockSupport.parkNanos(this, GENTLE_NANOS);
      }
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    if (state == State.RELEASED) {
      log.info("there is space on the disk again; the reserve is put by");
    }
    trouble = "";
    state = State.HELD;
  }

  /** The disk has refused something: gives the reserve back, if there still is one. */
  public synchronized void release() {
    if (state != State.HELD) {
      return;
    }
    state = State.RELEASED;
    try {
      Files.deleteIfExists(file);
      log.error("the disk is full: {} MiB are given back to finish what is under way", size >> 20);
    } catch (IOException e) {
      trouble = e.toString();
    }
  }

  /** Whether new data has to wait, since what is left is for what is under way. */
  public boolean released() {
    return state == State.RELEASED;
  }

  /** Bytes put by just now. */
  public long held() {
    return state == State.HELD ? size : 0;
  }

  @Override
  public String name() {
    return "disk-reserve";
  }

  @Override
  public Check check() {
    if (size == 0) {
      return Check.ok();
    }
    String wanted = ((size + beside()) >> 20) + " MiB are free";
    return switch (state) {
      case HELD -> Check.ok();
      case RELEASED ->
          Check.degraded(
              "the disk is full: the reserve of "
                  + (size >> 20)
                  + " MiB is given back to finish what is under way, and nothing new is taken"
                  + " before "
                  + wanted);
      case MISSING ->
          trouble.isEmpty()
              ? Check.ok() // on its way
              : Check.degraded("no reserve on the disk: " + trouble);
    };
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(keeper);
    try {
      if (keeper.isAlive()) {
        keeper.join(10_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
