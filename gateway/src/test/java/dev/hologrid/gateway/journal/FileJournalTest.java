package dev.hologrid.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
  @TempDir Path folder;
  private final Kept kept = new Kept();
  private final Random random = new Random(7);

  private void append(Journal journal, int count) {
    int before = kept.answered.get();
    for (int i = 0; i < count; i++) {
      kept.append(journal, kept.record(random));
    }
    kept.awaitAnswered(before + count);
  }

  @Test
  void a_second_process_is_told_who_uses_the_folder() throws Exception {
    try (FileJournal open = FileJournal.open("one", folder, JournalConfig.defaults())) {
      assertThatThrownBy(() -> FileJournal.open("two", folder, JournalConfig.defaults()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
      assertThat(open.check().word()).isEqualTo("ok");
    }
    FileJournal.open("three", folder, JournalConfig.defaults()).close();
  }

  @Test
  void a_reader_begins_in_the_middle_and_follows_the_end() throws Exception {
    try (FileJournal journal = FileJournal.open("test", folder, Kept.config(1 << 12))) {
      for (int group = 0; group < 30; group++) {
        append(journal, 100); // each waits, so that no single group commit takes all
      }
      // A file is full after each group, and takes at most that group more.
      assertThat(journal.files()).hasSizeGreaterThanOrEqualTo(30);
      for (Segment each : journal.files().subList(0, journal.files().size() - 1)) {
        assertThat(Files.size(each.file)).isBetween(1L << 12, (1L << 12) + 100 * 400);
      }
      for (long from : new long[] {0, 1, 777, 1500, 2999}) {
        List<Long> offsets = new ArrayList<>();
        try (Journal.Reader reader = journal.reader(from)) {
          while (reader.read(500, (offset, record) -> offsets.add(offset)) > 0) {
            // until the end
          }
          assertThat(offsets.getFirst()).isEqualTo(from);
          assertThat(offsets).hasSize((int) (journal.end() - from));
          append(journal, 1);
          assertThat(reader.read(10, (offset, record) -> {})).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void a_failed_sync_is_never_tried_again() throws Exception {
    MemoryDisk disk = new MemoryDisk();
    AtomicBoolean fail = new AtomicBoolean();
    AtomicInteger syncs = new AtomicInteger();
    disk.fault(
        operation -> {
          if (operation.equals("sync")) {
            syncs.incrementAndGet();
            if (fail.getAndSet(false)) {
              throw new IOException("Input/output error");
            }
          }
        });
    FileJournal journal = FileJournal.open("test", Kept.FOLDER, Kept.config(1 << 20), disk);
    append(journal, 10);
    assertThat(kept.acknowledged).hasSize(10);
    fail.set(true);
    append(journal, 1);
    int before = syncs.get();
    append(journal, 10);
    assertThat(kept.acknowledged).hasSize(10);
    assertThat(kept.failed).hasValue(11);
    assertThat(syncs).hasValue(before);
    assertThat(journal.check().word()).isEqualTo("failed");
    assertThat(journal.ready()).isFalse();
    journal.close();
    FileJournal again = FileJournal.open("test", Kept.FOLDER, Kept.config(1 << 20), disk);
    append(again, 1);
    assertThat(again.check().word()).isEqualTo("ok");
    assertThat(Kept.read(again).size()).isGreaterThanOrEqualTo(11);
    again.close();
  }

  @Test
  void a_full_disk_holds_acknowledgements_back_until_there_is_space() throws Exception {
    MemoryDisk disk = new MemoryDisk();
    AtomicBoolean full = new AtomicBoolean();
    disk.fault(
        operation -> {
          if (operation.equals("write") && full.get()) {
            throw new IOException("No space left on device");
          }
        });
    FileJournal journal = FileJournal.open("test", Kept.FOLDER, Kept.config(1 << 20), disk);
    append(journal, 5);
    full.set(true);
    for (int i = 0; i < 5; i++) {
      kept.append(journal, kept.record(random));
    }
    while (journal.check().word().equals("ok")) {
      Thread.onSpinWait();
    }
    assertThat(journal.check().why()).contains("the disk is full");
    assertThat(journal.ready()).isFalse();
    assertThat(kept.answered).hasValue(5);
    full.set(false);
    kept.awaitAnswered(10);
    assertThat(kept.acknowledged).hasSize(10);
    assertThat(journal.check().word()).isEqualTo("ok");
    assertThat(Kept.read(journal)).hasSize(10);
    journal.close();
  }

  @Test
  void old_files_go_but_not_before_the_followers_have_read_them() throws Exception {
    JournalConfig small = new JournalConfig(1 << 16, 1 << 18, Duration.ofDays(1), 1 << 20, false);
    try (FileJournal journal = FileJournal.open("test", folder, small)) {
      long[] position = {0};
      journal.hold(() -> position[0]);
      for (int i = 0; i < 40; i++) {
        append(journal, 200);
      }
      assertThat(journal.begin()).isZero();
      position[0] = journal.end();
      for (int group = 0; group < 10; group++) {
        append(journal, 100);
      }
      assertThat(journal.begin()).isPositive();
      long bytes = 0;
      for (Segment each : journal.files()) {
        bytes += Files.size(each.file);
      }
      assertThat(bytes).isLessThan((1 << 18) + (3 << 16));
    }
  }

  @Test
  void records_of_all_sizes_come_back() throws Exception {
    try (FileJournal journal = FileJournal.open("test", folder, JournalConfig.defaults())) {
      List<byte[]> sent = new ArrayList<>();
      for (int size : new int[] {0, 1, 255, 65_536, 300_000, 3_000_000}) {
        byte[] record = new byte[size];
        random.nextBytes(record);
        sent.add(record);
        kept.append(journal, record);
      }
      kept.append(journal, "last".getBytes(StandardCharsets.US_ASCII));
      kept.awaitAnswered(7);
      List<byte[]> found = new ArrayList<>(Kept.read(journal).values());
      for (int i = 0; i < sent.size(); i++) {
        assertThat(found.get(i)).isEqualTo(sent.get(i));
      }
      assertThat(found).hasSize(7);
    }
  }
}
