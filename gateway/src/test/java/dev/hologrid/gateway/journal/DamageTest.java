package dev.hologrid.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A segment of 200 records is damaged at every byte. */
class DamageTest {
  private static final int RECORDS = 200;
  private static final Path FILE = Kept.FOLDER.resolve(String.format("%020d.log", 0));
  private static final MemoryDisk DISK = new MemoryDisk();
  private static final Kept KEPT = new Kept();

  @BeforeAll
  static void write() throws IOException {
    FileJournal journal = FileJournal.open("test", Kept.FOLDER, Kept.config(1 << 20), DISK);
    Random random = new Random(1);
    for (int i = 0; i < RECORDS; i++) {
      KEPT.append(journal, Arrays.copyOf(KEPT.record(random), 8 + random.nextInt(60)));
      if (i % 3 == 0) {
        KEPT.awaitAnswered(i + 1);
      }
    }
    KEPT.awaitAnswered(RECORDS);
    journal.close();
  }

  /** What can be read, and what is reported as lost. */
  private record Found(Map<Long, byte[]> records, List<Damage> damages, long end) {}

  private static Found open(MemoryDisk disk) throws IOException {
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
      assertThat(reader.position()).isEqualTo(recovery.end());
    }
    return new Found(records, damages, recovery.end());
  }

  private static Found damaged(UnaryOperator<byte[]> how) throws IOException {
    MemoryDisk disk = DISK.copy();
    disk.replace(FILE, how.apply(disk.bytes(FILE)));
    return open(disk);
  }

  /** Nothing invented, and each record is either there or reported. */
  private static void check(Found found, String what) {
    Set<Long> missing = new TreeSet<>();
    for (long offset = 0; offset < found.end(); offset++) {
      missing.add(offset);
    }
    found
        .records()
        .forEach(
            (offset, record) -> {
              missing.remove(offset);
              assertThat(Arrays.equals(record, KEPT.acknowledged.get(offset)))
                  .as("%s: record %s", what, offset)
                  .isTrue();
            });
    Set<Long> reported = new TreeSet<>();
    for (Damage each : found.damages()) {
      for (long offset = each.firstLost(); offset <= each.lastLost(); offset++) {
        reported.add(offset);
      }
    }
    assertThat(reported).as(what).isEqualTo(missing);
    assertThat(found.end()).as(what).isEqualTo(RECORDS);
  }

  @Test
  void a_changed_byte_costs_at_most_its_record() throws IOException {
    int size = DISK.bytes(FILE).length;
    for (int at = 0; at < size; at++) {
      for (int change : new int[] {0x01, 0x80, 0xFF}) {
        int position = at;
        Found found =
            damaged(
                bytes -> {
                  bytes[position] ^= (byte) change;
                  return bytes;
                });
        check(found, "byte " + at + " ^ " + change);
        assertThat(found.records().size()).isGreaterThanOrEqualTo(RECORDS - 1);
      }
    }
  }

  @Test
  void a_file_that_ends_early_costs_what_is_beyond() throws IOException {
    int size = DISK.bytes(FILE).length;
    for (int at = SegmentHeader.SIZE; at < size; at++) {
      int length = at;
      check(damaged(bytes -> Arrays.copyOf(bytes, length)), "cut at " + at);
      check(
          damaged(
              bytes -> {
                Arrays.fill(bytes, length, bytes.length, (byte) 0);
                return bytes;
              }),
          "zeros from " + at);
    }
  }

  @Test
  void a_lost_sector_costs_the_records_in_it() throws IOException {
    int size = DISK.bytes(FILE).length;
    for (int at = SegmentHeader.SIZE; at < size; at += 37) {
      int from = at;
      Found found =
          damaged(
              bytes -> {
                Arrays.fill(bytes, from, Math.min(bytes.length, from + 512), (byte) 0);
                return bytes;
              });
      check(found, "sector at " + at);
    }
  }

  @Test
  void a_block_that_is_there_twice_is_read_once() throws IOException {
    int size = DISK.bytes(FILE).length;
    for (int at = SegmentHeader.SIZE; at + 400 < size; at += 61) {
      int from = at;
      Found found =
          damaged(
              bytes -> {
                System.arraycopy(bytes, from, bytes, from + 200, 200);
                return bytes;
              });
      check(found, "block at " + at);
    }
  }

  @Test
  void without_a_clean_stop_only_the_newest_batch_can_be_taken_for_a_torn_tail()
      throws IOException {
    MemoryDisk disk = DISK.copy();
    disk.remove(Kept.FOLDER.resolve("synced"));
    byte[] whole = disk.bytes(FILE);
    for (int at = SegmentHeader.SIZE; at < whole.length; at += 5) {
      byte[] bytes = whole.clone();
      bytes[at] ^= 0x55;
      MemoryDisk one = disk.copy();
      one.replace(FILE, bytes);
      Found found = open(one);
      found
          .records()
          .forEach(
              (offset, record) ->
                  assertThat(Arrays.equals(record, KEPT.acknowledged.get(offset))).isTrue());
      assertThat(found.end()).isGreaterThanOrEqualTo(RECORDS - 4);
    }
  }

  @Test
  void swapped_and_missing_segments_are_reported() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    FileJournal journal = FileJournal.open("test", Kept.FOLDER, Kept.config(1_000), disk);
    Kept kept = new Kept();
    Random random = new Random(2);
    for (int i = 0; i < 60; i++) {
      kept.append(journal, kept.record(random));
      kept.awaitAnswered(i + 1);
    }
    journal.close();
    List<Path> files = disk.list(Kept.FOLDER).stream().filter(Segment::named).sorted().toList();
    assertThat(files.size()).isGreaterThan(5);
    MemoryDisk missing = disk.copy();
    missing.remove(files.get(2));
    Found found = open(missing);
    long lost = Segment.baseOf(files.get(3)) - Segment.baseOf(files.get(2));
    assertThat(found.records()).hasSize((int) (60 - lost));
    assertThat(found.damages()).hasSize(1);
    MemoryDisk swapped = disk.copy();
    swapped.replace(files.get(1), disk.bytes(files.get(2)));
    swapped.replace(files.get(2), disk.bytes(files.get(1)));
    Found after = open(swapped);
    after
        .records()
        .forEach(
            (offset, record) ->
                assertThat(Arrays.equals(record, kept.acknowledged.get(offset))).isTrue());
    assertThat(after.damages()).isNotEmpty();
    assertThat(after.end()).isEqualTo(60);
  }
}
