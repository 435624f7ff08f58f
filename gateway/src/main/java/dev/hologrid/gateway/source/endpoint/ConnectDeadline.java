package dev.hologrid.gateway.source.endpoint;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose CONNECT is not there in time, however busily it sends parts of one. In
 * the pipeline from the connection's beginning to its CONNECT.
 */
final class ConnectDeadline extends ChannelInboundHandlerAdapter {
  private final Duration within;
  private final Lobby lobby;
  private @Nullable Future<?> deadline;

  ConnectDeadline(Duration within, Lobby lobby) {
    this.within = within;
    this.lobby = lobby;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    lobby.entered(context.channel());
    deadline =
        context
            .executor()
            .schedule(
                () -> lobby.late(context.channel()), within.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    boolean unused = lobby.left(context.channel());
    if (deadline != null) {
      deadline.cancel(false);
    }
  }
}
