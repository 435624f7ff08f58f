package dev.hologrid.gateway.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The form of one record on disk, big-endian: magic {@code 'HG'} (2), version (1), reserved 0 (1),
 * length of the record (4), CRC32C (4) over offset and record, offset (8), the record. Version 1.
 */
final class Frame {
  static final int HEADER = 20;
  static final int MAX_RECORD = 16 << 20;
  private static final short MAGIC = 0x4847;
  private static final byte VERSION = 1;

  private Frame() {}

  static int size(byte[] record) {
    return HEADER + record.length;
  }

  static void put(ByteBuffer into, long offset, byte[] record, CRC32C crc) {
    into.putShort(MAGIC);
    into.put(VERSION);
    into.put((byte) 0);
    into.putInt(record.length);
    int crcAt = into.position();
    into.putInt(0);
    into.putLong(offset);
    into.put(record);
    into.putInt(crcAt, crc(crc, offset, record, 0, record.length));
  }

  static int crc(CRC32C crc, long offset, byte[] record, int from, int length) {
    crc.reset();
    for (int shift = 56; shift >= 0; shift -= 8) {
      crc.update((int) (offset >>> shift) & 0xFF);
    }
    crc.update(record, from, length);
    return (int) crc.getValue();
  }

  /** Whether a header that could begin a frame stands at {@code at}; says nothing of the record. */
  static boolean plausible(ByteBuffer bytes, int at) {
    if (bytes.getShort(at) != MAGIC || bytes.get(at + 2) != VERSION || bytes.get(at + 3) != 0) {
      return false;
    }
    int length = bytes.getInt(at + 4);
    return length >= 0 && length <= MAX_RECORD && bytes.getLong(at + 12) >= 0;
  }

  static int length(ByteBuffer bytes, int at) {
    return bytes.getInt(at + 4);
  }

  static int storedCrc(ByteBuffer bytes, int at) {
    return bytes.getInt(at + 8);
  }

  static long offset(ByteBuffer bytes, int at) {
    return bytes.getLong(at + 12);
  }
}
