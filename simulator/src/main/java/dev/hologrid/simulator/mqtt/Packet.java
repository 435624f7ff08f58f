package dev.hologrid.simulator.mqtt;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The packets of MQTT 3.1.1 that a publisher needs, by their bytes. */
public final class Packet {
  public static final int CONNACK = 2;
  public static final int PUBLISH = 3;
  public static final int PUBACK = 4;
  public static final int SUBACK = 9;
  public static final int PINGRESP = 13;

  private static final byte[] PROTOCOL = {0, 4, 'M', 'Q', 'T', 'T', 4};
  private static final int CLEAN_SESSION = 0x02;
  private static final int WILL_QOS1_RETAINED = 0x04 | 0x08 | 0x20;

  private Packet() {}

  /** A retained QoS 1 message that the server sends for a client that is gone. */
  public record Will(String topic, String payload) {}

  public static void connect(ByteBuf out, String clientId, int keepAlive, @Nullable Will will) {
    byte[] id = clientId.getBytes(StandardCharsets.UTF_8);
    byte[] topic = will == null ? new byte[0] : will.topic().getBytes(StandardCharsets.UTF_8);
    byte[] payload = will == null ? new byte[0] : will.payload().getBytes(StandardCharsets.UTF_8);
    int length = PROTOCOL.length + 3 + 2 + id.length;
    length += will == null ? 0 : 4 + topic.length + payload.length;
    out.writeByte(0x10);
    length(out, length);
    out.writeBytes(PROTOCOL);
    out.writeByte(CLEAN_SESSION | (will == null ? 0 : WILL_QOS1_RETAINED));
    out.writeShort(keepAlive);
    sized(out, id);
    if (will != null) {
      sized(out, topic);
      sized(out, payload);
    }
  }

  /** A PUBLISH of QoS 1. */
  public static void publish(
      ByteBuf out, byte[] topic, byte[] payload, int packetId, boolean retained, boolean again) {
    out.writeByte(0x32 | (retained ? 1 : 0) | (again ? 8 : 0));
    length(out, 2 + topic.length + 2 + payload.length);
    sized(out, topic);
    out.writeShort(packetId);
    out.writeBytes(payload);
  }

  public static void puback(ByteBuf out, int packetId) {
    out.writeInt(0x40020000 | packetId);
  }

  /** A SUBSCRIBE to one filter. */
  public static void subscribe(ByteBuf out, String filter, int qos, int packetId) {
    byte[] bytes = filter.getBytes(StandardCharsets.UTF_8);
    out.writeByte(0x82);
    length(out, 2 + 2 + bytes.length + 1);
    out.writeShort(packetId);
    sized(out, bytes);
    out.writeByte(qos);
  }

  public static void ping(ByteBuf out) {
    out.writeShort(0xC000);
  }

  public static void disconnect(ByteBuf out) {
    out.writeShort(0xE000);
  }

  private static void sized(ByteBuf out, byte[] bytes) {
    out.writeShort(bytes.length);
    out.writeBytes(bytes);
  }

  private static void length(ByteBuf out, int length) {
    int left = length;
    while (left >= 128) {
      out.writeByte(left & 127 | 128);
      left >>>= 7;
    }
    out.writeByte(left);
  }
}
