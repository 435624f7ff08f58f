package dev.hologrid.gateway.source.endpoint;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the parts of MQTT packets, right or wrong. */
final class PacketWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  PacketWriter u8(int value) {
    bytes.write(value);
    return this;
  }

  PacketWriter u16(int value) {
    return u8(value >> 8).u8(value);
  }

  PacketWriter u32(long value) {
    return u16((int) (value >> 16)).u16((int) value);
  }

  PacketWriter raw(byte[] value) {
    bytes.writeBytes(value);
    return this;
  }

  PacketWriter binary(byte[] value) {
    return u16(value.length).raw(value);
  }

  PacketWriter utf8(String value) {
    return binary(value.getBytes(StandardCharsets.UTF_8));
  }

  /** A variable byte integer. */
  PacketWriter length(int value) {
    int rest = value;
    do {
      int digit = rest & 0x7F;
      rest >>= 7;
      u8(rest > 0 ? digit | 0x80 : digit);
    } while (rest > 0);
    return this;
  }

  /** With its length before it, as properties are. */
  PacketWriter block(PacketWriter other) {
    return length(other.bytes.size()).raw(other.bytes.toByteArray());
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** A whole packet with this as its body. */
  byte[] packet(int first) {
    return new PacketWriter().u8(first).block(this).bytes();
  }
}
