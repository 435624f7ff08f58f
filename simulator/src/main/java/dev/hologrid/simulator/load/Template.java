package dev.hologrid.simulator.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A PUBLISH encoded once; device, packet id, time and sequence are patched into each copy. */
final class Template {
  private static final String TOPIC = "hologrid/v1/smoke/ld-";
  private static final int DEVICE_DIGITS = 7;
  private static final int TIME_DIGITS = 13;
  private static final int SEQ_DIGITS = 10;
  private static final long SEQ_BASE = 1_000_000_000L;
  private static final int SMALLEST = 100;

  private final byte[] packet;
  private final int deviceAt;
  private final int idAt;
  private final int timeAt;
  private final int seqAt;

  Template(int payloadBytes) {
    String head = "{\"ts\":0000000000000,\"seq\":0000000000,";
    String values = "\"values\":{\"obscuration\":0.012,\"temperature\":24.31,\"battery\":91";
    int padding = Math.max(SMALLEST, payloadBytes) - head.length() - values.length() - 2;
    String pad = padding < 9 ? "" : ",\"pad\":\"" + "x".repeat(padding - 9) + "\"";
    String payload = head + values + pad + "}}";
    byte[] topic = (TOPIC + "0".repeat(DEVICE_DIGITS)).getBytes(StandardCharsets.UTF_8);
    byte[] body = payload.getBytes(StandardCharsets.UTF_8);
    int length = 2 + topic.length + 2 + body.length;
    ByteBuffer out = ByteBuffer.allocate(length + 5);
    out.put((byte) 0x32);
    int left = length;
    while (left >= 128) {
      out.put((byte) (left & 127 | 128));
      left >>>= 7;
    }
    out.put((byte) left);
    out.putShort((short) topic.length).put(topic);
    deviceAt = out.position() - DEVICE_DIGITS;
    idAt = out.position();
    out.putShort((short) 0);
    timeAt = out.position() + "{\"ts\":".length();
    seqAt = timeAt + TIME_DIGITS + ",\"seq\":".length();
    out.put(body);
    packet = new byte[out.position()];
    out.flip().get(packet);
  }

  int size() {
    return packet.length;
  }

  /** Writes one packet at {@code at}. */
  void put(byte[] to, int at, int device, int packetId, long time, long seq) {
    System.arraycopy(packet, 0, to, at, packet.length);
    digits(to, at + deviceAt, DEVICE_DIGITS, device);
    to[at + idAt] = (byte) (packetId >>> 8);
    to[at + idAt + 1] = (byte) packetId;
    digits(to, at + timeAt, TIME_DIGITS, time);
    digits(to, at + seqAt, SEQ_DIGITS, SEQ_BASE + seq);
  }

  private static void digits(byte[] to, int at, int count, long value) {
    long left = value;
    for (int i = at + count - 1; i >= at; i--) {
      to[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }
}
