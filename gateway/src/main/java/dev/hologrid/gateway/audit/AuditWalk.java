package dev.hologrid.gateway.audit;

import dev.hologrid.gateway.journal.Damage;
import dev.hologrid.gateway.journal.StoredJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks the chain of security decisions in the files of a data folder, whether a server runs. */
public final class AuditWalk {
  private long entries;
  private long seq = -1;
  private String head = HashChain.START;
  private @Nullable String firstBad;
  private final AnchorCheck anchors;

  private AuditWalk(AnchorCheck anchors) {
    this.anchors = anchors;
  }

  /**
   * What the walk found.
   *
   * @param entries that are in order
   * @param head the hash of the last good entry: compare it with one noted elsewhere, for a chain
   *     cut at its end is whole by itself
   * @param anchors that agree
   * @param older anchors, of entries that are no longer kept
   * @param firstBad what is wrong with the first bad entry, or null
   */
  public record Verdict(
      long entries, String head, long anchors, long older, @Nullable String firstBad) {
    public boolean whole() {
      return firstBad == null;
    }
  }

  /**
   * Walks it from the oldest entry kept, and looks at the anchors on the way.
   *
   * @param anchors heads that were noted elsewhere; those of other chains do not count
   */
  public static Verdict verify(Path data, List<Anchor> anchors) throws IOException {
    AnchorCheck check = new AnchorCheck(anchors, Anchor.SECURITY, "entry");
    AuditWalk walk = new AuditWalk(check);
    Path folder = data.resolve(AuditJournal.FOLDER);
    if (Files.isDirectory(folder)) {
      try (StoredJournal journal = StoredJournal.open(folder)) {
        journal.read(0, (offset, record) -> walk.take(record), walk::damaged);
      }
    }
    String bad = walk.firstBad == null ? check.cutOff(Math.max(walk.seq, 0)) : walk.firstBad;
    return new Verdict(walk.entries, walk.head, check.agreed(), check.older(), bad);
  }

  private void damaged(Damage damage) {
    if (firstBad == null) {
      firstBad = "damaged: " + damage;
    }
  }

  private void take(byte[] record) {
    if (firstBad != null) {
      return;
    }
    AuditEntry entry = AuditJournal.entry(record);
    if (seq >= 0 && entry.seq() != seq + 1) {
      firstBad = "entry " + (seq + 1) + " is missing: the next one is " + entry.seq();
    } else if (seq >= 0 && !entry.previous().equals(head) || !entry.right()) {
      firstBad =
          "entry " + entry.seq() + " (" + entry.decision().what() + ") does not match its hash";
    } else {
      seq = entry.seq();
      head = entry.hash();
      entries++;
      firstBad = anchors.pass(seq, head);
    }
  }
}
