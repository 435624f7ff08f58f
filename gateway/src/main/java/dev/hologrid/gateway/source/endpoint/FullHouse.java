package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.component.Check;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands at the end of a listener's own channel, where it says that it could not accept a client:
 * as a rule, because this process has as many files open as it may. The library tries again each
 * second and would write a stack trace each time. Safe for use by many threads.
 */
@Sharable
final class FullHouse extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(FullHouse.class);
  private static final long LATELY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongAdder times = new LongAdder();

  // No class of its own: without a file to open, it could not be loaded when it is needed.
  private volatile @Nullable String why;
  private volatile long lastNanos;

  /**
   * Stands there from now on; {@code listener} is what a connection's channel has as its parent.
   */
  void watch(@Nullable Channel listener) {
    if (listener != null && listener.pipeline().get(FullHouse.class) == null) {
      listener.pipeline().addLast(this); // twice at worst, and then the second hears nothing
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      context.fireExceptionCaught(cause);
      return;
    }
    long now = System.nanoTime();
    boolean lately = why != null && now - lastNanos <= LATELY_NANOS;
    lastNanos = now;
    why = cause.getMessage();
    times.increment();
    if (!lately) {
      log.error("clients cannot connect: {}", cause.getMessage());
    }
  }

  /** How often a listener could not accept a client. */
  long times() {
    return times.sum();
  }

  /** Degraded for a minute after that has happened. */
  Check check() {
    String trouble = why;
    return trouble == null || System.nanoTime() - lastNanos > LATELY_NANOS
        ? Check.ok()
        : Check.degraded(
            "clients cannot connect: " + trouble + "; give the server more open files (ulimit -n)");
  }
}
