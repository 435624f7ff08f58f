package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A segment of 200 records, damaged in every way at every byte. As a command: {@code Damaged STEP
 * SEED} does it at every so many bytes and prints one line of JSON, for the fault campaigns.
 */
final class Damaged {
  static final int RECORDS = 200;
  private static final Path FILE = Kept.FOLDER.resolve(String.format("%020d.log", 0));

  final MemoryDisk disk = new MemoryDisk();
  final Kept kept = new Kept();

  Damaged(long seed) throws IOException {
    FileJournal journal = FileJournal.open("test", Kept.FOLDER, Kept.config(1 << 20), disk);
    Random random = new Random(seed);
    for (int i = 0; i < RECORDS; i++) {
      kept.append(journal, Arrays.copyOf(kept.record(random), 8 + random.nextInt(60)));
      if (i % 3 == 0) {
        kept.awaitAnswered(i + 1);
      }
    }
    kept.awaitAnswered(RECORDS);
    journal.close();
  }

  /** What can be read, and what is reported as lost. */
  record Found(Map<Long, byte[]> records, List<Damage> damages, long end) {}

  static Found open(MemoryDisk disk) throws IOException {
    Segments segments = new Segments(Kept.FOLDER, Kept.config(1 << 20), disk);
    Recovery recovery = segments.open();
    List<Damage> damages = new ArrayList<>(recovery.damages());
    Map<Long, byte[]> records = new TreeMap<>();
    try (JournalReader reader =
        new JournalReader(
            segments,
            recovery::end,
            0,
            each -> {
              if (!damages.contains(each)) {
                damages.add(each);
              }
            })) {
      while (reader.read(1000, records::put) > 0) {
        // until the end
      }
      require(reader.position() == recovery.end(), "the reader stops before the end");
    }
    return new Found(records, damages, recovery.end());
  }

  byte[] segment() {
    return disk.bytes(FILE).clone();
  }

  Found changed(UnaryOperator<byte[]> how) throws IOException {
    MemoryDisk one = disk.copy();
    one.replace(FILE, how.apply(one.bytes(FILE)));
    return open(one);
  }

  /** Nothing invented, and each record is either there or reported. */
  void check(Found found, String what) {
    Set<Long> missing = new TreeSet<>();
    for (long offset = 0; offset < found.end(); offset++) {
      missing.add(offset);
    }
    found
        .records()
        .forEach(
            (offset, record) -> {
              missing.remove(offset);
              require(
                  Arrays.equals(record, kept.acknowledged.get(offset)),
                  what + ": invented record " + offset);
            });
    Set<Long> reported = new TreeSet<>();
    for (Damage each : found.damages()) {
      for (long offset = each.firstLost(); offset <= each.lastLost(); offset++) {
        reported.add(offset);
      }
    }
    require(reported.equals(missing), what + ": lost " + missing + ", but reported " + reported);
    require(found.end() == RECORDS, what + ": ends at " + found.end());
  }

  /** One byte changed costs at most its record. */
  void oneByte(int at, int change) throws IOException {
    Found found =
        changed(
            bytes -> {
              bytes[at] ^= (byte) change;
              return bytes;
            });
    check(found, "byte " + at + " ^ " + change);
    require(found.records().size() >= RECORDS - 1, "byte " + at + " lost more than its record");
  }

  void cut(int length) throws IOException {
    check(changed(bytes -> Arrays.copyOf(bytes, length)), "cut at " + length);
  }

  void zeros(int from, int to) throws IOException {
    Found found =
        changed(
            bytes -> {
              Arrays.fill(bytes, from, Math.min(bytes.length, to), (byte) 0);
              return bytes;
            });
    check(found, "zeros from " + from + " to " + to);
  }

  void twice(int from, int count) throws IOException {
    Found found =
        changed(
            bytes -> {
              System.arraycopy(bytes, from, bytes, from + count, count);
              return bytes;
            });
    check(found, "block at " + from);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  public static void main(String[] args) throws IOException {
    Damaged damaged = new Damaged(Long.parseLong(args[1]));
    int size = damaged.segment().length;
    Rehearsal rehearsal = new Rehearsal();
    int step = Integer.parseInt(args[0]);
    for (int at = 0; at < size; at += step) {
      int here = at;
      for (int change : new int[] {0x01, 0x80, 0xFF}) {
        rehearsal.round(() -> damaged.oneByte(here, change));
      }
      if (at >= SegmentHeader.SIZE) {
        rehearsal.round(() -> damaged.cut(here));
        rehearsal.round(() -> damaged.zeros(here, size));
        rehearsal.round(() -> damaged.zeros(here, here + 512));
        if (at + 400 < size) {
          rehearsal.round(() -> damaged.twice(here, 200));
        }
      }
    }
    System.out.println(rehearsal.json());
  }
}
