package dev.hologrid.gateway.source.endpoint;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxConnection;
import io.vertx.core.net.impl.VertxHandler;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one MQTT connection. The library's own has a queue for what other threads write,
 * 1,024 places of it from the beginning: of an idle connection that is more than half of all its
 * memory. Here all writes come from the connection's event loop and go straight to the channel. It
 * carries packets and no bytes, and can do what the MQTT library asks of a socket; everything else
 * throws. Confined to the event loop.
 */
final class LeanSocket extends VertxConnection implements NetSocketInternal {
  private @Nullable Handler<Object> messages;

  private LeanSocket(ContextInternal context, ChannelHandlerContext channel) {
    super(context, channel, true);
  }

  /** Takes the place of a socket that has just been opened, before anything was read from it. */
  static LeanSocket replace(NetSocket opened) {
    ConnectionBase library = (ConnectionBase) opened;
    ContextInternal context = library.context(); // and not the library's socket, which is to go
    VertxHandler<LeanSocket> handler =
        VertxHandler.create(channel -> new LeanSocket(context, channel));
    library.channel().pipeline().replace("handler", "handler", handler);
    return handler.getConnection();
  }

  @Override
  public LeanSocket messageHandler(Handler<Object> handler) {
    messages = handler;
    return this;
  }

  @Override
  protected void handleMessage(Object message) {
    Handler<Object> taker = messages;
    if (taker != null) {
      context.emit(message, taker);
    }
  }

  @Override
  public Future<Void> writeMessage(Object message) {
    Promise<Void> written = context.promise();
    boolean unused = writeToChannel(message, written);
    return written.future();
  }

  @Override
  public synchronized LeanSocket closeHandler(@Nullable Handler<Void> handler) {
    super.closeHandler(handler);
    return this;
  }

  @Override
  public synchronized LeanSocket exceptionHandler(@Nullable Handler<Throwable> handler) {
    super.exceptionHandler(handler);
    return this;
  }

  @Override
  public synchronized LeanSocket shutdownHandler(@Nullable Handler<Void> handler) {
    super.shutdownHandler(handler);
    return this;
  }

  @Override
  public Future<Void> end() {
    return close();
  }

  private static UnsupportedOperationException packetsOnly() {
    return new UnsupportedOperationException("an MQTT connection takes packets, not bytes");
  }

  @Override
  public LeanSocket readCompletionHandler(@Nullable Handler<Void> handler) {
    throw packetsOnly();
  }

  @Override
  public LeanSocket eventHandler(@Nullable Handler<Object> handler) {
    throw packetsOnly();
  }

  @Override
  public LeanSocket handler(@Nullable Handler<Buffer> handler) {
    throw packetsOnly();
  }

  @Override
  public LeanSocket pause() {
    throw packetsOnly();
  }

  @Override
  public LeanSocket resume() {
    throw packetsOnly();
  }

  @Override
  public LeanSocket fetch(long amount) {
    throw packetsOnly();
  }

  @Override
  public LeanSocket endHandler(@Nullable Handler<Void> handler) {
    throw packetsOnly();
  }

  @Override
  public LeanSocket setWriteQueueMaxSize(int size) {
    throw packetsOnly();
  }

  @Override
  public LeanSocket drainHandler(@Nullable Handler<Void> handler) {
    throw packetsOnly();
  }

  @Override
  public Future<Void> write(Buffer data) {
    throw packetsOnly();
  }

  @Override
  public Future<Void> write(String text) {
    throw packetsOnly();
  }

  @Override
  public Future<Void> write(String text, String encoding) {
    throw packetsOnly();
  }

  @Override
  public Future<Void> sendFile(String file, long offset, long length) {
    throw packetsOnly();
  }

  @Override
  public Future<Void> upgradeToSsl(SSLOptions options, String server, Buffer upgrade) {
    throw packetsOnly();
  }

  @Override
  public String writeHandlerID() {
    throw packetsOnly();
  }

  @Override
  public String applicationLayerProtocol() {
    throw packetsOnly();
  }
}
