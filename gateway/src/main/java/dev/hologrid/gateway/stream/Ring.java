package dev.hologrid.gateway.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The newest frames, for viewers that come back. Guarded by its owner. */
final class Ring {
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final int mostFrames;
  private final long mostBytes;
  private long bytes;

  Ring(int mostFrames, long mostBytes) {
    this.mostFrames = mostFrames;
    this.mostBytes = mostBytes;
  }

  void add(Frame frame) {
    frames.addLast(frame);
    bytes += frame.size();
    while (frames.size() > mostFrames || (bytes > mostBytes && frames.size() > 1)) {
      bytes -= frames.removeFirst().size();
    }
  }

  /** The number of the oldest frame kept, or {@code next} when there is none. */
  long oldest(long next) {
    Frame first = frames.peekFirst();
    return first == null ? next : first.seq();
  }

  List<Frame> after(long seq) {
    List<Frame> found = new ArrayList<>();
    for (Frame each : frames) {
      if (each.seq() > seq) {
        found.add(each);
      }
    }
    return found;
  }
}
