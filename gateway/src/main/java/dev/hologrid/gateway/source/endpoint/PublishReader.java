package dev.hologrid.gateway.source.endpoint;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads plain PUBLISH packets of QoS 0 and 1 from the bytes, past the library: no objects for
 * headers, no copies but the payload's. Everything else, and whatever is not quite plain, goes on
 * to the library's decoder byte for byte and in its order, which also says what is wrong with it.
 */
final class PublishReader extends ByteToMessageDecoder {
  /** Takes what was read, on the event loop. */
  interface Sink {
    void publish(String topic, int qos, int packetId, byte[] payload);
  }

  private static final int PUBLISH = 0x30;
  private static final int TYPE = 0xF0;
  private static final int DUP = 0x08;
  private static final int LONGEST_LENGTH = 4;
  private static final int MALFORMED = -1;
  private static final int INCOMPLETE = -2;

  private final Sink sink;
  private final Topics topics;
  private final int longest;
  private final boolean five;
  private final KeepAlive keepAlive;
  private boolean givenUp;
  private boolean heard;

  // Of the packet at hand.
  private int bodyAt;
  private int bodyLength;

  /**
   * @param longest packets above are left to the library, which refuses them
   * @param five whether packets have properties
   */
  PublishReader(Sink sink, Topics topics, int longest, boolean five, KeepAlive keepAlive) {
    this.sink = sink;
    this.topics = topics;
    this.longest = longest;
    this.five = five;
    this.keepAlive = keepAlive;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    while (in.isReadable()) {
      int state = givenUp ? MALFORMED : frame(in);
      if (state == INCOMPLETE) {
        return;
      }
      if (state == MALFORMED) {
        givenUp = true;
        out.add(in.readRetainedSlice(in.readableBytes()));
        return;
      }
      if (!plain(in)) {
        // One at a time: what it does comes before what the next packet does.
        out.add(in.readRetainedSlice(bodyAt + bodyLength - in.readerIndex()));
        return;
      }
    }
  }

  /** Finds the packet's end; 0 when all of it is there. */
  private int frame(ByteBuf in) {
    int start = in.readerIndex();
    int have = in.readableBytes();
    int length = 0;
    for (int i = 0; i < LONGEST_LENGTH; i++) {
      if (have < i + 2) {
        return INCOMPLETE;
      }
      int digit = in.getByte(start + 1 + i);
      length |= (digit & 127) << 7 * i;
      if (digit >= 0) {
        bodyAt = start + i + 2;
        bodyLength = length;
        if (length > longest) {
          return MALFORMED;
        }
        return have >= i + 2 + length ? 0 : INCOMPLETE;
      }
    }
    return MALFORMED;
  }

  /** Takes the packet if it is a plain PUBLISH. */
  private boolean plain(ByteBuf in) {
    int header = in.getByte(in.readerIndex());
    int qos = header >> 1 & 3;
    if ((header & TYPE) != PUBLISH || qos > 1 || (qos == 0 && (header & DUP) != 0)) {
      return false;
    }
    if (bodyLength < 2) {
      return false;
    }
    int topicLength = in.getUnsignedShort(bodyAt);
    int at = bodyAt + 2 + topicLength;
    int end = bodyAt + bodyLength;
    int packetId = 0;
    if (at + 2 * qos + (five ? 1 : 0) > end) {
      return false;
    }
    if (qos == 1) {
      packetId = in.getUnsignedShort(at);
      at += 2;
      if (packetId == 0) {
        return false;
      }
    }
    if (five && in.getByte(at++) != 0) {
      return false; // properties
    }
    @Nullable String topic = topics.of(in, bodyAt + 2, topicLength);
    if (topic == null) {
      return false;
    }
    byte[] payload = new byte[end - at];
    in.readerIndex(at).readBytes(payload);
    heard = true;
    sink.publish(topic, qos, packetId, payload);
    return true;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    if (heard) {
      heard = false;
      keepAlive.resetReadTimeout();
      // Not by the super class: nothing was handed on, so it would take a connection that is not to
      // be read for one that lacks the rest of a packet, and read on.
      discardSomeReadBytes();
      context.fireChannelReadComplete();
    } else {
      super.channelReadComplete(context);
    }
  }
}
