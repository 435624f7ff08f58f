package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A client whose every packet and property is chosen by the test. Not for two threads. */
final class Peer implements AutoCloseable {
  static final int PUBLISH = 3;
  static final int SUBACK = 9;
  static final int UNSUBACK = 11;
  static final int PINGRESP = 13;

  /** What a CONNECT says beside the client id. */
  record Hello(
      int version, boolean clean, int keepAlive, PacketWriter properties, int flags, Will will) {
    static Hello five() {
      return new Hello(5, true, 60, new PacketWriter(), 0, null);
    }

    static Hello three() {
      return new Hello(4, true, 60, new PacketWriter(), 0, null);
    }

    Hello clean(boolean value) {
      return new Hello(version, value, keepAlive, properties, flags, will);
    }

    Hello keepAlive(int seconds) {
      return new Hello(version, clean, seconds, properties, flags, will);
    }

    Hello with(PacketWriter all) {
      return new Hello(version, clean, keepAlive, all, flags, will);
    }

    Hello sessionExpiry(long seconds) {
      return with(new PacketWriter().u8(0x11).u32(seconds));
    }

    Hello will(String topic, String payload, PacketWriter willProperties) {
      return new Hello(
          version, clean, keepAlive, properties, 0x0C, new Will(topic, payload, willProperties));
    }
  }

  record Will(String topic, String payload, PacketWriter properties) {}

  /** A PUBLISH from the server; property values as they stand on the wire, the last of each. */
  record Message(
      String topic,
      int qos,
      boolean again,
      int id,
      Map<Integer, Long> properties,
      String payload) {}

  private final RawClient raw;
  private final int version;
  final RawClient.Packet connack;

  private Peer(RawClient raw, int version, RawClient.Packet connack) {
    this.raw = raw;
    this.version = version;
    this.connack = connack;
  }

  static Peer open(int port, String client, Hello hello) throws IOException {
    return open(new RawClient(port, hello.version), client, hello);
  }

  static Peer open(Socket socket, String client, Hello hello) throws IOException {
    return open(new RawClient(socket, hello.version), client, hello);
  }

  private static Peer open(RawClient raw, String client, Hello hello) throws IOException {
    PacketWriter body = new PacketWriter().utf8("MQTT").u8(hello.version);
    body.u8(hello.flags | (hello.clean ? 2 : 0)).u16(hello.keepAlive);
    if (hello.version == 5) {
      body.block(hello.properties);
    }
    body.utf8(client);
    if (hello.will != null) {
      if (hello.version == 5) {
        body.block(hello.will.properties);
      }
      body.utf8(hello.will.topic).utf8(hello.will.payload);
    }
    raw.raw(body.packet(0x10));
    return new Peer(raw, hello.version, raw.next());
  }

  /** Fails unless the CONNECT was accepted. */
  Peer accepted() {
    assertThat(connack.type()).isEqualTo(RawClient.CONNACK);
    assertThat(connack.code()).isZero();
    return this;
  }

  boolean sessionPresent() {
    return (connack.body()[0] & 1) == 1;
  }

  /** A number from the CONNACK's properties, or -1. */
  long said(int property) {
    return properties(ByteBuffer.wrap(connack.body(), 2, connack.body().length - 2))
        .getOrDefault(property, -1L);
  }

  void publish(int qos, int id, String topic, PacketWriter properties, String payload)
      throws IOException {
    publish(qos, false, id, topic, properties, payload);
  }

  void publish(
      int qos, boolean again, int id, String topic, PacketWriter properties, String payload)
      throws IOException {
    PacketWriter body = new PacketWriter().utf8(topic);
    if (qos > 0) {
      body.u16(id);
    }
    if (version == 5) {
      body.block(properties);
    }
    raw.raw(
        body.raw(payload.getBytes(StandardCharsets.UTF_8))
            .packet(0x30 | (again ? 8 : 0) | qos << 1));
  }

  /** Subscribes and returns the reason code or return code. */
  int subscribe(String filter, int options) throws IOException {
    return subscribe(filter, options, new PacketWriter());
  }

  int subscribe(String filter, int options, PacketWriter properties) throws IOException {
    return ask(0x82, SUBACK, new PacketWriter(), filter, options, properties);
  }

  int unsubscribe(String filter) throws IOException {
    return ask(0xA2, UNSUBACK, new PacketWriter(), filter, -1, new PacketWriter());
  }

  private int ask(
      int first, int answer, PacketWriter body, String filter, int options, PacketWriter properties)
      throws IOException {
    body.u16(77);
    if (version == 5) {
      body.block(properties);
    }
    body.utf8(filter);
    if (options >= 0) {
      body.u8(options);
    }
    raw.raw(body.packet(first));
    RawClient.Packet said = raw.next();
    assertThat(said.type()).isEqualTo(answer);
    assertThat(said.id()).isEqualTo(77);
    return said.body().length == 2 ? 0 : said.body()[said.body().length - 1] & 0xFF;
  }

  void send(byte[] packet) throws IOException {
    raw.raw(packet);
  }

  RawClient.Packet next() throws IOException {
    return raw.next();
  }

  /** The next packet, which must be a PUBLISH. */
  Message message() throws IOException {
    RawClient.Packet packet = raw.next();
    assertThat(packet.type()).isEqualTo(PUBLISH);
    ByteBuffer in = ByteBuffer.wrap(packet.body());
    byte[] topic = new byte[in.getShort()];
    in.get(topic);
    int qos = packet.flags() >> 1 & 3;
    int id = qos > 0 ? in.getShort() & 0xFFFF : 0;
    Map<Integer, Long> properties = version == 5 ? properties(in) : Map.of();
    byte[] payload = new byte[in.remaining()];
    in.get(payload);
    return new Message(
        new String(topic, StandardCharsets.UTF_8),
        qos,
        (packet.flags() & 8) != 0,
        id,
        properties,
        new String(payload, StandardCharsets.UTF_8));
  }

  private static Map<Integer, Long> properties(ByteBuffer in) {
    int end = length(in) + in.position();
    Map<Integer, Long> found = new HashMap<>();
    while (in.position() < end) {
      int key = in.get();
      found.put(
          key,
          switch (key) {
            case 0x0B -> (long) length(in);
            case 0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2A -> (long) in.get();
            case 0x13, 0x21, 0x22, 0x23 -> in.getShort() & 0xFFFFL;
            case 0x02, 0x11, 0x18, 0x27 -> in.getInt() & 0xFFFFFFFFL;
            default -> {
              int length = in.getShort();
              in.position(in.position() + length);
              yield (long) length;
            }
          });
    }
    return found;
  }

  private static int length(ByteBuffer in) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      int digit = in.get();
      value |= (digit & 0x7F) << shift;
      if (digit >= 0) {
        return value;
      }
    }
  }

  void ack(Message message) throws IOException {
    raw.raw(new PacketWriter().u16(message.id).packet(0x40));
  }

  /** Nothing was on its way to this client before this. */
  void ping() throws IOException {
    raw.raw(new PacketWriter().packet(0xC0));
    assertThat(raw.next().type()).isEqualTo(PINGRESP);
  }

  /** Says good-bye; with properties, where there are any. */
  void disconnect(int reason, PacketWriter properties) throws IOException {
    raw.raw(new PacketWriter().u8(reason).block(properties).packet(0xE0));
    assertThat(raw.ends()).isTrue();
  }

  void disconnect() throws IOException {
    raw.raw(new PacketWriter().packet(0xE0));
    assertThat(raw.ends()).isTrue();
  }

  /** The reason code that the server ends the connection with; -1: without a word. */
  int ended() {
    try {
      while (true) {
        RawClient.Packet packet = raw.next();
        if (packet.type() == RawClient.DISCONNECT) {
          return packet.body().length == 0 ? 0 : packet.body()[0] & 0xFF;
        }
      }
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
