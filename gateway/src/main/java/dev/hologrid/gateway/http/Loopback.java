package dev.hologrid.gateway.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Addresses and names of this machine itself. */
final class Loopback {
  private Loopback() {}

  static boolean address(@Nullable String host) {
    return host != null
        && (host.startsWith("127.")
            || host.equals("localhost")
            || host.equals("::1")
            || host.equals("0:0:0:0:0:0:0:1")
            || host.equals("[::1]"));
  }

  /** A {@code Host} header's value without its port; a name that a stranger's DNS made up is no. */
  static boolean authority(@Nullable String hostHeader) {
    if (hostHeader == null) {
      return false;
    }
    String host = hostHeader.toLowerCase(Locale.ROOT);
    int colon = host.lastIndexOf(':');
    if (colon > host.lastIndexOf(']')) {
      host = host.substring(0, colon);
    }
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }
}
