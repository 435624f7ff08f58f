package dev.hologrid.gateway.source.firepanel;

import dev.hologrid.gateway.decode.PanelFrame;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last frames of one panel, so that one that is sent again after a lost confirmation is
 * confirmed again and not stored twice. Safe for use by many threads.
 */
final class SeenFrames {
  private static final int LIMIT = 64;

  /** What is known of a frame. */
  enum State {
    NEW,
    STORING,
    STORED
  }

  private record Key(int serial, long time, int command, int content) {
    static Key of(PanelFrame frame) {
      byte[] t = frame.time();
      long time = 0;
      for (byte each : t) {
        time = time << 8 | each & 0xff;
      }
      return new Key(frame.serial(), time, frame.command(), Arrays.hashCode(frame.unit()));
    }
  }

  private final Map<Key, State> seen = new LinkedHashMap<>();

  /** The state before this call; a new frame is being stored after it. */
  synchronized State take(PanelFrame frame) {
    State before = seen.putIfAbsent(Key.of(frame), State.STORING);
    if (seen.size() > LIMIT) {
      seen.remove(seen.keySet().iterator().next());
    }
    return before == null ? State.NEW : before;
  }

  synchronized void stored(PanelFrame frame) {
    seen.put(Key.of(frame), State.STORED);
  }

  synchronized void forget(PanelFrame frame) {
    seen.remove(Key.of(frame));
  }
}
