package dev.hologrid.simulator.mqtt;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One device's connection. It keeps what was not acknowledged and sends it again, in order, after a
 * reconnect. Confined to its event loop.
 */
public final class Link {
  private static final int KEEP_ALIVE_SECONDS = 60;
  private static final long FIRST_RETRY_MS = 250;
  private static final long LAST_RETRY_MS = 15_000;
  private static final int PACKET_IDS = 65_535;

  /** What the owner of a link is told, on its event loop. */
  public interface Listener {
    /** CONNACK has come; what is published now goes out at once. */
    void up();

    void down();

    void sent(Message message, boolean again);

    void acked(Message message);
  }

  /**
   * How to connect.
   *
   * @param window how many messages may be unacknowledged at a time
   * @param from the local address, or empty for any
   */
  public record Terms(Server server, String clientId, Packet.Will will, int window, String from) {
    public Terms(Server server, String clientId, Packet.Will will, int window) {
      this(server, clientId, will, window, "");
    }

    /** The same from another local address. */
    public Terms from(String local) {
      return new Terms(server, clientId, will, window, local);
    }
  }

  private final EventLoop loop;
  private final Terms terms;
  private final Listener listener;
  private final Deque<Message> waiting = new ArrayDeque<>();
  private final Map<Integer, Message> unacked = new LinkedHashMap<>();
  private @Nullable Channel channel;
  private boolean wanted;
  private boolean up;
  private int packetId;
  private long retryMs = FIRST_RETRY_MS;

  public Link(EventLoop loop, Terms terms, Listener listener) {
    this.loop = loop;
    this.terms = terms;
    this.listener = listener;
  }

  /** Connects, and again with growing pauses whenever the connection is lost. */
  public void open() {
    if (!wanted) {
      wanted = true;
      connect();
    }
  }

  public void publish(Message message) {
    waiting.add(message);
    flush();
  }

  /** Messages that were given to {@link #publish} and not acknowledged yet. */
  public int outstanding() {
    return waiting.size() + unacked.size();
  }

  public boolean isUp() {
    return up;
  }

  /** Leaves with a DISCONNECT: the server sends no will. */
  public void close() {
    wanted = false;
    Channel now = channel;
    if (now != null) {
      ByteBuf bye = now.alloc().buffer(2);
      Packet.disconnect(bye);
      now.writeAndFlush(bye).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Cuts the connection: the server sends the will. */
  public void drop() {
    wanted = false;
    Channel now = channel;
    if (now != null) {
      now.close();
    }
  }

  private void connect() {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 5_000)
            .handler(new Conversation());
    if (!terms.from().isEmpty()) {
      bootstrap.localAddress(terms.from(), 0);
    }
    ChannelFuture connecting = bootstrap.connect(terms.server().address());
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            retry();
          }
        });
  }

  private void retry() {
    if (wanted) {
      long pause = ThreadLocalRandom.current().nextLong(retryMs / 2, retryMs + 1);
      retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
      loop.schedule(
          () -> {
            if (wanted && channel == null) {
              connect();
            }
          },
          pause,
          TimeUnit.MILLISECONDS);
    }
  }

  private void accepted(Channel accepted) {
    up = true;
    retryMs = FIRST_RETRY_MS;
    unacked.forEach((id, message) -> write(accepted, id, message, true));
    accepted.flush();
    listener.up();
  }

  private void lost() {
    channel = null;
    boolean was = up;
    up = false;
    if (was) {
      listener.down();
    }
    retry();
  }

  private void flush() {
    Channel now = channel;
    if (!up || now == null) {
      return;
    }
    boolean wrote = false;
    while (unacked.size() < terms.window() && !waiting.isEmpty()) {
      Message message = waiting.remove();
      int id = nextId();
      unacked.put(id, message);
      write(now, id, message, false);
      wrote = true;
    }
    if (wrote) {
      now.flush();
    }
  }

  private void write(Channel to, int id, Message message, boolean again) {
    ByteBuf out = to.alloc().buffer(message.topic().length + message.payload().length + 10);
    Packet.publish(out, message.topic(), message.payload(), id, message.retained(), again);
    listener.sent(message, again);
    to.write(out, to.voidPromise());
  }

  private int nextId() {
    do {
      packetId = packetId % PACKET_IDS + 1;
    } while (unacked.containsKey(packetId));
    return packetId;
  }

  /** What the server says. */
  private final class Conversation extends FrameReader {
    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
      super.channelActive(context);
      channel = context.channel();
      ByteBuf hello = context.alloc().buffer(128);
      Packet.connect(hello, terms.clientId(), KEEP_ALIVE_SECONDS, terms.will());
      context.writeAndFlush(hello);
      context
          .executor()
          .scheduleAtFixedRate(
              () -> ping(context),
              KEEP_ALIVE_SECONDS / 2,
              KEEP_ALIVE_SECONDS / 2,
              TimeUnit.SECONDS);
    }

    private void ping(ChannelHandlerContext context) {
      if (!context.channel().isActive()) {
        throw new java.util.concurrent.CancellationException("the connection is gone");
      }
      ByteBuf ping = context.alloc().buffer(2);
      Packet.ping(ping);
      context.writeAndFlush(ping, context.voidPromise());
    }

    @Override
    protected void packet(ChannelHandlerContext context, int header, ByteBuf body) {
      switch (header >> 4) {
        case Packet.CONNACK -> {
          if (body.getByte(1) == 0) {
            accepted(context.channel());
          } else {
            context.close();
          }
        }
        case Packet.PUBACK -> {
          Message message = unacked.remove(body.readUnsignedShort());
          if (message != null) {
            listener.acked(message);
          }
        }
        default -> {
          // nothing that a publisher waits for
        }
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
      super.channelReadComplete(context);
      flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      super.channelInactive(context);
      lost();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
