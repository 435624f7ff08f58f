package dev.hologrid.simulator.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A ledger, read back: per device its messages by event time. Statuses are left out. */
final class Book {
  /** One message as its sender noted it. */
  static final class Entry {
    final String device;
    final long seq;
    final long time;
    final String hash;
    boolean acked;
    boolean stored;

    Entry(String device, long seq, long time, String hash) {
      this.device = device;
      this.seq = seq;
      this.time = time;
      this.hash = hash;
    }

    @Override
    public String toString() {
      return device + " seq " + seq + " time " + time;
    }
  }

  private final Map<String, Map<Long, Entry>> byTime = new HashMap<>();
  private final Map<String, Map<Long, Entry>> bySeq = new HashMap<>();
  private long sent;
  private long acked;

  static Book read(Path ledger) throws IOException {
    Book book = new Book();
    Lines.each(
        ledger,
        line -> {
          String device = line.path("sent").asText(line.path("acked").asText());
          Map<Long, Entry> mine = book.bySeq.computeIfAbsent(device, any -> new HashMap<>());
          long seq = line.path("seq").asLong();
          if (line.has("acked")) {
            book.acked(mine.get(seq));
          } else if (line.has("time")) {
            long time = line.path("time").asLong();
            Entry entry = new Entry(device, seq, time, line.path("hash").asText());
            mine.put(seq, entry);
            book.byTime.computeIfAbsent(device, any -> new HashMap<>()).put(time, entry);
            book.sent++;
          }
        });
    return book;
  }

  private void acked(@Nullable Entry entry) {
    if (entry != null && !entry.acked) {
      entry.acked = true;
      acked++;
    }
  }

  boolean knows(String device) {
    return bySeq.containsKey(device);
  }

  @Nullable Entry at(String device, long time) {
    return byTime.getOrDefault(device, Map.of()).get(time);
  }

  @Nullable Entry numbered(String device, long seq) {
    return bySeq.getOrDefault(device, Map.of()).get(seq);
  }

  Stream<Entry> entries() {
    return bySeq.values().stream().flatMap(each -> each.values().stream());
  }

  long sent() {
    return sent;
  }

  long acked() {
    return acked;
  }
}
