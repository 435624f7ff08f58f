package dev.hologrid.gateway.journal;

import dev.hologrid.gateway.config.Settings;
import java.time.Duration;

/**
 * How a journal is kept.
 *
 * @param segmentBytes a new file is begun past this size
 * @param keepBytes the oldest files go once all together are larger; the newest always stays
 * @param keepFor the oldest files go once they are older
 * @param waitingBytes what may wait for the disk before sources are asked to stop reading
 * @param gather how long, at most, a record may wait for others that share its sync, while records
 *     come one after the other; urgent ones do not wait, and in a storm of them 2 ms at most
 * @param dropUnread files go although a follower has not read them; otherwise they stay, and a full
 *     disk stops the intake
 */
public record JournalConfig(
    long segmentBytes,
    long keepBytes,
    Duration keepFor,
    long waitingBytes,
    Duration gather,
    boolean dropUnread) {
  private static final Duration GATHER = Duration.ofMillis(8);

  /** With the standard gathering. */
  public JournalConfig(
      long segmentBytes, long keepBytes, Duration keepFor, long waitingBytes, boolean dropUnread) {
    this(segmentBytes, keepBytes, keepFor, waitingBytes, GATHER, dropUnread);
  }

  public static JournalConfig defaults() {
    return new JournalConfig(64L << 20, 8L << 30, Duration.ofDays(7), 32L << 20, false);
  }

  public static JournalConfig read(Settings settings) {
    JournalConfig otherwise = defaults();
    return new JournalConfig(
        settings.at("journal.segment-size").bytes(1 << 20, 1L << 30, otherwise.segmentBytes),
        settings.at("journal.keep-size").bytes(16L << 20, 1L << 40, otherwise.keepBytes),
        settings
            .at("journal.keep-for")
            .duration(Duration.ofMinutes(1), Duration.ofDays(3650), otherwise.keepFor),
        settings.at("journal.waiting").bytes(1 << 20, 1L << 30, otherwise.waitingBytes),
        settings
            .at("journal.gather")
            .duration(Duration.ZERO, Duration.ofMillis(100), otherwise.gather),
        settings.at("journal.drop-unread").flag(false));
  }
}
