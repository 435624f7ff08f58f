package dev.hologrid.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A segment of 200 records is damaged at every byte. */
class DamageTest {
  private static final Path FILE = Kept.FOLDER.resolve(String.format("%020d.log", 0));
  private static Damaged damaged;

  @BeforeAll
  static void write() throws IOException {
    damaged = new Damaged(1);
  }

  private static Damaged.Found open(MemoryDisk disk) throws IOException {
    return Damaged.open(disk);
  }

  @Test
  void a_changed_byte_costs_at_most_its_record() throws IOException {
    int size = damaged.segment().length;
    for (int at = 0; at < size; at++) {
      for (int change : new int[] {0x01, 0x80, 0xFF}) {
        damaged.oneByte(at, change);
      }
    }
  }

  @Test
  void a_file_that_ends_early_costs_what_is_beyond() throws IOException {
    int size = damaged.segment().length;
    for (int at = SegmentHeader.SIZE; at < size; at++) {
      damaged.cut(at);
      damaged.zeros(at, size);
    }
  }

  @Test
  void a_lost_sector_costs_the_records_in_it() throws IOException {
    int size = damaged.segment().length;
    for (int at = SegmentHeader.SIZE; at < size; at += 37) {
      damaged.zeros(at, at + 512);
    }
  }

  @Test
  void a_block_that_is_there_twice_is_read_once() throws IOException {
    int size = damaged.segment().length;
    for (int at = SegmentHeader.SIZE; at + 400 < size; at += 61) {
      damaged.twice(at, 200);
    }
  }

  @Test
  void without_a_clean_stop_only_the_newest_batch_can_be_taken_for_a_torn_tail()
      throws IOException {
    MemoryDisk disk = damaged.disk.copy();
    disk.remove(Kept.FOLDER.resolve("synced"));
    byte[] whole = disk.bytes(FILE);
    for (int at = SegmentHeader.SIZE; at < whole.length; at += 5) {
      byte[] bytes = whole.clone();
      bytes[at] ^= 0x55;
      MemoryDisk one = disk.copy();
      one.replace(FILE, bytes);
      Damaged.Found found = open(one);
      found
          .records()
          .forEach(
              (offset, record) ->
                  assertThat(Arrays.equals(record, damaged.kept.acknowledged.get(offset)))
                      .isTrue());
      assertThat(found.end()).isGreaterThanOrEqualTo(Damaged.RECORDS - 4);
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
    Damaged.Found found = open(missing);
    long lost = Segment.baseOf(files.get(3)) - Segment.baseOf(files.get(2));
    assertThat(found.records()).hasSize((int) (60 - lost));
    assertThat(found.damages()).hasSize(1);
    MemoryDisk swapped = disk.copy();
    swapped.replace(files.get(1), disk.bytes(files.get(2)));
    swapped.replace(files.get(2), disk.bytes(files.get(1)));
    Damaged.Found after = open(swapped);
    after
        .records()
        .forEach(
            (offset, record) ->
                assertThat(Arrays.equals(record, kept.acknowledged.get(offset))).isTrue());
    assertThat(after.damages()).isNotEmpty();
    assertThat(after.end()).isEqualTo(60);
  }
}
