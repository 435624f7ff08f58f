package dev.hologrid.gateway.source.endpoint;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.channel.Channel;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Connections that have not sent their CONNECT: no more than so many at a time. When there is no
 * room the one that has been there longest goes, so that those who only sit there keep nobody out.
 * It is given half a second: when a whole city comes back at once, more are let in than can be read
 * at once, and a CONNECT that only waits to be read is nobody's fault. Safe for use by many
 * threads.
 */
final class Lobby {
  private static final long GRACE_MS = 250;

  private final int most;
  private final EndpointCounts counts;
  private final LinkedHashSet<Channel> waiting = new LinkedHashSet<>();
  private final Set<Channel> leaving = new HashSet<>();

  Lobby(int most, EndpointCounts counts) {
    this.most = most;
    this.counts = counts;
  }

  /** So many, but no more than a quarter of the files that this process may have open. */
  static int room(int wanted) {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? (int) Math.max(1, Math.min(wanted, unix.getMaxFileDescriptorCount() / 4))
        : wanted;
  }

  void entered(Channel channel) {
    Channel oldest;
    synchronized (this) {
      waiting.add(channel);
      if (waiting.size() <= most) {
        return;
      }
      oldest = waiting.removeFirst();
      leaving.add(oldest);
    }
    // Twice: the second time it has certainly been read since, however busy the loop is.
    later(oldest, () -> later(oldest, () -> displace(oldest)));
  }

  private static void later(Channel channel, Runnable step) {
    var unused = channel.eventLoop().schedule(step, GRACE_MS, TimeUnit.MILLISECONDS);
  }

  private void displace(Channel oldest) {
    if (left(oldest)) {
      counts.displaced.increment();
      oldest.close();
    }
  }

  /** Whether it was there. */
  synchronized boolean left(Channel channel) {
    return waiting.remove(channel) || leaving.remove(channel);
  }

  /** How many are there. */
  synchronized int waiting() {
    return waiting.size() + leaving.size();
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
