package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks the frames of one segment. A frame counts only when magic, version, length, offset order
 * and CRC32C are right; where one is not, the walk looks for the next that is, byte by byte, and
 * tells how many bytes it passed over. Not for two threads.
 */
final class SegmentScan {
  private static final int WINDOW = 256 << 10;

  private final Disk.Storage storage;
  private final Frame frame;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowAt;
  private long position;
  private long skippedBytes;
  private long offset = -1;
  private long batchBegin;
  private long expected;
  private long lastGoodEnd;
  private byte @Nullable [] record;

  /** From a position at which no frame with an offset below {@code expected} is wanted. */
  SegmentScan(Disk.Storage storage, long salt, long position, long expected) {
    this.storage = storage;
    this.frame = new Frame(salt);
    this.position = position;
    this.expected = expected;
  }

  /**
   * Moves to the next good frame whose offset is larger than the one before and which ends at or
   * before {@code end} (a file position). What lies before {@code end} must not change any more.
   *
   * @return false when there is none; then {@link #position()} is where the last good one ended
   */
  boolean next(long end) throws IOException {
    skippedBytes = 0;
    lastGoodEnd = position;
    long at = position;
    while (at + Frame.HEADER <= end) {
      if (frameAt(at, end)) {
        skippedBytes = at - position;
        position = at + Frame.HEADER + (record == null ? 0 : record.length);
        return true;
      }
      at++;
    }
    record = null;
    return false;
  }

  private boolean frameAt(long at, long end) throws IOException {
    if (!load(at, Frame.HEADER, end)) {
      return false;
    }
    int in = (int) (at - windowAt);
    if (!Frame.plausible(window, in)) {
      return false;
    }
    int length = Frame.length(window, in);
    if (at + Frame.HEADER + length > end || Frame.offset(window, in) < expected) {
      return false;
    }
    if (!load(at, Frame.HEADER + length, end)) {
      return false;
    }
    in = (int) (at - windowAt);
    if (!frame.right(window, window.array(), in)) {
      return false;
    }
    offset = Frame.offset(window, in);
    batchBegin = offset - Frame.inBatch(window, in);
    expected = offset + 1;
    int body = in + Frame.HEADER;
    record = Arrays.copyOfRange(window.array(), body, body + length);
    return true;
  }

  /** Has {@code count} bytes from {@code at} in the window, if the file holds them. */
  private boolean load(long at, int count, long end) throws IOException {
    if (at >= windowAt && at + count <= windowAt + window.limit()) {
      return true;
    }
    int wanted = (int) Math.max(count, Math.min(WINDOW, end - at));
    if (wanted > window.capacity()) {
      window = ByteBuffer.allocate(wanted);
    }
    window.clear().limit((int) Math.min(window.capacity(), end - at));
    windowAt = at;
    while (window.hasRemaining()) {
      if (storage.read(window, windowAt + window.position()) < 0) {
        break;
      }
    }
    window.flip();
    return window.limit() >= count;
  }

  long offset() {
    return offset;
  }

  /** The offset of the first record of its batch: all before it were synced before. */
  long batchBegin() {
    return batchBegin;
  }

  byte[] record() {
    byte[] found = record;
    if (found == null) {
      throw new IllegalStateException("no record: next() was false or not called");
    }
    return found;
  }

  /** Bytes between the frame before and this one that are no frame: damage. */
  long skippedBytes() {
    return skippedBytes;
  }

  /** Where the frame before this one ended: damage, if any, begins here. */
  long lastGoodEnd() {
    return lastGoodEnd;
  }

  /** Where the last good frame ended. */
  long position() {
    return position;
  }
}
