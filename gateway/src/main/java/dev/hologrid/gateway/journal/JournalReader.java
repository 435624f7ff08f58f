package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A cursor over the stored records of a {@link FileJournal}. Not for two threads. */
final class JournalReader implements Journal.Reader {
  private final List<Segment> segments;
  private final Consumer<Damage> damaged;
  private @Nullable Segment segment;
  private @Nullable SegmentScan scan;
  private long next;

  JournalReader(List<Segment> segments, long offset, Consumer<Damage> damaged) {
    this.segments = segments;
    this.next = offset;
    this.damaged = damaged;
  }

  @Override
  public int read(int max, Journal.Visitor each) {
    int count = 0;
    try {
      while (count < max) {
        SegmentScan at = scan();
        Segment here = segment;
        if (at == null || here == null) {
          return count;
        }
        // Looked for before the end of this one is read: a segment with a successor is final.
        Segment newer = after(here);
        if (at.next(here.storedBytes)) {
          if (at.offset() >= next) {
            noteGap(here, at, at.offset());
            next = at.offset() + 1;
            each.accept(at.offset(), at.record());
            count++;
          }
        } else if (newer == null) {
          return count;
        } else {
          noteGap(here, at, newer.base);
          next = Math.max(next, newer.base);
          segment = newer;
          scan = new SegmentScan(newer.storage, newer.base);
        }
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException("reading the journal failed at offset " + next, e);
    }
  }

  private void noteGap(Segment here, SegmentScan at, long found) {
    if (found > next) {
      String file = here.file.getFileName().toString();
      damaged.accept(new Damage(file, at.lastGoodEnd(), next, found - 1));
    }
  }

  private @Nullable Segment after(Segment here) {
    for (Segment each : segments) {
      if (each.base > here.base) {
        return each;
      }
    }
    return null;
  }

  private @Nullable SegmentScan scan() {
    if (scan == null) {
      Segment found = null;
      for (Segment each : segments) {
        if (found == null || each.base <= next) {
          found = each;
        }
      }
      if (found == null) {
        return null;
      }
      segment = found;
      scan = new SegmentScan(found.storage, found.base);
      next = Math.max(next, found.base);
    }
    return scan;
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
