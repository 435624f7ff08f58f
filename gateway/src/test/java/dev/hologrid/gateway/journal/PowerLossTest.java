package dev.hologrid.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Power is lost at any disk operation; what was not synced may be half there. */
class PowerLossTest {
  private static final int SEEDS = Integer.getInteger("hologrid.powerloss.seeds", 2_000);

  @Test
  void what_was_acknowledged_survives_and_nothing_is_invented() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      MemoryDisk disk = new MemoryDisk();
      Kept kept = new Kept();
      for (int life = 0; life < 3; life++) {
        disk = live(disk, kept, random, "seed " + seed + ", life " + life);
      }
    }
  }

  private static MemoryDisk live(MemoryDisk disk, Kept kept, Random random, String where)
      throws IOException {
    AtomicInteger left = new AtomicInteger(1 + random.nextInt(40));
    disk.fault(
        operation -> {
          if (left.decrementAndGet() < 0) {
            throw new IOException("the power is off");
          }
        });
    FileJournal journal;
    try {
      journal = FileJournal.open("test", Kept.FOLDER, Kept.config(2_000), disk);
    } catch (IOException off) {
      return disk.crash(random);
    }
    check(journal, kept, where);
    while (kept.failed.get() == 0) {
      int before = kept.answered.get();
      int count = 1 + random.nextInt(8);
      for (int i = 0; i < count; i++) {
        kept.append(journal, kept.record(random));
      }
      kept.awaitAnswered(before + count);
    }
    kept.failed.set(0);
    assertThat(journal.check().word()).as(where).isEqualTo("failed");
    MemoryDisk after = disk.crash(random);
    journal.close();
    FileJournal again = FileJournal.open("test", Kept.FOLDER, Kept.config(2_000), after.copy());
    check(again, kept, where + ", read back");
    again.close();
    return after;
  }

  private static void check(FileJournal journal, Kept kept, String where) {
    Map<Long, byte[]> found = Kept.read(journal);
    long expected = 0;
    for (Map.Entry<Long, byte[]> each : found.entrySet()) {
      assertThat(each.getKey()).as("%s: a gap", where).isEqualTo(expected++);
      byte[] record = each.getValue();
      byte[] sent = kept.sent.get(java.nio.ByteBuffer.wrap(record).getInt());
      assertThat(Arrays.equals(record, sent)).as("%s: invented", where).isTrue();
    }
    kept.acknowledged.forEach(
        (offset, record) ->
            assertThat(Arrays.equals(record, found.get(offset)))
                .as("%s: record %s was acknowledged", where, offset)
                .isTrue());
    assertThat(journal.damages()).as(where).isEmpty();
    // What was written and not acknowledged may be there; from now on it counts as acknowledged.
    found.forEach(kept.acknowledged::put);
  }
}
