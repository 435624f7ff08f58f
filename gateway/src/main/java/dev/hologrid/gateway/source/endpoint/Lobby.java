package dev.hologrid.gateway.source.endpoint;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;

/**
 * Connections that have not sent their CONNECT: no more than so many at a time. When there is no
 * room the one that has been there longest goes, so that those who only sit there keep nobody out.
 * Safe for use by many threads.
 */
final class Lobby {
  private final int most;
  private final EndpointCounts counts;
  private final LinkedHashSet<Channel> waiting = new LinkedHashSet<>();

  Lobby(int most, EndpointCounts counts) {
    this.most = most;
    this.counts = counts;
  }

  void entered(Channel channel) {
    Channel oldest = null;
    synchronized (this) {
      waiting.add(channel);
      if (waiting.size() > most) {
        oldest = waiting.removeFirst();
      }
    }
    if (oldest != null) {
      counts.displaced.increment();
      oldest.close();
    }
  }

  synchronized void left(Channel channel) {
    waiting.remove(channel);
  }

  /** It has sent something else. */
  void wrong(Channel channel) {
    counts.broken.increment();
    channel.close();
  }

  /** The CONNECT is not there in time. */
  void late(Channel channel) {
    counts.late.increment();
    channel.close();
  }
}
