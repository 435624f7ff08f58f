package dev.hologrid.gateway.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The form of one record on disk, big-endian: magic {@code 'HG'} (2), version (1), reserved 0 (1),
 * length of the record (4), CRC32C (4) over salt, offset, place in its batch and record, place in
 * its batch (4), offset (8), the record. Version 1.
 *
 * <p>The salt is a random number of the journal that never leaves it, so that nobody can send a
 * payload that would pass for a frame. The place in the batch says what was synced before: all
 * records before a batch were on disk before the batch was written. Not for two threads.
 */
final class Frame {
  static final int HEADER = 24;
  static final int MAX_RECORD = 16 << 20;
  private static final short MAGIC = 0x4847;
  private static final byte VERSION = 1;

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer prefix = ByteBuffer.allocate(20);

  Frame(long salt) {
    prefix.putLong(0, salt);
  }

  static int size(byte[] record) {
    return HEADER + record.length;
  }

  void put(ByteBuffer into, long offset, int inBatch, byte[] record) {
    into.putShort(MAGIC).put(VERSION).put((byte) 0);
    into.putInt(record.length);
    into.putInt(crc(offset, inBatch, record, 0, record.length));
    into.putInt(inBatch);
    into.putLong(offset);
    into.put(record);
  }

  private int crc(long offset, int inBatch, byte[] bytes, int from, int length) {
    prefix.putLong(8, offset).putInt(16, inBatch);
    crc.reset();
    crc.update(prefix.array(), 0, 20);
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /** Whether a whole frame that stands at {@code at} is right; {@code array} holds the bytes. */
  boolean right(ByteBuffer bytes, byte[] array, int at) {
    int length = length(bytes, at);
    int found = crc(offset(bytes, at), inBatch(bytes, at), array, at + HEADER, length);
    return found == bytes.getInt(at + 8);
  }

  /** Whether a header that could begin a frame stands at {@code at}; says nothing of the record. */
  static boolean plausible(ByteBuffer bytes, int at) {
    if (bytes.getShort(at) != MAGIC || bytes.get(at + 2) != VERSION || bytes.get(at + 3) != 0) {
      return false;
    }
    int length = length(bytes, at);
    return length >= 0
        && length <= MAX_RECORD
        && inBatch(bytes, at) >= 0
        && offset(bytes, at) >= inBatch(bytes, at);
  }

  static int length(ByteBuffer bytes, int at) {
    return bytes.getInt(at + 4);
  }

  static int inBatch(ByteBuffer bytes, int at) {
    return bytes.getInt(at + 12);
  }

  static long offset(ByteBuffer bytes, int at) {
    return bytes.getLong(at + 16);
  }
}
