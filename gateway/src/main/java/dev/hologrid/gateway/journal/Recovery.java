package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what the newest segment holds after a stop of any kind. A gap before which nothing is
 * known to have been synced is a torn tail and cut off with all that follows; a gap in what was
 * synced is damage, is reported, and what follows it stays.
 *
 * @param end the offset after the last record
 * @param bytes where the segment goes on
 */
record Recovery(long end, long bytes, List<Damage> damages) {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  /**
   * Reads the whole segment.
   *
   * @param synced all records below this offset are known to have been synced
   */
  static Recovery of(Segment segment, long salt, long synced) throws IOException {
    long size = segment.storage.size();
    SegmentScan scan = new SegmentScan(segment.storage, salt, SegmentHeader.SIZE, segment.base);
    List<Damage> damages = new ArrayList<>();
    List<Damage> open = new ArrayList<>();
    long next = segment.base;
    while (scan.next(size)) {
      if (scan.offset() > next) {
        open.add(gap(segment, scan.lastGoodEnd(), next, scan.offset()));
      }
      long known = Math.max(synced, scan.batchBegin());
      move(open, damages, known);
      next = scan.offset() + 1;
      segment.note(scan.offset(), scan.position() - Frame.HEADER - scan.record().length);
    }
    move(open, damages, synced);
    if (!open.isEmpty()) {
      Damage first = open.getFirst();
      return cut(segment, Math.max(first.firstLost(), synced), first.position(), damages);
    }
    if (next < synced) {
      damages.add(gap(segment, scan.position(), next, synced));
      return new Recovery(synced, Math.max(size, SegmentHeader.SIZE), damages);
    }
    return scan.position() < size
        ? cut(segment, next, scan.position(), damages)
        : new Recovery(next, scan.position(), damages);
  }

  private static Damage gap(Segment segment, long position, long next, long found) {
    return new Damage(segment.fileName(), position, next, found - 1);
  }

  /** Gaps that begin below {@code known} are damage for sure. */
  private static void move(List<Damage> open, List<Damage> damages, long known) {
    while (!open.isEmpty() && open.getFirst().firstLost() < known) {
      damages.add(open.removeFirst());
    }
  }

  private static Recovery cut(Segment segment, long end, long position, List<Damage> damages)
      throws IOException {
    log.warn(
        "cut {} bytes of a torn tail off {}; they were never acknowledged",
        segment.storage.size() - position,
        segment.fileName());
    segment.storage.truncate(position);
    segment.storage.sync();
    return new Recovery(end, position, damages);
  }
}
