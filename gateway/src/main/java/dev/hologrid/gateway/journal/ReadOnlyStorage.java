package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is only read. */
final class ReadOnlyStorage implements Disk.Storage {
  private final FileChannel channel;

  ReadOnlyStorage(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return channel.read(into, position);
  }

  @Override
  public void write(ByteBuffer bytes, long position) {
    throw new UnsupportedOperationException("this file is only read");
  }

  @Override
  public void sync() {
    throw new UnsupportedOperationException("this file is only read");
  }

  @Override
  public void truncate(long size) {
    throw new UnsupportedOperationException("this file is only read");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
