package dev.hologrid.gateway.audit;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares the anchors of a chain with the chain, as it is walked. Confined to one thread. */
public final class AnchorCheck {
  private final Deque<Anchor> ahead;
  private final String noun;
  private long agreed;
  private long older;

  /**
   * @param anchors of any chain, in any order
   * @param chain only those of this one count
   * @param noun what the chain is made of, for sentences
   */
  public AnchorCheck(List<Anchor> anchors, String chain, String noun) {
    this.noun = noun;
    this.ahead =
        new ArrayDeque<>(
            anchors.stream()
                .filter(each -> each.chain().equals(chain))
                .sorted(Comparator.comparingLong(Anchor::seq))
                .toList());
  }

  /** The next good entry of the chain; what an anchor says against it, or null. */
  public @Nullable String pass(long seq, String hash) {
    while (!ahead.isEmpty() && ahead.getFirst().seq() <= seq) {
      Anchor anchor = ahead.removeFirst();
      if (anchor.seq() < seq) {
        older++;
      } else if (anchor.hash().equals(hash)) {
        agreed++;
      } else {
        return noun
            + " "
            + seq
            + " or one before it was replaced: an anchor of "
            + anchor.at()
            + " knows another hash";
      }
    }
    return null;
  }

  /** What an anchor knows beyond the end of the chain, in words; or null. */
  public @Nullable String cutOff(long last) {
    Anchor next = ahead.peek();
    return next == null
        ? null
        : noun
            + " "
            + (last + 1)
            + " is missing: the chain ends at "
            + noun
            + " "
            + last
            + ", but an anchor of "
            + next.at()
            + " knows "
            + noun
            + " "
            + next.seq();
  }

  /** How many are as the chain is. */
  public long agreed() {
    return agreed;
  }

  /** How many are of entries that are no longer kept. */
  public long older() {
    return older;
  }
}
