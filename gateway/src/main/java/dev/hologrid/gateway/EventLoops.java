package dev.hologrid.gateway;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.component.Pulse;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whether each event loop still turns. One that hangs serves none of its connections and fires none
 * of its timers, while all others go on as if nothing had happened.
 */
final class EventLoops implements Component {
  private static final long EVERY_MS = 1_000;

  private final Vertx vertx;
  private final List<Pulse> pulses = new ArrayList<>();
  private final List<ScheduledFuture<?>> beats = new ArrayList<>();

  EventLoops(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Begins to look, on every loop; before anybody asks. */
  EventLoops start() {
    for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
      Pulse pulse = new Pulse("event loop " + pulses.size());
      pulses.add(pulse);
      beats.add(
          loop.scheduleWithFixedDelay(pulse::beat, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS));
    }
    return this;
  }

  @Override
  public String name() {
    return "event-loops";
  }

  @Override
  public Check check() {
    for (Pulse each : pulses) {
      if (each.check() instanceof Check.Failed still) {
        return Check.failed(still.why() + "; its connections are not served");
      }
    }
    return Check.ok();
  }

  @Override
  public void close() {
    beats.forEach(each -> each.cancel(false));
  }
}
