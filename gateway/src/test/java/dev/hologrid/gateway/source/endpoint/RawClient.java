package dev.hologrid.gateway.source.endpoint;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A few MQTT packets by hand, for what no decent client sends. Not for two threads. */
final class RawClient implements AutoCloseable {
  static final int CONNACK = 2;
  static final int PUBACK = 4;
  static final int PUBREC = 5;
  static final int PUBCOMP = 7;
  static final int DISCONNECT = 14;

  /** One packet from the server; {@code body} begins after the remaining length. */
  record Packet(int type, int flags, byte[] body) {
    /** The return code or reason code of a CONNACK. */
    int code() {
      return body[1] & 0xFF;
    }

    int id() {
      return (body[0] & 0xFF) << 8 | body[1] & 0xFF;
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final int version;

  RawClient(int port, int version) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port), version);
  }

  /** From another address of this machine, for example 127.0.0.2. */
  static RawClient from(String address, int port, int version) throws IOException {
    InetAddress local = InetAddress.getByName(address);
    return new RawClient(new Socket("127.0.0.1", port, local, 0), version);
  }

  RawClient(Socket socket, int version) throws IOException {
    this.socket = socket;
    this.version = version;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
  }

  /** A clean session with a user name and a password. */
  Packet connectAs(String client, String user, String password) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(body);
    data.writeUTF("MQTT");
    data.writeByte(version);
    data.writeByte(0xC2);
    data.writeShort(60);
    if (version == 5) {
      data.writeByte(0);
    }
    data.writeUTF(client);
    data.writeUTF(user);
    data.writeUTF(password);
    packet(0x10, body.toByteArray());
    return next();
  }

  Packet connect(String client, boolean clean, int keepAlive) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(body);
    data.writeUTF("MQTT");
    data.writeByte(version);
    data.writeByte(clean ? 2 : 0);
    data.writeShort(keepAlive);
    if (version == 5) {
      if (clean) {
        data.writeByte(0);
      } else {
        data.writeByte(5);
        data.writeByte(0x11);
        data.writeInt(3600);
      }
    }
    data.writeUTF(client);
    packet(0x10, body.toByteArray());
    return next();
  }

  void publish(int qos, boolean dup, int id, String topic, byte[] payload) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(body);
    data.writeUTF(topic);
    if (qos > 0) {
      data.writeShort(id);
    }
    if (version == 5) {
      data.writeByte(0);
    }
    data.write(payload);
    write(0x30 | (dup ? 8 : 0) | qos << 1, body.toByteArray());
  }

  void release(int id) throws IOException {
    packet(0x62, new byte[] {(byte) (id >> 8), (byte) id});
  }

  private void packet(int first, byte[] body) throws IOException {
    write(first, body);
    out.flush();
  }

  private void write(int first, byte[] body) throws IOException {
    out.writeByte(first);
    int rest = body.length;
    do {
      int digit = rest & 0x7F;
      rest >>= 7;
      out.writeByte(rest > 0 ? digit | 0x80 : digit);
    } while (rest > 0);
    out.write(body);
  }

  void raw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  void text(String text) throws IOException {
    raw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void flush() throws IOException {
    out.flush();
  }

  Packet next() throws IOException {
    int first = in.readUnsignedByte();
    int length = 0;
    int shift = 0;
    int digit;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      shift += 7;
    } while ((digit & 0x80) != 0);
    byte[] body = new byte[length];
    in.readFully(body);
    return new Packet(first >> 4, first & 15, body);
  }

  /** Whether the server has closed the connection (within the time-out of a read). */
  boolean ends() {
    try {
      while (true) {
        next();
      }
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
