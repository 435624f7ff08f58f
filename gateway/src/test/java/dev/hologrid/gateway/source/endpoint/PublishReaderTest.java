package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What comes out does not depend on how the bytes come in, and nothing changes its place. */
class PublishReaderTest {
  private static final int LONGEST = 10_000;
  private final List<String> seen = new ArrayList<>();

  private final class Rest extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      seen.add("library " + ByteBufUtil.hexDump(bytes));
      bytes.release();
    }
  }

  private EmbeddedChannel channel(boolean five) {
    return new EmbeddedChannel(
        new PublishReader(
            (topic, qos, id, payload) ->
                seen.add(topic + " " + qos + " " + id + " " + ByteBufUtil.hexDump(payload)),
            new Topics(),
            LONGEST,
            five,
            new KeepAlive(600, () -> {})),
        new Rest());
  }

  private static byte[] publish(int flags, String topic, int id, boolean five, int payload) {
    ByteBuf body = Unpooled.buffer();
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    body.writeShort(name.length).writeBytes(name);
    if ((flags & 6) != 0) {
      body.writeShort(id);
    }
    if (five) {
      body.writeByte(0);
    }
    body.writeZero(payload);
    ByteBuf out = Unpooled.buffer().writeByte(0x30 | flags);
    int length = body.readableBytes();
    while (length > 127) {
      out.writeByte(length & 127 | 128);
      length >>= 7;
    }
    return ByteBufUtil.getBytes(out.writeByte(length).writeBytes(body));
  }

  private void taken(boolean five, byte[] packet, String expected) {
    seen.clear();
    EmbeddedChannel channel = channel(five);
    channel.writeInbound(Unpooled.wrappedBuffer(packet));
    assertThat(seen).containsExactly(expected);
    channel.finishAndReleaseAll();
  }

  private void left(boolean five, byte[] packet) {
    taken(five, packet, "library " + ByteBufUtil.hexDump(packet));
  }

  @Test
  void plain_messages_are_taken() {
    taken(false, publish(0, "a/b", 0, false, 2), "a/b 0 0 0000");
    taken(false, publish(2, "a/b", 7, false, 2), "a/b 1 7 0000");
    taken(true, publish(2, "a/b", 65_535, true, 0), "a/b 1 65535 ");
    taken(false, publish(3, "a/b", 7, false, 1), "a/b 1 7 00"); // retained
    taken(false, publish(10, "a/b", 7, false, 1), "a/b 1 7 00"); // sent again
  }

  @Test
  void everything_else_is_left_to_the_library() {
    left(false, publish(4, "a/b", 7, false, 1)); // QoS 2
    left(false, publish(6, "a/b", 7, false, 1)); // QoS 3
    left(false, publish(8, "a/b", 0, false, 1)); // QoS 0, sent again
    left(false, publish(2, "a/b", 0, false, 1)); // no packet id
    left(false, publish(2, "a/+", 7, false, 1));
    left(false, publish(2, "", 7, false, 1));
    left(false, publish(2, "设备", 7, false, 1));
    left(false, publish(2, "a\0b", 7, false, 1));
    left(true, new byte[] {0x32, 9, 0, 1, 'a', 0, 7, 3, 1, 1, 1}); // properties
    left(false, new byte[] {0x32, 3, 0, 9, 'a'}); // the topic goes beyond the packet
    left(false, new byte[] {0x30, 0});
    left(false, new byte[] {(byte) 0xC0, 0}); // PINGREQ
    left(false, publish(2, "a/b", 7, false, LONGEST)); // too large
    left(false, new byte[] {0x32, -1, -1, -1, -1, 1}); // no length
  }

  @Test
  void in_pieces_it_is_the_same() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      boolean five = random.nextBoolean();
      ByteBuf all = Unpooled.buffer();
      for (int i = 0; i < 50; i++) {
        all.writeBytes(
            switch (random.nextInt(4)) {
              case 0 -> new byte[] {(byte) 0xC0, 0};
              case 1 -> publish(4, "q/2", i + 1, five, random.nextInt(300));
              default -> publish(2, "d/" + random.nextInt(9), i + 1, five, random.nextInt(300));
            });
      }
      byte[] bytes = ByteBufUtil.getBytes(all);
      seen.clear();
      EmbeddedChannel whole = channel(five);
      whole.writeInbound(Unpooled.wrappedBuffer(bytes));
      whole.finishAndReleaseAll();
      List<String> expected = List.copyOf(seen);
      assertThat(expected).hasSize(50);
      seen.clear();
      EmbeddedChannel pieces = channel(five);
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(bytes.length - at, random.nextInt(1, 200));
        pieces.writeInbound(Unpooled.copiedBuffer(bytes, at, length));
        at += length;
      }
      pieces.finishAndReleaseAll();
      assertThat(seen).isEqualTo(expected);
    }
  }
}
