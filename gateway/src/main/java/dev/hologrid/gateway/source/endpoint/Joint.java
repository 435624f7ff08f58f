package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.audit.Decision;
import dev.hologrid.gateway.audit.SecurityAudit;
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
    SecurityAudit audit,
    Paces paces,
    Followers followers,
    Lobby lobby,
    Map<EventLoop, AckLoop> loops) {

  static Joint of(
      EndpointConfig config,
      Inbox inbox,
      Subscriptions subscriptions,
      Clock clock,
      SecurityAudit audit) {
    Followers followers = new Followers();
    EndpointCounts counts = new EndpointCounts();
    return new Joint(
        "endpoint",
        inbox,
        subscriptions,
        config.limits(),
        clock,
        new Sessions(config.limits().sessions(), followers),
        counts,
        audit,
        new Paces(config.rates()),
        followers,
        new Lobby(Lobby.room(config.limits().unconnected()), counts),
        new ConcurrentHashMap<>());
  }

  AckLoop loop(EventLoop loop) {
    return loops.computeIfAbsent(loop, AckLoop::new);
  }

  /** Counts and notes that a client was not let in. */
  void refused(DeviceGate.Refusal why, String client, String address) {
    counts.refused(why);
    switch (why) {
      // what the endpoint has decided by itself; the gate notes its own decisions
      case BAD_CLIENT_ID,
          BAD_WILL,
          TOO_LARGE,
          TOO_MANY,
          UNTRUSTED,
          NOT_TRUSTED,
          NO_SUCH_METHOD,
          TOO_FAST ->
          audit.note(new Decision("connect-refused", "client:" + client, address, why.why()));
      default -> {}
    }
  }
}
