package dev.hologrid.simulator.doctor;

import dev.hologrid.simulator.mqtt.Server;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with a broker in MQTT 3.1.1 or 5, packet by packet, so that every answer is seen
 * as it was given (OASIS MQTT 5.0, chapters 2 and 3). Not for two threads.
 */
final class MqttTalk implements AutoCloseable {
  static final int SESSION_EXPIRY = 0x11;
  static final int SERVER_KEEP_ALIVE = 0x13;
  static final int RECEIVE_MAXIMUM = 0x21;
  static final int TOPIC_ALIAS_MAXIMUM = 0x22;
  static final int MAXIMUM_QOS = 0x24;
  static final int RETAIN_AVAILABLE = 0x25;
  static final int MAXIMUM_PACKET_SIZE = 0x27;
  static final int WILDCARD_AVAILABLE = 0x28;
  static final int SHARED_AVAILABLE = 0x2A;

  private static final int CONNACK = 2;
  private static final int PUBACK = 4;
  private static final int SUBACK = 9;
  private static final int PATIENCE_MS = 5_000;
  private static final int KEEP_ALIVE_SECONDS = 30;

  /**
   * The answer to a CONNECT.
   *
   * @param code 0: let in
   * @param numbers the properties that are numbers, by their identifier
   */
  record Connack(int code, Map<Integer, Long> numbers) {
    long number(int property, long otherwise) {
      return numbers.getOrDefault(property, otherwise);
    }
  }

  private record Answer(int type, DataInputStream body) {}

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final boolean five;
  private int packetId;

  MqttTalk(Server server, int version) throws IOException {
    this.five = version >= 5;
    this.socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    socket.connect(server.address(), PATIENCE_MS);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /**
   * Asks for a session that the broker keeps for an hour, to see how long it would.
   *
   * @param user null: none
   */
  Connack connect(String client, @Nullable String user, @Nullable String password)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream body = new DataOutputStream(bytes);
    body.writeUTF("MQTT");
    body.writeByte(five ? 5 : 4);
    body.writeByte(0x02 | (user == null ? 0 : 0x80) | (password == null ? 0 : 0x40));
    body.writeShort(KEEP_ALIVE_SECONDS);
    if (five) {
      body.writeByte(5);
      body.writeByte(SESSION_EXPIRY);
      body.writeInt(3_600);
    }
    body.writeUTF(client);
    if (user != null) {
      body.writeUTF(user);
    }
    if (password != null) {
      body.writeUTF(password);
    }
    send(0x10, bytes.toByteArray());
    DataInputStream answer = await(CONNACK);
    int unused = answer.readUnsignedByte();
    int code = answer.readUnsignedByte();
    return new Connack(code, five && answer.available() > 0 ? properties(answer) : Map.of());
  }

  /** The reason code for one filter: up to 2 granted, from 0x80 on refused. */
  int subscribe(String filter, int qos) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream body = new DataOutputStream(bytes);
    body.writeShort(++packetId);
    if (five) {
      body.writeByte(0);
    }
    body.writeUTF(filter);
    body.writeByte(qos);
    send(0x82, bytes.toByteArray());
    DataInputStream answer = await(SUBACK);
    int unused = answer.readUnsignedShort();
    if (five) {
      var ignored = properties(answer);
    }
    return answer.readUnsignedByte();
  }

  /** Publishes at QoS 1 and waits for the PUBACK; the nanoseconds that took. */
  long publish(String topic, byte[] payload) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream body = new DataOutputStream(bytes);
    body.writeUTF(topic);
    body.writeShort(++packetId);
    if (five) {
      body.writeByte(0);
    }
    body.write(payload);
    long from = System.nanoTime();
    send(0x32, bytes.toByteArray());
    DataInputStream answer = await(PUBACK);
    long took = System.nanoTime() - from;
    int unused = answer.readUnsignedShort();
    int code = five && answer.available() > 0 ? answer.readUnsignedByte() : 0;
    if (code >= 0x80) {
      throw new IOException("it refused a message with 0x" + Integer.toHexString(code));
    }
    return took;
  }

  private void send(int head, byte[] body) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(head);
    int left = body.length;
    do {
      all.write(left > 127 ? left & 127 | 128 : left);
      left >>>= 7;
    } while (left > 0);
    all.writeBytes(body);
    out.write(all.toByteArray());
    out.flush();
  }

  /** The next packet of this type; messages that come in between are passed over. */
  private DataInputStream await(int type) throws IOException {
    long end = System.nanoTime() + PATIENCE_MS * 1_000_000L;
    while (System.nanoTime() < end) {
      Answer next = next();
      if (next.type() == type) {
        return next.body();
      }
      if (next.type() == 14) {
        int code = next.body().available() > 0 ? next.body().readUnsignedByte() : 0;
        throw new IOException("it said good-bye with 0x" + Integer.toHexString(code));
      }
    }
    throw new IOException("it did not answer within " + PATIENCE_MS / 1_000 + " s");
  }

  private Answer next() throws IOException {
    int head = in.readUnsignedByte();
    byte[] body = new byte[(int) variable(in)];
    in.readFully(body);
    return new Answer(head >> 4, new DataInputStream(new ByteArrayInputStream(body)));
  }

  private static long variable(DataInputStream from) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int next = from.readUnsignedByte();
      value |= (long) (next & 127) << shift;
      if (next < 128) {
        return value;
      }
    }
    throw new IOException("it sent a length of more than four bytes");
  }

  private static Map<Integer, Long> properties(DataInputStream from) throws IOException {
    byte[] bytes = new byte[(int) variable(from)];
    from.readFully(bytes);
    DataInputStream each = new DataInputStream(new ByteArrayInputStream(bytes));
    Map<Integer, Long> numbers = new HashMap<>();
    while (each.available() > 0) {
      int id = each.readUnsignedByte();
      switch (id) {
        case SESSION_EXPIRY, MAXIMUM_PACKET_SIZE ->
            numbers.put(id, Integer.toUnsignedLong(each.readInt()));
        case SERVER_KEEP_ALIVE, RECEIVE_MAXIMUM, TOPIC_ALIAS_MAXIMUM ->
            numbers.put(id, (long) each.readUnsignedShort());
        case MAXIMUM_QOS, RETAIN_AVAILABLE, WILDCARD_AVAILABLE, 0x29, SHARED_AVAILABLE ->
            numbers.put(id, (long) each.readUnsignedByte());
        case 0x26 -> {
          skip(each);
          skip(each);
        }
        default -> skip(each); // a text or binary data: two bytes of length and as many
      }
    }
    return numbers;
  }

  private static void skip(DataInputStream from) throws IOException {
    from.skipNBytes(from.readUnsignedShort());
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** DISCONNECT and the end. */
  @Override
  public void close() throws IOException {
    try (socket) {
      if (!socket.isClosed()) {
        send(0xE0, new byte[0]);
      }
    } catch (IOException e) {
      // it has gone already
    }
  }
}
