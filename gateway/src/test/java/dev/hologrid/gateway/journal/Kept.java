package dev.hologrid.gateway.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a test gave to a journal and what the journal said. */
final class Kept {
  static final Path FOLDER = Path.of("journal");

  final Map<Integer, byte[]> sent = new ConcurrentHashMap<>();
  final Map<Long, byte[]> acknowledged = new ConcurrentHashMap<>();
  final AtomicInteger failed = new AtomicInteger();
  final AtomicInteger answered = new AtomicInteger();
  private int next;

  static JournalConfig config(int segmentBytes) {
    return new JournalConfig(segmentBytes, 1L << 40, Duration.ofDays(999), 1 << 20, false);
  }

  /** A record that says its number; some look like a frame of the journal. */
  byte[] record(Random random) {
    int number = next++;
    ByteBuffer out = ByteBuffer.allocate(8 + random.nextInt(300));
    out.putInt(number).putInt(out.capacity());
    if (out.remaining() > 60 && random.nextInt(4) == 0) {
      new Frame(random.nextLong())
          .put(out, number + 1L, 0, "forged".getBytes(StandardCharsets.US_ASCII));
    }
    while (out.hasRemaining()) {
      out.put((byte) random.nextInt());
    }
    sent.put(number, out.array());
    return out.array();
  }

  void append(Journal journal, byte[] record) {
    journal.append(
        record,
        new Journal.Appended() {
          @Override
          public void stored(long offset) {
            acknowledged.put(offset, record);
            answered.incrementAndGet();
          }

          @Override
          public void failed(Throwable cause) {
            failed.incrementAndGet();
            answered.incrementAndGet();
          }
        });
  }

  void awaitAnswered(int count) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (answered.get() < count) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("answered " + answered + " of " + count);
      }
      Thread.onSpinWait();
    }
  }

  static Map<Long, byte[]> read(Journal journal) {
    Map<Long, byte[]> found = new TreeMap<>();
    try (Journal.Reader reader = journal.reader(0)) {
      while (reader.read(100, found::put) > 0) {
        // until the end
      }
    }
    return found;
  }
}
