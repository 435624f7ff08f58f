package dev.hologrid.gateway.source.endpoint;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection that says nothing for too long. Takes the place of the library's own handler,
 * which would also end connections that say nothing because we do not read them.
 */
final class KeepAlive extends IdleStateHandler {
  private final Runnable silent;

  KeepAlive(long seconds, Runnable silent) {
    super(seconds, 0, 0, TimeUnit.SECONDS);
    this.silent = silent;
  }

  @Override
  protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
    if (context.channel().config().isAutoRead()) {
      silent.run();
    }
  }
}
