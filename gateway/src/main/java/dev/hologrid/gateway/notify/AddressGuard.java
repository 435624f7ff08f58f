package dev.hologrid.gateway.notify;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;

/**
 * Keeps notifications from reaching into our own network: a name is resolved once, its address is
 * judged, and that very address is connected to.
 *
 * @param allowed host names that may be private, for targets in the house
 */
public record AddressGuard(Set<String> allowed) {
  public AddressGuard {
    allowed = Set.copyOf(allowed);
  }

  /**
   * The address to connect to. Blocks for the name service.
   *
   * @throws Refused when any address of the name is not public and the host is not allowed
   */
  InetAddress resolve(URI target) throws Refused {
    String host = target.getHost();
    if (host == null) {
      throw new Refused("no host in " + target);
    }
    boolean listed = allowed.contains(host);
    if (!listed && !"https".equals(target.getScheme())) {
      throw new Refused("only https is used for " + host + ", which is not on the allow list");
    }
    try {
      InetAddress[] all = InetAddress.getAllByName(host);
      for (InetAddress each : all) {
        if (!listed && !isPublic(each)) {
          throw new Refused(host + " is at " + each.getHostAddress() + ", which is not public");
        }
      }
      return all[0];
    } catch (UnknownHostException e) {
      throw new Refused("there is no host " + host);
    }
  }

  static boolean isPublic(InetAddress address) {
    byte[] b = address.getAddress();
    boolean special =
        address.isLoopbackAddress()
            || address.isAnyLocalAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress();
    if (special) {
      return false;
    }
    if (address instanceof Inet6Address) {
      boolean uniqueLocal = (b[0] & 0xfe) == 0xfc;
      boolean mapsIpv4 = (b[0] == 0 && b[1] == 0x64) || (b[0] == 0x20 && b[1] == 0x02);
      return !uniqueLocal && !mapsIpv4;
    }
    int first = b[0] & 0xff;
    int second = b[1] & 0xff;
    boolean carrier = first == 100 && second >= 64 && second < 128;
    boolean reserved = first == 0 || first >= 240 || (first == 192 && second == 0);
    boolean benchmark = first == 198 && (second == 18 || second == 19);
    return !carrier && !reserved && !benchmark;
  }

  /** A target that must not be connected to. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why);
    }
  }
}
