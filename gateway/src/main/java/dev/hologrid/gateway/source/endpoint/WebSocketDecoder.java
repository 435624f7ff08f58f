package dev.hologrid.gateway.source.endpoint;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * The bytes in a client's WebSocket frames (RFC 6455, section 5). Frames are no limits of packets
 * (MQTT-6.0.0-2), so the bytes of one go on as they come: none is gathered, however long it is.
 */
final class WebSocketDecoder extends ByteToMessageDecoder {
  private static final int CONTINUATION = 0;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int LAST_CLOSE = 0x88;
  private static final int LAST_PONG = 0x8A;
  private static final int MOST_OF_CONTROL = 125;
  private static final int PROTOCOL_ERROR = 1002;
  private static final int UNSUPPORTED = 1003;

  private final Runnable closeTold;
  private boolean within; // a message whose last frame has not come
  private boolean over;
  private int opcode = -1;
  private long left;
  private int mask;
  private int phase;

  /**
   * @param closeTold called when a close frame was sent, after which nothing may follow
   */
  WebSocketDecoder(Runnable closeTold) {
    this.closeTold = closeTold;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (over) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (opcode < 0 && !head(context, in)) {
      return;
    }
    if (opcode >= CLOSE) {
      if (in.readableBytes() >= left) {
        control(context, unmasked(context, in, (int) left));
        opcode = -1;
      }
      return;
    }
    int length = (int) Math.min(left, in.readableBytes());
    if (length > 0) {
      left -= length;
      out.add(unmasked(context, in, length));
    }
    if (left == 0) {
      opcode = -1;
    }
  }

  /** Reads a frame's head; false while it is not all there, or when it is wrong. */
  private boolean head(ChannelHandlerContext context, ByteBuf in) {
    int at = in.readerIndex();
    if (in.readableBytes() < 2) {
      return false;
    }
    int first = in.getUnsignedByte(at);
    int second = in.getUnsignedByte(at + 1);
    int kind = first & 15;
    boolean last = (first & 0x80) != 0;
    int length = second & 0x7F;
    boolean known =
        kind == BINARY && !within
            || kind == CONTINUATION && within
            || kind >= CLOSE && kind <= PONG && last && length <= MOST_OF_CONTROL;
    if (!known || (first & 0x70) != 0 || (second & 0x80) == 0) {
      end(context, kind == 1 ? UNSUPPORTED : PROTOCOL_ERROR);
      return false;
    }
    int extended = length == 127 ? 8 : length == 126 ? 2 : 0;
    if (in.readableBytes() < 6 + extended) {
      return false;
    }
    left =
        extended == 8 ? in.getLong(at + 2) : extended == 2 ? in.getUnsignedShort(at + 2) : length;
    if (left < 0) {
      end(context, PROTOCOL_ERROR);
      return false;
    }
    mask = in.getInt(at + 2 + extended);
    phase = 0;
    opcode = kind;
    if (kind < CLOSE) {
      within = !last;
    }
    in.skipBytes(6 + extended);
    return true;
  }

  private ByteBuf unmasked(ChannelHandlerContext context, ByteBuf in, int length) {
    ByteBuf out = context.alloc().buffer(length);
    for (int i = 0; i < length; i++) {
      out.writeByte(in.readByte() ^ mask >>> 24 - 8 * phase);
      phase = phase + 1 & 3;
    }
    return out;
  }

  private void control(ChannelHandlerContext context, ByteBuf payload) {
    if (opcode == PING) {
      ByteBuf head = context.alloc().buffer(2 + payload.readableBytes());
      context.writeAndFlush(
          head.writeByte(LAST_PONG).writeByte(payload.readableBytes()).writeBytes(payload));
    } else if (opcode == CLOSE) {
      end(context, payload.readableBytes() < 2 ? 1000 : payload.getUnsignedShort(0));
    }
    payload.release();
  }

  private void end(ChannelHandlerContext context, int code) {
    over = true;
    closeTold.run();
    ByteBuf frame = context.alloc().buffer(4).writeByte(LAST_CLOSE).writeByte(2).writeShort(code);
    context.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
  }
}
