package dev.hologrid.rules.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that grow without being copied: a snapshot may have many millions, and the engine stands
 * still while it is taken. Not for two threads.
 */
final class Chunks extends OutputStream {
  private static final int SIZE = 64 << 10;

  private final List<byte[]> full = new ArrayList<>();
  private byte[] last = new byte[SIZE];
  private int used;

  @Override
  public void write(int b) {
    if (used == SIZE) {
      next();
    }
    last[used++] = (byte) b;
  }

  @Override
  public void write(byte[] from, int at, int length) {
    int done = 0;
    while (done < length) {
      if (used == SIZE) {
        next();
      }
      int count = Math.min(length - done, SIZE - used);
      System.arraycopy(from, at + done, last, used, count);
      used += count;
      done += count;
    }
  }

  private void next() {
    full.add(last);
    last = new byte[SIZE];
    used = 0;
  }

  int size() {
    return Math.addExact(Math.multiplyExact(full.size(), SIZE), used);
  }

  void writeTo(OutputStream out) throws IOException {
    for (byte[] each : full) {
      out.write(each);
    }
    out.write(last, 0, used);
  }

  byte[] toByteArray() {
    byte[] all = new byte[size()];
    int at = 0;
    for (byte[] each : full) {
      System.arraycopy(each, 0, all, at, SIZE);
      at += SIZE;
    }
    System.arraycopy(last, 0, all, at, used);
    return all;
  }
}
