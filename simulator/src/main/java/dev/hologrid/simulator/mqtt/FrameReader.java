package dev.hologrid.simulator.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.List;

/** Cuts the stream into packets and hands each to {@link #packet}. */
public abstract class FrameReader extends ByteToMessageDecoder {
  private static final int LONGEST_LENGTH = 4;

  /**
   * One whole packet.
   *
   * @param header the first byte: type and flags
   * @param body what follows the length; valid only during the call
   */
  protected abstract void packet(ChannelHandlerContext context, int header, ByteBuf body);

  @Override
  protected final void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    while (whole(in)) {
      int header = in.readUnsignedByte();
      int length = length(in);
      packet(context, header, in.readSlice(length));
    }
  }

  private static boolean whole(ByteBuf in) {
    int start = in.readerIndex();
    int have = in.readableBytes();
    int length = 0;
    for (int i = 0; i < LONGEST_LENGTH; i++) {
      if (have < i + 2) {
        return false;
      }
      int digit = in.getUnsignedByte(start + 1 + i);
      length |= (digit & 127) << 7 * i;
      if (digit < 128) {
        return have >= i + 2 + length;
      }
    }
    throw new CorruptedFrameException("the remaining length has more than four bytes");
  }

  private static int length(ByteBuf in) {
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int digit = in.readUnsignedByte();
      length |= (digit & 127) << shift;
      if (digit < 128) {
        return length;
      }
    }
  }
}
