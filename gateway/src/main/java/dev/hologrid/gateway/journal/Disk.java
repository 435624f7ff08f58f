package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The few things a journal does to a disk, so that tests can lose what was not synced. */
interface Disk {
  /** Opens or creates a file for reading and appending. */
  Storage open(Path file) throws IOException;

  /** Makes the folder's entries durable. */
  void syncFolder(Path folder) throws IOException;

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
    return new Disk() {
      @Override
      public Storage open(Path file) throws IOException {
        return new ChannelStorage(
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE));
      }

      @Override
      public void syncFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
          throw new IOException(folder + " is not a folder");
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    };
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
