package dev.hologrid.simulator.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes as the MQTT 3.1.1 specification draws them. */
class PacketTest {
  private final ByteBuf out = Unpooled.buffer();

  @Test
  void connect_with_a_will() {
    Packet.connect(out, "a", 60, new Packet.Will("t", "off"));
    assertThat(ByteBufUtil.hexDump(out))
        .isEqualTo("101500044d5154540" + "42e003c" + "000161" + "000174" + "00036f6666");
  }

  @Test
  void publish_of_qos_1() {
    Packet.publish(out, bytes("a/b"), bytes("hi"), 10, false, false);
    assertThat(ByteBufUtil.hexDump(out)).isEqualTo("32090003612f62000a6869");
  }

  @Test
  void publish_again_and_retained() {
    Packet.publish(out, bytes("a/b"), bytes("hi"), 10, true, true);
    assertThat(out.getUnsignedByte(0)).isEqualTo((short) 0x3b);
  }

  @Test
  void a_long_payload_has_a_length_of_two_bytes() {
    Packet.publish(out, bytes("a"), new byte[200], 1, false, false);
    assertThat(ByteBufUtil.hexDump(out, 0, 3)).isEqualTo("32cd01");
  }

  @Test
  void packets_are_cut_at_any_boundary() {
    Packet.puback(out, 7);
    Packet.publish(out, bytes("a"), new byte[300], 1, false, false);
    Packet.ping(out);
    for (int cut = 1; cut < out.readableBytes(); cut++) {
      List<Integer> types = new ArrayList<>();
      EmbeddedChannel channel =
          new EmbeddedChannel(
              new FrameReader() {
                @Override
                protected void packet(ChannelHandlerContext context, int header, ByteBuf body) {
                  types.add(header >> 4);
                }
              });
      channel.writeInbound(out.copy(0, cut));
      channel.writeInbound(out.copy(cut, out.readableBytes() - cut));
      assertThat(types).containsExactly(4, 3, 12);
      channel.finishAndReleaseAll();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
