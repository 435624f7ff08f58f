package dev.hologrid.gateway.audit;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.journal.JournalConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps security decisions in a journal of their own, each chained to the one before. A flood of
 * one kind is thinned: 20 a second after the first 500, the rest as a number in the next entry, so
 * that a stranger cannot fill the disk. Safe for use by many threads.
 */
public final class AuditJournal implements SecurityAudit, Component {
  /** Beneath the data folder. */
  public static final String FOLDER = "journal/audit";

  private static final Logger log = LoggerFactory.getLogger(AuditJournal.class);
  private static final JournalConfig KEPT =
      new JournalConfig(16L << 20, 1L << 30, Duration.ofDays(3650), 4L << 20, false);
  private static final double BURST = 500;
  private static final double PER_MS = 0.02;

  private final FileJournal journal;
  private final LongSupplier clock;
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<String, Flow> flows = new HashMap<>();
  private long seq;
  private String head = HashChain.START;

  /** The last entry that a crash leaves. */
  private volatile @Nullable AuditEntry stored;

  /** How fast one kind of decision comes. */
  private static final class Flow {
    private double room = BURST;
    private long at;
    private long leftOut;

    boolean takes(long now) {
      room = Math.min(BURST, room + (now - at) * PER_MS);
      at = now;
      if (room < 1) {
        leftOut++;
        return false;
      }
      room--;
      return true;
    }
  }

  private AuditJournal(FileJournal journal, LongSupplier clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Opens the journal and goes on where its chain ends.
   *
   * @param clock epoch milliseconds
   */
  public static AuditJournal open(Path data, LongSupplier clock) throws IOException {
    AuditJournal audit =
        new AuditJournal(FileJournal.open("audit", data.resolve(FOLDER), KEPT), clock);
    AuditEntry last = audit.last();
    if (last != null) {
      audit.seq = last.seq();
      audit.head = last.hash();
      audit.stored = last;
    }
    return audit;
  }

  private @Nullable AuditEntry last() {
    AuditEntry[] found = new AuditEntry[1];
    try (Journal.Reader reader = journal.reader(Math.max(journal.begin(), journal.end() - 1))) {
      reader.read(1, (offset, record) -> found[0] = entry(record));
    }
    return found[0];
  }

  /** When the decision of a record was taken, epoch milliseconds. */
  public static long at(byte[] record) {
    return entry(record).at();
  }

  static AuditEntry entry(byte[] record) {
    try {
      return AuditEntry.read(record);
    } catch (IOException e) {
      throw new UncheckedIOException("an entry of the audit journal cannot be read", e);
    }
  }

  @Override
  public void note(Decision decision) {
    counts.computeIfAbsent(decision.what(), ignored -> new LongAdder()).increment();
    synchronized (this) {
      long now = clock.getAsLong();
      Flow flow = flows.computeIfAbsent(decision.what(), ignored -> new Flow());
      if (!flow.takes(now)) {
        return;
      }
      AuditEntry entry = AuditEntry.of(++seq, now, decision, flow.leftOut, head);
      flow.leftOut = 0;
      head = entry.hash();
      journal.append(entry.bytes(), new Written(entry));
    }
  }

  /** Told by the journal's one writer, in the order of the entries. */
  private final class Written implements Journal.Appended {
    private final AuditEntry entry;

    Written(AuditEntry entry) {
      this.entry = entry;
    }

    @Override
    public void stored(long offset) {
      stored = entry;
    }

    @Override
    public void failed(Throwable cause) {
      log.error("a security decision could not be written", cause);
    }
  }

  /**
   * The end of the chain on disk, never one that a crash could take back; null when it is empty.
   */
  public @Nullable Anchor anchor(Instant now) {
    AuditEntry last = stored;
    return last == null ? null : new Anchor(Anchor.SECURITY, last.seq(), last.hash(), now);
  }

  @Override
  public Map<String, Long> counts() {
    Map<String, Long> now = new TreeMap<>();
    counts.forEach((what, count) -> now.put(what, count.sum()));
    return now;
  }

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public Check check() {
    return journal.check();
  }

  @Override
  public void close() {
    journal.close();
  }
}
