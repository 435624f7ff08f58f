package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.SourceMessage;
import dev.hologrid.gateway.testing.Allocation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What holds for all bytes that a client may send. */
final class FuzzedEndpoint {
  private static final int PACKET = 4 << 20;

  private FuzzedEndpoint() {}

  /**
   * The bytes through the handlers of a connection that has connected, in one piece and byte by
   * byte: no exception, the same packets, and no more allocated than a packet may have bytes.
   */
  static void packets(byte[] bytes) {
    for (boolean five : new boolean[] {false, true}) {
      Allocation.atMost(
          PACKET,
          () -> {
            String whole = read(bytes, bytes.length, five);
            String pieces = read(bytes, 1, five);
            if (!whole.equals(pieces)) {
              throw new AssertionError(whole + " and in pieces " + pieces);
            }
          });
    }
  }

  /** The bytes as WebSocket frames: no exception, and the same in one piece and byte by byte. */
  static void webSocket(byte[] bytes) {
    Allocation.atMost(
        PACKET,
        () -> {
          String whole = frames(bytes, bytes.length);
          String pieces = frames(bytes, 1);
          if (!whole.equals(pieces)) {
            throw new AssertionError(whole + " and in pieces " + pieces);
          }
        });
  }

  private static String frames(byte[] bytes, int step) {
    EmbeddedChannel channel = new EmbeddedChannel(new WebSocketDecoder(() -> {}));
    ByteBuf all = Unpooled.buffer();
    try {
      for (int at = 0; at < bytes.length && channel.isOpen(); at += step) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(step, bytes.length - at)));
      }
      channel.checkException();
      for (ByteBuf each = channel.readInbound(); each != null; each = channel.readInbound()) {
        all.writeBytes(each);
        each.release();
      }
      all.writeByte('|');
      for (ByteBuf each = channel.readOutbound(); each != null; each = channel.readOutbound()) {
        all.writeBytes(each);
        each.release();
      }
      return io.netty.buffer.ByteBufUtil.hexDump(all);
    } finally {
      channel.finishAndReleaseAll();
    }
  }

  private static String read(byte[] bytes, int step, boolean five) {
    StringBuilder seen = new StringBuilder();
    PublishReader reader =
        new PublishReader(
            (topic, qos, id, payload) ->
                seen.append(topic).append(qos).append(id).append(payload.length).append(';'),
            new Topics(),
            PACKET,
            five,
            new KeepAlive(600, () -> {}));
    EmbeddedChannel channel =
        new EmbeddedChannel(reader, new MqttDecoder(PACKET, Greeting.CLIENT_ID_BYTES));
    try {
      for (int at = 0; at < bytes.length; at += step) {
        ByteBuf part = Unpooled.copiedBuffer(bytes, at, Math.min(step, bytes.length - at));
        channel.writeInbound(part);
      }
      channel.checkException();
    } finally {
      channel.finishAndReleaseAll();
    }
    return seen.toString();
  }

  /** Stores nothing, and says at once that it did. */
  private static final class Sink implements Inbox {
    @Override
    public void put(SourceMessage message) {
      message.ack().stored();
    }

    @Override
    public boolean ready() {
      return true;
    }
  }

  /** One endpoint for all inputs; it lives as long as the process. */
  private static final class Running {
    private static final Running HERE = new Running();
    private final AtomicReference<@Nullable Throwable> escaped = new AtomicReference<>();
    private final MqttEndpointSource endpoint;

    private Running() {
      Vertx vertx = Vertx.vertx();
      vertx.exceptionHandler(escaped::set);
      endpoint =
          new MqttEndpointSource(
              vertx,
              EndpointConfig.defaults().withPort(0),
              new AnonymousGate(false),
              (who, filter) -> true,
              new Sink(),
              Clock.systemUTC(),
              dev.hologrid.gateway.audit.SecurityAudit.NONE);
      try {
        endpoint.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * The bytes to a running endpoint, as they are or, where the first byte is odd, after a CONNECT:
   * the connection ends, nothing escapes, and the endpoint goes on.
   */
  static void connection(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    Running running = Running.HERE;
    long before = running.endpoint.refusals().closings().getOrDefault("unexpected", 0L);
    int version = (bytes[0] & 2) == 0 ? 4 : 5;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.endpoint.port())) {
      socket.setSoTimeout(10_000);
      if ((bytes[0] & 1) == 1) {
        PacketWriter hello = new PacketWriter().utf8("MQTT").u8(version).u8(2).u16(60);
        socket
            .getOutputStream()
            .write((version == 5 ? hello.u8(0) : hello).utf8("fuzz").packet(0x10));
      }
      socket.getOutputStream().write(bytes, 1, bytes.length - 1);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the connection stays", e);
    } catch (java.net.SocketException e) {
      // closed while we were writing
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Throwable escaped = running.escaped.getAndSet(null);
    if (escaped != null) {
      throw new AssertionError("escaped", escaped);
    }
    long after = running.endpoint.refusals().closings().getOrDefault("unexpected", 0L);
    if (after != before) {
      throw new AssertionError("a handler failed; see the log");
    }
  }
}
