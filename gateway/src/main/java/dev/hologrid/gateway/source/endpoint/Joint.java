package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.source.Inbox;
import io.netty.channel.EventLoop;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What all connections of one endpoint share. Safe for use by many threads. */
record Joint(
    String source,
    Inbox inbox,
    Subscriptions subscriptions,
    EndpointConfig.Limits limits,
    Clock clock,
    Sessions sessions,
    EndpointCounts counts,
    Map<EventLoop, AckLoop> loops) {

  static Joint of(
      String source, Inbox inbox, Subscriptions subscriptions, EndpointConfig config, Clock clock) {
    return new Joint(
        source,
        inbox,
        subscriptions,
        config.limits(),
        clock,
        new Sessions(config.limits().sessions()),
        new EndpointCounts(),
        new ConcurrentHashMap<>());
  }

  AckLoop loop(EventLoop loop) {
    return loops.computeIfAbsent(loop, AckLoop::new);
  }
}
