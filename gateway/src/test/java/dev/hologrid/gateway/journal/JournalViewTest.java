package dev.hologrid.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a journal from a moment on, beside the one that writes it. */
class JournalViewTest {
  private static final int RECORDS = 6_000;

  @TempDir Path folder;
  private final Kept kept = new Kept();

  /** A record of a moment: every tenth is as old as the one before. */
  private static byte[] record(int number, Random random) {
    byte[] bytes = new byte[500 + random.nextInt(1_000)];
    random.nextBytes(bytes);
    ByteBuffer.wrap(bytes).putLong(0, time(number));
    return bytes;
  }

  private static long time(int number) {
    return 1_000L + 10L * (number % 10 == 9 ? number - 1 : number);
  }

  private static long when(long offset, byte[] record) {
    return ByteBuffer.wrap(record).getLong(0);
  }

  private List<Long> read(long from) throws IOException {
    List<Long> offsets = new ArrayList<>();
    new JournalView(folder)
        .read(
            from,
            JournalViewTest::when,
            (offset, record) -> {
              offsets.add(offset);
              return true;
            });
    return offsets;
  }

  @Test
  void begins_shortly_before_the_moment_in_whatever_file_it_is() throws Exception {
    Random random = new Random(11);
    try (FileJournal journal = FileJournal.open("test", folder, Kept.config(1 << 20))) {
      for (int i = 0; i < RECORDS; i++) {
        kept.append(journal, record(i, random));
        if (i % 500 == 499) {
          kept.awaitAnswered(i + 1); // so that files are begun in between
        }
      }
      assertThat(journal.files()).hasSizeGreaterThan(3);
      for (int number : new int[] {0, 1, 9, 500, 1_234, 2_999, 4_499, 5_990, RECORDS - 1}) {
        List<Long> offsets = read(time(number));
        long first = number % 10 == 9 ? number - 1 : number;
        assertThat(offsets.getFirst()).as("from %d", number).isLessThanOrEqualTo(first);
        // 256 KiB of records of 500 bytes, and the one that was looked at
        assertThat(offsets.getFirst()).as("from %d", number).isGreaterThanOrEqualTo(first - 525);
        assertThat(offsets).hasSize((int) (RECORDS - offsets.getFirst()));
      }
      assertThat(read(Long.MIN_VALUE)).hasSize(RECORDS);
      assertThat(read(0)).hasSize(RECORDS);
      assertThat(read(Long.MAX_VALUE)).hasSizeBetween(1, 525).endsWith(RECORDS - 1L);
    }
  }
}
