package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A disk that forgets what was not synced: at a crash, of each file a random subset of the 512-byte
 * sectors written since the last sync remains, and files whose folder was not synced may be gone.
 */
final class MemoryDisk implements Disk {
  static final int SECTOR = 512;

  /** What goes wrong; asked before each write, sync and truncation. */
  interface Fault {
    void before(String operation) throws IOException;
  }

  private static final class File {
    byte[] bytes = new byte[0];
    byte[] durable = new byte[0];

    File copy() {
      File other = new File();
      other.bytes = bytes.clone();
      other.durable = durable.clone();
      return other;
    }
  }

  private final Map<Path, File> files = new HashMap<>();
  private final Set<Path> durableNames = new HashSet<>();
  private volatile Fault fault = operation -> {};

  void fault(Fault next) {
    fault = next;
  }

  /** What a machine finds that loses power now. */
  synchronized MemoryDisk crash(Random random) {
    MemoryDisk after = new MemoryDisk();
    files.forEach(
        (path, file) -> {
          if (durableNames.contains(path) || random.nextBoolean()) {
            File left = new File();
            left.bytes = left(file, random);
            left.durable = left.bytes.clone();
            after.files.put(path, left);
            after.durableNames.add(path);
          }
        });
    return after;
  }

  private static byte[] left(File file, Random random) {
    int low = Math.min(file.durable.length, file.bytes.length);
    int high = Math.max(file.durable.length, file.bytes.length);
    int size = low + (high == low ? 0 : random.nextInt(high - low + 1));
    byte[] left = Arrays.copyOf(file.durable, size);
    for (int at = 0; at < size; at += SECTOR) {
      int to = Math.min(at + SECTOR, size);
      boolean written = at < file.bytes.length;
      if (written && random.nextBoolean()) {
        int end = Math.min(to, file.bytes.length);
        System.arraycopy(file.bytes, at, left, at, end - at);
      }
    }
    return left;
  }

  /** The same disk again, to be damaged. */
  synchronized MemoryDisk copy() {
    MemoryDisk other = new MemoryDisk();
    files.forEach((path, file) -> other.files.put(path, file.copy()));
    other.durableNames.addAll(durableNames);
    return other;
  }

  synchronized byte[] bytes(Path path) {
    return files.get(path).bytes.clone();
  }

  synchronized void replace(Path path, byte[] bytes) {
    File file = files.computeIfAbsent(path, fresh -> new File());
    file.bytes = bytes.clone();
    file.durable = bytes.clone();
    durableNames.add(path);
  }

  synchronized void remove(Path path) {
    files.remove(path);
  }

  @Override
  public AutoCloseable claim(Path folder) {
    return () -> {};
  }

  @Override
  public synchronized List<Path> list(Path folder) {
    return new ArrayList<>(files.keySet());
  }

  @Override
  public synchronized Storage open(Path path) {
    return new Open(files.computeIfAbsent(path, fresh -> new File()));
  }

  @Override
  public synchronized void syncFolder(Path folder) throws IOException {
    fault.before("syncFolder");
    durableNames.addAll(files.keySet());
  }

  @Override
  public synchronized void delete(Path file) {
    files.remove(file);
    durableNames.remove(file);
  }

  @Override
  public long changedAt(Path file) {
    return System.currentTimeMillis();
  }

  @Override
  public synchronized byte[] readSmall(Path file) {
    return files.containsKey(file) ? files.get(file).bytes.clone() : new byte[0];
  }

  @Override
  public synchronized void writeSmall(Path file, byte[] bytes) throws IOException {
    fault.before("writeSmall");
    files.computeIfAbsent(file, fresh -> new File()).bytes = bytes.clone();
  }

  private final class Open implements Storage {
    private final File file;

    Open(File file) {
      this.file = file;
    }

    @Override
    public long size() {
      synchronized (MemoryDisk.this) {
        return file.bytes.length;
      }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      synchronized (MemoryDisk.this) {
        int at = (int) position;
        byte[] data = new byte[from.remaining()];
        from.get(data);
        if (file.bytes.length < at + data.length) {
          file.bytes = Arrays.copyOf(file.bytes, at + data.length);
        }
        try {
          fault.before("write");
        } catch (IOException e) {
          // A write that fails may have been done in part.
          System.arraycopy(data, 0, file.bytes, at, data.length / 2);
          throw e;
        }
        System.arraycopy(data, 0, file.bytes, at, data.length);
      }
    }

    @Override
    public int read(ByteBuffer into, long position) {
      synchronized (MemoryDisk.this) {
        if (position >= file.bytes.length) {
          return -1;
        }
        int count = (int) Math.min(into.remaining(), file.bytes.length - position);
        into.put(file.bytes, (int) position, count);
        return count;
      }
    }

    @Override
    public void sync() throws IOException {
      synchronized (MemoryDisk.this) {
        fault.before("sync");
        file.durable = file.bytes.clone();
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (MemoryDisk.this) {
        fault.before("truncate");
        if (size < file.bytes.length) {
          file.bytes = Arrays.copyOf(file.bytes, (int) size);
        }
      }
    }

    @Override
    public void close() {}
  }
}
