package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A journal on a disk that loses what was not synced, in three lives one after the other. As a
 * command: {@code PowerLoss ROUNDS SEED} prints one line of JSON, for the fault campaigns.
 */
final class PowerLoss {
  private static final int LIVES = 3;

  private PowerLoss() {}

  /** One seed; says what is wrong with an {@link AssertionError}. */
  static void lives(long seed) throws IOException {
    Random random = new Random(seed);
    MemoryDisk disk = new MemoryDisk();
    Kept kept = new Kept();
    for (int life = 0; life < LIVES; life++) {
      disk = live(disk, kept, random, "seed " + seed + ", life " + life);
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
    require(
        journal.check().word().equals("failed"), where + ": the journal does not say it failed");
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
      require(each.getKey() == expected++, where + ": a gap before " + each.getKey());
      byte[] record = each.getValue();
      byte[] sent = kept.sent.get(ByteBuffer.wrap(record).getInt());
      require(Arrays.equals(record, sent), where + ": invented " + each.getKey());
    }
    kept.acknowledged.forEach(
        (offset, record) ->
            require(
                Arrays.equals(record, found.get(offset)),
                where + ": record " + offset + " was acknowledged and is lost"));
    require(journal.damages().isEmpty(), where + ": damage where none was done");
    // What was written and not acknowledged may be there; from now on it counts as acknowledged.
    found.forEach(kept.acknowledged::put);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  public static void main(String[] args) throws IOException {
    Rehearsal rehearsal = new Rehearsal();
    long seed = Long.parseLong(args[1]);
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      long each = seed + i;
      rehearsal.round(() -> lives(each));
    }
    System.out.println(rehearsal.json());
    System.exit(0); // the writers of journals without power are daemons that wait
  }
}
