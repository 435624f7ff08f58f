package dev.hologrid.gateway.source.firepanel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.decode.PanelFrame;
import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.Source;
import dev.hologrid.gateway.source.SourceMessage;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens for fire panels. Frames go to the inbox as {@code gb26875/{address}}, and whether a panel
 * is there as {@code gb26875/{address}/status}. Safe for use by many threads.
 */
public final class FirePanelSource implements Source, PanelCommands {
  private static final SourceMessage.Ack NOBODY_WAITS =
      new SourceMessage.Ack() {
        @Override
        public void stored() {}

        @Override
        public void failed(Throwable cause) {}
      };

  private static final int MOST_PANELS = 20_000;

  private final FirePanelConfig config;
  private final Inbox inbox;
  private final InstantSource clock;
  private final Map<String, Panel> panels = new ConcurrentHashMap<>();
  private volatile @Nullable EventLoopGroup loops;
  private volatile @Nullable Channel listener;
  private volatile @Nullable String trouble = "not started";

  /** What is known of a panel, across its connections. */
  private static final class Panel {
    final SeenFrames frames = new SeenFrames();
    volatile @Nullable PanelConnection connection;
    volatile long lastNanos;
    volatile boolean online;
  }

  public FirePanelSource(FirePanelConfig config, Inbox inbox, InstantSource clock) {
    this.config = config;
    this.inbox = inbox;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "firepanel";
  }

  @Override
  public Future<Void> start() {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    loops = group;
    Promise<Void> started = Promise.promise();
    new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(new FrameSeeker(), new PanelConnection(FirePanelSource.this));
              }
            })
        .bind(config.host(), config.port())
        .addListener(
            (io.netty.channel.ChannelFuture bound) -> {
              if (bound.isSuccess()) {
                listener = bound.channel();
                trouble = null;
                started.complete();
              } else {
                trouble = "cannot listen: " + bound.cause().getMessage();
                started.fail(bound.cause());
              }
            });
    long period = Math.max(50, config.silence().toMillis() / 6);
    var unused =
        group.next().scheduleAtFixedRate(this::sweep, period, period, TimeUnit.MILLISECONDS);
    return started.future();
  }

  /** The port in use. */
  public int port() {
    Channel channel = listener;
    return channel == null ? 0 : ((InetSocketAddress) channel.localAddress()).getPort();
  }

  FirePanelConfig config() {
    return config;
  }

  long now() {
    return clock.millis();
  }

  boolean ready() {
    return inbox.ready();
  }

  /** Addresses are not authenticated, so how many are remembered has a limit. */
  boolean admits(String panel) {
    return panels.containsKey(panel) || panels.size() < MOST_PANELS;
  }

  SeenFrames frames(String panel) {
    return panel(panel).frames;
  }

  private Panel panel(String panel) {
    return panels.computeIfAbsent(panel, ignored -> new Panel());
  }

  /** A valid frame came in: any is a sign of life. A newer connection replaces an older one. */
  void seen(String address, PanelConnection connection) {
    Panel panel = panel(address);
    panel.lastNanos = System.nanoTime();
    PanelConnection before = panel.connection;
    panel.connection = connection;
    if (before != null && before != connection) {
      before.close();
    }
    if (!panel.online) {
      panel.online = true;
      status(address, "online");
    }
  }

  void left(String address, PanelConnection connection) {
    Panel panel = panel(address);
    if (panel.connection == connection) {
      panel.connection = null; // the sweep says offline when it does not come back
    }
  }

  void put(PanelFrame frame, SourceMessage.Ack ack) {
    inbox.put(
        new SourceMessage(
            name(), "gb26875/" + frame.panel(), "", frame.bytes(), clock.millis(), ack));
  }

  private void status(String address, String word) {
    inbox.put(
        new SourceMessage(
            name(),
            "gb26875/" + address + "/status",
            "",
            word.getBytes(US_ASCII),
            clock.millis(),
            NOBODY_WAITS));
  }

  private void sweep() {
    long now = System.nanoTime();
    panels.forEach(
        (address, panel) -> {
          if (panel.online && now - panel.lastNanos > config.silence().toNanos()) {
            panel.online = false;
            PanelConnection connection = panel.connection;
            if (connection != null) {
              connection.close();
            }
            status(address, "offline");
          }
        });
  }

  @Override
  public Set<String> connected() {
    Set<String> connected = new TreeSet<>();
    panels.forEach(
        (address, panel) -> {
          if (panel.connection != null) {
            connected.add(address);
          }
        });
    return connected;
  }

  @Override
  public Future<Outcome> dutyCheck(String panel, int minutes) {
    return send(panel, PanelFrame.CONTROL, new byte[] {91, 1, (byte) minutes});
  }

  @Override
  public Future<Outcome> setClock(String panel) {
    byte[] unit = new byte[8];
    unit[0] = 90;
    unit[1] = 1;
    System.arraycopy(PanelFrame.time(clock.millis()), 0, unit, 2, 6);
    return send(panel, PanelFrame.CONTROL, unit);
  }

  @Override
  public Future<Outcome> read(String panel, Read what, byte[] object) {
    if (object.length != what.size) {
      return Future.failedFuture(
          new IllegalArgumentException(
              what + " needs " + what.size + " bytes, but got " + object.length));
    }
    byte[] unit = new byte[2 + object.length];
    unit[0] = (byte) what.type;
    unit[1] = 1;
    System.arraycopy(object, 0, unit, 2, object.length);
    return send(panel, PanelFrame.REQUEST, unit);
  }

  private Future<Outcome> send(String address, int command, byte[] unit) {
    Panel panel = panels.get(address);
    PanelConnection connection = panel == null ? null : panel.connection;
    return connection == null
        ? Future.succeededFuture(Outcome.NOT_CONNECTED)
        : connection.send(command, unit);
  }

  @Override
  public Check check() {
    String why = trouble;
    return why == null ? Check.ok() : Check.failed(why);
  }

  @Override
  public void close() {
    trouble = "closed";
    EventLoopGroup group = loops;
    if (group != null) {
      group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
  }
}
