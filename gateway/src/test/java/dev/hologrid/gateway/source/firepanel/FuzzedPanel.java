package dev.hologrid.gateway.source.firepanel;

import dev.hologrid.gateway.decode.PanelFrame;
import dev.hologrid.gateway.testing.Allocation;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;

/** What holds for all bytes that a panel may send. */
final class FuzzedPanel {
  private static final long MOST_BYTES = 4 << 20;

  private FuzzedPanel() {}

  /**
   * No exception, no more allocated than a packet may have bytes, and a right frame that follows is
   * found whatever came before it.
   */
  static void frames(byte[] bytes) {
    Allocation.atMost(
        MOST_BYTES,
        () -> {
          // The rest of a frame that the bytes promised, then one that must be found.
          byte[] all = Arrays.copyOf(bytes, bytes.length + 2 * PanelFrame.MAX_UNIT);
          byte[] good = good();
          byte[] stream = Arrays.copyOf(all, all.length + good.length);
          System.arraycopy(good, 0, stream, all.length, good.length);
          String whole = read(stream, stream.length);
          if (!whole.endsWith("frame 4711;")) {
            throw new AssertionError("the frame behind was not found: " + whole);
          }
        });
  }

  private static byte[] good() {
    byte[] time = {0, 0, 0, 1, 1, 26};
    return new PanelFrame(4711, 1, time, 1, 2, PanelFrame.DATA, new byte[] {1, 0}).bytes();
  }

  private static String read(byte[] bytes, int step) {
    StringBuilder seen = new StringBuilder();
    EmbeddedChannel channel = new EmbeddedChannel(new FrameSeeker());
    try {
      for (int at = 0; at < bytes.length; at += step) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(step, bytes.length - at)));
      }
      channel.checkException();
      for (Object each = channel.readInbound(); each != null; each = channel.readInbound()) {
        if (each instanceof PanelFrame frame) {
          frame.fire();
          seen.append("frame ").append(frame.serial()).append(';');
        } else {
          seen.append("damaged;");
        }
      }
    } finally {
      channel.finishAndReleaseAll();
    }
    return seen.toString();
  }
}
