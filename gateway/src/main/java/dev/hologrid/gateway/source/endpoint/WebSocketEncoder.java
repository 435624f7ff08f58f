package dev.hologrid.gateway.source.endpoint;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.MessageToMessageEncoder;
import java.util.List;

/** Each write becomes one binary frame; a close is told first. Servers do not mask. */
final class WebSocketEncoder extends MessageToMessageEncoder<ByteBuf> {
  private static final int LAST_BINARY = 0x82;
  private static final int LAST_CLOSE = 0x88;
  private static final int NORMAL = 1000;
  private static final int SHORT = 126;
  private static final int LONG = 127;

  private boolean closed;

  @Override
  protected void encode(ChannelHandlerContext context, ByteBuf message, List<Object> out) {
    int length = message.readableBytes();
    if (length == 0 || closed) {
      out.add(length == 0 ? message.retain() : Unpooled.EMPTY_BUFFER); // a flush, not a frame
      return;
    }
    ByteBuf head = context.alloc().buffer(10).writeByte(LAST_BINARY);
    if (length < SHORT) {
      head.writeByte(length);
    } else if (length < 1 << 16) {
      head.writeByte(SHORT).writeShort(length);
    } else {
      head.writeByte(LONG).writeLong(length);
    }
    out.add(head);
    out.add(message.retain());
  }

  /** The decoder has told the client already. */
  void closeTold() {
    closed = true;
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (!closed) {
      closed = true;
      ByteBuf frame = context.alloc().buffer(4).writeByte(LAST_CLOSE).writeByte(2);
      context.writeAndFlush(frame.writeShort(NORMAL));
    }
    context.close(promise);
  }
}
