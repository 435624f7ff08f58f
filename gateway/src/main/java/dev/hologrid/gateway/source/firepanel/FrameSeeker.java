package dev.hologrid.gateway.source.firepanel;

import dev.hologrid.gateway.decode.PanelFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Finds frames in a stream. After damage it skips one byte, not the frame, so that it meets the
 * next start wherever that is. Gives {@link PanelFrame}s and {@link Damaged}.
 */
final class FrameSeeker extends ByteToMessageDecoder {
  private static final int START = 0x4040;
  private static final int END = 0x2323;

  /** A frame whose head can be read and whose rest is wrong: to be denied. */
  record Damaged(PanelFrame head) {}

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    while (in.readableBytes() >= 2) {
      int at = in.readerIndex();
      if (!start(in, at)) {
        in.skipBytes(1);
        continue;
      }
      if (in.readableBytes() < PanelFrame.HEAD) {
        return;
      }
      int length = in.getUnsignedShortLE(at + 24);
      if (length > PanelFrame.MAX_UNIT) {
        int next = wholeFrameAfter(in, at + 1);
        if (next >= 0 && next < at + PanelFrame.HEAD) {
          in.readerIndex(next); // a stray @ before a real frame
          continue;
        }
        damaged(in, out);
        return;
      }
      int whole = PanelFrame.OVERHEAD + length;
      if (in.readableBytes() < whole) {
        int next = wholeFrameAfter(in, at + 1);
        if (next < 0) {
          return;
        }
        in.readerIndex(next); // the length was a lie: what follows is a frame already
        continue;
      }
      byte[] bytes = ByteBufUtil.getBytes(in, at, whole);
      PanelFrame frame = PanelFrame.parse(bytes);
      if (frame != null) {
        in.skipBytes(whole);
        out.add(frame);
        return;
      }
      boolean sum = bytes[whole - 3] == PanelFrame.checksum(bytes, whole - 3);
      boolean end = in.getUnsignedShort(at + whole - 2) == END;
      if (sum || end) {
        damaged(in, out);
        return;
      }
      in.skipBytes(1); // two @ that begin no frame
    }
  }

  /** Two @, and, as far as can be seen, a main version that exists. */
  private static boolean start(ByteBuf in, int at) {
    return in.getUnsignedShort(at) == START
        && (at + 4 >= in.writerIndex() || in.getUnsignedByte(at + 4) <= 1);
  }

  /** Where the next complete and right frame begins, or -1. */
  private static int wholeFrameAfter(ByteBuf in, int from) {
    int last = in.writerIndex() - PanelFrame.OVERHEAD;
    for (int at = from; at <= last; at++) {
      if (start(in, at)) {
        int length = in.getUnsignedShortLE(at + 24);
        int whole = PanelFrame.OVERHEAD + length;
        if (length <= PanelFrame.MAX_UNIT
            && at + whole <= in.writerIndex()
            && PanelFrame.parse(ByteBufUtil.getBytes(in, at, whole)) != null) {
          return at;
        }
      }
    }
    return -1;
  }

  private static void damaged(ByteBuf in, List<Object> out) {
    byte[] head = ByteBufUtil.getBytes(in, in.readerIndex(), PanelFrame.HEAD);
    in.skipBytes(1);
    out.add(new Damaged(PanelFrame.head(head, new byte[0])));
  }
}
