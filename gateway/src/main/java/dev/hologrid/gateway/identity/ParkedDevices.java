package dev.hologrid.gateway.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Devices that wanted to come in and that nobody has provisioned, so that an operator can approve
 * them. In memory only, and bounded: at most 1,000, of one address at most 100. Safe for use by
 * many threads.
 */
public final class ParkedDevices {
  private static final int MOST = 1_000;
  private static final int MOST_OF_ONE = 100;

  /** A shorter password may be one that people chose, and is not taken over. */
  private static final int SECRET = 22;

  /**
   * A device that waits.
   *
   * @param firstAt epoch milliseconds UTC
   * @param tries how often it came
   * @param shown a hash of the secret it showed last, when that is long enough to be kept
   */
  public record Parked(
      String device,
      String address,
      long firstAt,
      long lastAt,
      int tries,
      Proof.@Nullable Secret shown) {}

  private final Map<String, Parked> parked = new LinkedHashMap<>();

  /** Notes a try; true when the device is listed for the first time. */
  synchronized boolean note(String device, String address, @Nullable String password, long now) {
    Proof.Secret shown =
        password != null && password.length() >= SECRET ? Proof.Secret.of(password) : null;
    Parked known = parked.get(device);
    if (known != null) {
      parked.put(device, new Parked(device, address, known.firstAt, now, known.tries + 1, shown));
      return false;
    }
    long same = parked.values().stream().filter(each -> each.address.equals(address)).count();
    if (parked.size() >= MOST || same >= MOST_OF_ONE) {
      return false;
    }
    parked.put(device, new Parked(device, address, now, now, 1, shown));
    return true;
  }

  /** All, the latest first. */
  public synchronized List<Parked> list() {
    List<Parked> all = new ArrayList<>(parked.values());
    all.sort(Comparator.comparingLong(Parked::lastAt).reversed());
    return all;
  }

  /** Takes a device off the list; null when it is not there. */
  public synchronized @Nullable Parked take(String device) {
    return parked.remove(device);
  }
}
