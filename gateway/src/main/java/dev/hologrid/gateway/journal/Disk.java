package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The few things a journal does to a disk, so that tests can lose what was not synced. */
interface Disk {
  /** Makes the folder if there is none, and keeps other processes out of it until closed. */
  AutoCloseable claim(Path folder) throws IOException;

  List<Path> list(Path folder) throws IOException;

  /** Opens or creates a file for reading and writing. */
  Storage open(Path file) throws IOException;

  /** Makes the folder's entries durable. */
  void syncFolder(Path folder) throws IOException;

  void delete(Path file) throws IOException;

  /** Epoch milliseconds of the last write. */
  long changedAt(Path file) throws IOException;

  /** A file of a few bytes; none when it does not exist. */
  byte[] readSmall(Path file) throws IOException;

  /** Replaces a file of a few bytes as a whole; not synced. */
  void writeSmall(Path file, byte[] bytes) throws IOException;

  /** One open file. */
  interface Storage extends AutoCloseable {
    long size() throws IOException;

    /** Writes all of {@code bytes} at {@code position}. */
    void write(ByteBuffer bytes, long position) throws IOException;

    /** Reads at most what fits; -1 at the end. */
    int read(ByteBuffer into, long position) throws IOException;

    /** Makes what was written durable; after an exception nothing may be assumed. */
    void sync() throws IOException;

    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** The real one. */
  static Disk real() {
    return new Real();
  }

  /** Files as they are. */
  final class Real implements Disk {
    private static final String LOCK = "lock";

    @Override
    public AutoCloseable claim(Path folder) throws IOException {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          byte[] pid =
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
          channel.truncate(0);
          channel.write(ByteBuffer.wrap(pid), 0);
          return channel;
        }
      } catch (OverlappingFileLockException e) {
        // said below
      }
      channel.close();
      throw new IOException(
          folder + " is in use by process " + Files.readString(folder.resolve(LOCK)));
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        return files.toList();
      }
    }

    @Override
    public Storage open(Path file) throws IOException {
      return new ChannelStorage(
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }

    @Override
    public void delete(Path file) throws IOException {
      Files.deleteIfExists(file);
    }

    @Override
    public long changedAt(Path file) throws IOException {
      return Files.getLastModifiedTime(file).toMillis();
    }

    @Override
    public byte[] readSmall(Path file) throws IOException {
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    @Override
    public void writeSmall(Path file, byte[] bytes) throws IOException {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.write(fresh, bytes);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A file channel as storage. */
  record ChannelStorage(FileChannel channel) implements Storage {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      long at = position;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return channel.read(into, position);
    }

    @Override
    public void sync() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
