package dev.hologrid.simulator.load;

import dev.hologrid.simulator.mqtt.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.HdrHistogram.Histogram;

/** One connection of the load: its free packet ids, and when each message was meant to go. */
final class Lane implements AutoCloseable {
  private static final int KEEP_ALIVE_SECONDS = 600;

  private final SocketChannel channel;
  private final byte[] buffer;
  private final ByteBuffer out;
  private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
  private final int[] freeIds;
  private final long[] intended;
  private final int[] devices;
  private final long[] lastTime;
  private int free;
  private int turn;
  private long seq;

  private Lane(SocketChannel channel, int window, int packetSize, int[] devices) {
    this.channel = channel;
    this.buffer = new byte[window * packetSize + 16];
    this.out = ByteBuffer.wrap(buffer);
    this.freeIds = new int[window];
    this.intended = new long[window + 1];
    this.devices = devices;
    this.lastTime = new long[devices.length];
    for (int i = 0; i < window; i++) {
      freeIds[free++] = window - i;
    }
  }

  /** Connects and waits for CONNACK. */
  static Lane open(LoadPlan plan, int number, int packetSize, int[] devices) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.connect(plan.server().address());
    ByteBuf hello = Unpooled.buffer();
    Packet.connect(
        hello, "load-" + ProcessHandle.current().pid() + "-" + number, KEEP_ALIVE_SECONDS, null);
    channel.write(hello.nioBuffer());
    ByteBuffer answer = ByteBuffer.allocate(4);
    while (answer.hasRemaining()) {
      if (channel.read(answer) < 0) {
        throw new IOException("the server closed the connection instead of CONNACK");
      }
    }
    if (answer.get(0) >>> 4 != Packet.CONNACK || answer.get(3) != 0) {
      throw new IOException("the server refused with return code " + answer.get(3));
    }
    channel.configureBlocking(false);
    return new Lane(channel, plan.window(), packetSize, devices);
  }

  SocketChannel channel() {
    return channel;
  }

  boolean hasRoom() {
    return free > 0 && out.remaining() > 0;
  }

  int inFlight() {
    return freeIds.length - free;
  }

  /** Encodes one message; it goes out with the next {@link #flush}. */
  void put(Template template, long meantNanos, long nowMillis) {
    int id = freeIds[--free];
    intended[id] = meantNanos;
    int slot = turn;
    turn = turn + 1 == devices.length ? 0 : turn + 1;
    lastTime[slot] = Math.max(nowMillis, lastTime[slot] + 1);
    template.put(buffer, out.position(), devices[slot], id, lastTime[slot], ++seq);
    out.position(out.position() + template.size());
  }

  /** Sends what waits; true when everything has gone. */
  boolean flush() throws IOException {
    if (out.position() > 0) {
      out.flip();
      channel.write(out);
      out.compact();
    }
    return out.position() == 0;
  }

  /**
   * Reads acknowledgements.
   *
   * @return how many there were, or -1 at the end of the stream
   */
  int readAcks(Histogram latency, boolean record) throws IOException {
    int read = channel.read(in);
    if (read < 0) {
      return -1;
    }
    in.flip();
    int acks = 0;
    long now = System.nanoTime();
    while (in.remaining() >= 2 && in.remaining() >= 2 + in.get(in.position() + 1)) {
      int type = (in.get() & 0xff) >>> 4;
      int length = in.get();
      if (type == Packet.PUBACK) {
        int id = in.getShort() & 0xffff;
        in.position(in.position() + length - 2);
        freeIds[free++] = id;
        acks++;
        if (record) {
          latency.recordValue(Math.clamp((now - intended[id]) / 1000, 0, 3_600_000_000L));
        }
      } else {
        in.position(in.position() + length);
      }
    }
    in.compact();
    return acks;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
