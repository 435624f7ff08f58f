package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a segment begins with, twice over so that one bad sector byte does not lose it: magic (4),
 * version (1), zeros (3), the first offset (8), the journal's salt (8), CRC32C of these (4), zeros
 * (4).
 */
record SegmentHeader(long base, long salt) {
  static final int SIZE = 64;
  private static final int COPY = 32;
  private static final int MAGIC = 0x4847534A;
  private static final int VERSION = 1;

  ByteBuffer bytes() {
    ByteBuffer out = ByteBuffer.allocate(SIZE);
    for (int at = 0; at < SIZE; at += COPY) {
      out.putInt(at, MAGIC)
          .put(at + 4, (byte) VERSION)
          .putLong(at + 8, base)
          .putLong(at + 16, salt);
      out.putInt(at + 24, crc(out, at));
    }
    return out;
  }

  /** Null when there is none, or neither copy is whole. */
  static @Nullable SegmentHeader read(Disk.Storage storage) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(SIZE);
    while (in.hasRemaining() && storage.read(in, in.position()) >= 0) {
      // until full or at the end of the file
    }
    for (int at = 0; at + COPY <= in.position(); at += COPY) {
      if (in.getInt(at) == MAGIC && in.getInt(at + 24) == crc(in, at)) {
        if (in.get(at + 4) != VERSION) {
          throw new IOException("a newer version of this program has written this journal");
        }
        return new SegmentHeader(in.getLong(at + 8), in.getLong(at + 16));
      }
    }
    return null;
  }

  private static int crc(ByteBuffer bytes, int at) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(at, 24));
    return (int) crc.getValue();
  }
}
