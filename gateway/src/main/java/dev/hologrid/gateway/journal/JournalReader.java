package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A cursor over the stored records of a {@link FileJournal}. Not for two threads. */
final class JournalReader implements Journal.Reader {
  private final Segments segments;
  private final LongSupplier end;
  private final Consumer<Damage> damaged;
  private @Nullable Segment segment;
  private @Nullable SegmentScan scan;
  private long next;

  JournalReader(Segments segments, LongSupplier end, long offset, Consumer<Damage> damaged) {
    this.segments = segments;
    this.end = end;
    this.next = offset;
    this.damaged = damaged;
  }

  @Override
  public int read(int max, Journal.Visitor each) {
    int count = 0;
    try {
      while (count < max) {
        // In this order: what is stored now is at least all before this end, and a segment with a
        // successor is final.
        long endNow = end.getAsLong();
        Segment here = here();
        SegmentScan at = scan(here);
        Segment newer = segments.after(here);
        if (at.next(here.storedBytes)) {
          if (at.offset() >= next) {
            noteGap(here, at, at.offset());
            next = at.offset() + 1;
            here.note(at.offset(), at.position() - Frame.HEADER - at.record().length);
            each.accept(at.offset(), at.record());
            count++;
          }
        } else if (newer == null) {
          noteGap(here, at, endNow);
          next = Math.max(next, endNow);
          return count;
        } else {
          noteGap(here, at, newer.base);
          next = Math.max(next, newer.base);
          segment = newer;
          scan = null;
        }
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException("reading the journal failed at offset " + next, e);
    }
  }

  private void noteGap(Segment here, SegmentScan at, long found) {
    if (found > next) {
      damaged.accept(new Damage(here.fileName(), at.lastGoodEnd(), next, found - 1));
    }
  }

  private Segment here() {
    Segment known = segment;
    if (known == null) {
      known = segments.of(next);
      segment = known;
      next = Math.max(next, known.base);
    }
    return known;
  }

  private SegmentScan scan(Segment here) {
    SegmentScan known = scan;
    if (known == null) {
      known = new SegmentScan(here.storage, segments.salt(), here.near(next), here.base);
      scan = known;
    }
    return known;
  }

  @Override
  public long position() {
    return next;
  }

  @Override
  public void close() {
    scan = null;
    segment = null;
  }
}
