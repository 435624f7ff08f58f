package dev.hologrid.gateway.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.journal.JournalConfig;
import dev.hologrid.gateway.testing.Await;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk itself is filled by the fault campaign F4; here a reserve is simply asked for. */
class DiskReserveTest {
  private static final long MEBIBYTE = 1 << 20;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void file() {
    file = folder.resolve("reserve");
  }

  /** One that no disk here could hold again: a sparse file, as an earlier life may have left it. */
  private DiskReserve tooLargeToComeBack() throws IOException {
    long size = 8L << 40;
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(size);
    }
    return new DiskReserve(folder, size).start();
  }

  private static CompletableFuture<Long> append(FileJournal journal) {
    CompletableFuture<Long> stored = new CompletableFuture<>();
    journal.append(
        new byte[100],
        new Journal.Appended() {
          @Override
          public void stored(long offset) {
            stored.complete(offset);
          }

          @Override
          public void failed(Throwable cause) {
            stored.completeExceptionally(cause);
          }
        });
    return stored;
  }

  @Test
  void it_takes_up_space_and_gives_it_back_and_is_put_by_again() throws Exception {
    try (DiskReserve reserve = new DiskReserve(folder, 3 * MEBIBYTE / 2).start()) {
      for (int i = 0; i < 2; i++) {
        Await.until("it is put by", () -> reserve.held() > 0);
        assertThat(file).hasSize(3 * MEBIBYTE / 2);
        assertThat(reserve.check().word()).isEqualTo("ok");
        reserve.release();
      }
    }
  }

  @Test
  void while_it_is_given_back_new_records_wait_and_others_do_not() throws Exception {
    try (DiskReserve reserve = tooLargeToComeBack();
        FileJournal yielding = journal("readings", reserve, true);
        FileJournal other = journal("alerts", reserve, false)) {
      assertThat(append(yielding).get()).isZero();
      reserve.release();
      assertThat(file).doesNotExist();
      assertThat(reserve.check().why()).contains("the disk is full", "is given back", "are free");
      CompletableFuture<Long> waiting = append(yielding);
      Await.until("no more is taken in", () -> !yielding.ready());
      assertThat(yielding.check().why()).startsWith("the disk is full");
      assertThat(append(other).get()).isZero();
      assertThat(waiting).isNotDone();
    }
  }

  @Test
  void without_space_for_it_nothing_new_is_taken_from_the_start() throws Exception {
    try (DiskReserve reserve = new DiskReserve(folder, 8L << 40).start()) {
      Await.until("it is noticed", reserve::released);
      assertThat(reserve.check().word()).isEqualTo("degraded");
    }
  }

  @Test
  void none_is_none() {
    try (DiskReserve reserve = new DiskReserve(folder, 0).start()) {
      reserve.release();
      assertThat(reserve.released()).isFalse();
      assertThat(reserve.check().word()).isEqualTo("ok");
      assertThat(file).doesNotExist();
    }
  }

  private FileJournal journal(String name, DiskReserve reserve, boolean yields) throws IOException {
    return FileJournal.open(name, folder.resolve(name), JournalConfig.defaults(), reserve, yields);
  }
}
