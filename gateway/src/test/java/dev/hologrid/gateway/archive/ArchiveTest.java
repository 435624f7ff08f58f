package dev.hologrid.gateway.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.journal.JournalConfig;
import dev.hologrid.rules.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  private static final long T = 1_790_000_000_000L;
  @TempDir Path folder;

  /** Keeps lines as a set, as a database that removes repeats; can be down, lose rows, refuse. */
  private static final class FickleStore implements Store {
    final Set<String> rows = new ConcurrentSkipListSet<>();
    volatile boolean down;
    final AtomicInteger writes = new AtomicInteger();

    @Override
    public Lines.Dialect dialect() {
      return Lines.Dialect.QUESTDB;
    }

    @Override
    public void open() throws IOException {
      refuseWhileDown();
    }

    private void refuseWhileDown() throws IOException {
      if (down) {
        throw new IOException("connection refused");
      }
    }

    @Override
    public void write(String lines) throws Refused, IOException {
      refuseWhileDown();
      writes.incrementAndGet();
      if (lines.contains("poison")) {
        throw new Refused("cast error");
      }
      lines.lines().forEach(rows::add);
    }

    @Override
    public List<Point> read(Query query) {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static void append(Journal journal, List<Reading> readings) throws Exception {
    ReadingCodec codec = new ReadingCodec();
    List<CompletableFuture<Long>> stored = new ArrayList<>();
    for (Reading each : readings) {
      CompletableFuture<Long> done = new CompletableFuture<>();
      stored.add(done);
      journal.append(
          codec.encode("test", each.receivedAt(), List.of(each)),
          new Journal.Appended() {
            @Override
            public void stored(long offset) {
              done.complete(offset);
            }

            @Override
            public void failed(Throwable cause) {
              done.completeExceptionally(cause);
            }
          });
    }
    for (CompletableFuture<Long> each : stored) {
      each.get(10, TimeUnit.SECONDS);
    }
  }

  private static List<Reading> readings(int from, int to) {
    List<Reading> readings = new ArrayList<>();
    for (int i = from; i < to; i++) {
      readings.add(Samples.smoke("sm-" + i % 7, T + i, i, i));
    }
    return readings;
  }

  private static Set<String> expected(int count) {
    Lines lines = new Lines(Lines.Dialect.QUESTDB);
    StringBuilder text = new StringBuilder();
    readings(0, count).forEach(each -> lines.append(text, each));
    return new TreeSet<>(text.toString().lines().toList());
  }

  private Archive archive(Journal journal, Store store) {
    Archive archive =
        new Archive(journal, ArchiveConfig.defaults(), store, folder.resolve("checkpoints"));
    archive.start();
    return archive;
  }

  @Test
  void after_the_store_was_down_and_lost_its_last_rows_the_archive_equals_the_journal()
      throws Exception {
    FickleStore store = new FickleStore();
    store.down = true;
    try (FileJournal journal =
            FileJournal.open("readings", folder.resolve("j"), JournalConfig.defaults());
        Archive archive = archive(journal, store)) {
      append(journal, readings(0, 3_000));
      assertThat(archive.check().word()).isEqualTo("degraded");
      assertThat(archive.lag()).isEqualTo(3_000);
      store.down = false;
      await(() -> archive.lag() == 0);
      assertThat(store.rows).isEqualTo(expected(3_000));

      store.down = true;
      store.rows.removeIf(line -> line.contains("2999"));
      append(journal, readings(3_000, 6_000));
      await(() -> archive.check().word().equals("degraded"));
      store.down = false;
      await(() -> archive.lag() == 0);
      assertThat(store.rows).isEqualTo(expected(6_000));
      assertThat(archive.check().word()).isEqualTo("ok");
    }
  }

  @Test
  void one_bad_row_is_left_out_and_counted_and_all_others_are_kept() throws Exception {
    FickleStore store = new FickleStore();
    List<Reading> readings = new ArrayList<>(readings(0, 1_000));
    readings.add(500, Samples.access("a", T, 500, "poison"));
    try (FileJournal journal =
        FileJournal.open("readings", folder.resolve("j"), JournalConfig.defaults())) {
      append(journal, readings);
      try (Archive archive = archive(journal, store)) {
        await(() -> archive.lag() == 0);
        assertThat(store.rows).hasSize(1_000);
        assertThat(archive.refused()).isEqualTo(1);
        assertThat(archive.check().why()).contains("1 rows refused").contains("cast error");
        assertThat(store.writes.get()).isLessThan(60);
      }
      int before = store.writes.get();
      try (Archive again = archive(journal, store)) {
        await(() -> again.lag() == 0);
        assertThat(store.writes.get()).as("the checkpoint is kept").isEqualTo(before);
      }
    }
  }
}
