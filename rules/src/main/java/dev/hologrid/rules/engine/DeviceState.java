package dev.hologrid.rules.engine;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.PlaceLevel;
import dev.hologrid.rules.window.Window;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** All that the engine holds of one device. */
final class DeviceState extends Subject {
  private static final PlaceState[] NOWHERE = {};
  static final long NEVER = Long.MIN_VALUE;

  private static final int FEW_JUDGED = 4;
  private static final int MOST_JUDGED = 256;

  final String id;
  private final Registry registry;
  Device device;
  PlaceState[] places = NOWHERE;

  /** By rule: the row of its params, or -1 where the rule leaves this device alone. */
  private short @Nullable [] rows;

  private long shares;

  // Readings for which a condition was true, oldest overwritten; null while there was none.
  private long @Nullable [] judged;
  private int judgedCount;

  DeviceState(int index, Device device, Registry registry) {
    super(index);
    this.registry = registry;
    this.id = device.id();
    this.device = device;
  }

  /** Notes a reading that made a condition true, so that its repeat, however late, does not. */
  void judged(long reading) {
    long[] ring = judged;
    if (ring == null) {
      ring = new long[FEW_JUDGED];
    } else if (judgedCount == ring.length && ring.length < MOST_JUDGED) {
      ring = Arrays.copyOf(ring, ring.length * 2);
    }
    ring[judgedCount++ % ring.length] = reading;
    if (judgedCount == 2 * MOST_JUDGED) {
      judgedCount = MOST_JUDGED;
    }
    judged = ring;
  }

  boolean wasJudged(long reading) {
    long[] ring = judged;
    for (int i = 0; ring != null && i < Math.min(judgedCount, ring.length); i++) {
      if (ring[i] == reading) {
        return true;
      }
    }
    return false;
  }

  /** All that are noted, oldest first. */
  long[] judged() {
    long[] ring = judged;
    if (ring == null) {
      return new long[0];
    }
    int count = Math.min(judgedCount, ring.length);
    long[] all = new long[count];
    for (int i = 0; i < count; i++) {
      all[i] = ring[(judgedCount - count + i) % ring.length];
    }
    return all;
  }

  @Override
  String id() {
    return id;
  }

  @Override
  String place() {
    return device.path().isEmpty() ? "" : device.path().getLast();
  }

  @Nullable PlaceState placeAt(PlaceLevel level) {
    return level.ordinal() < places.length ? places[level.ordinal()] : null;
  }

  /** When the device was last known to speak; where it never did, when it was registered. */
  long heard() {
    return registry.heard(index);
  }

  /** The offset of the newest reading, or -1. */
  long lastOffset() {
    return registry.lastOffset(index);
  }

  short @Nullable [] rows() {
    return rows;
  }

  void rows(short @Nullable [] all) {
    rows = all;
    registry.flag(index, Registry.ROWS, all != null);
  }

  /** By member of a rule over a share of devices, a bit each: whether the device counts. */
  long shares() {
    return shares;
  }

  void shares(long all) {
    shares = all;
    registry.flag(index, Registry.SHARES, all != 0);
  }

  @Nullable Window window(int slot) {
    return registry.window(slot, index);
  }

  /** Sets the window at a slot; it must not be there yet. */
  void window(int slot, Window window) {
    registry.window(slot, index, window);
    registry.flag(index, Registry.windowFlag(slot), true);
  }

  /** Something goes into the window at a slot. */
  void filled(int slot) {
    registry.flag(index, Registry.windowFlag(slot), true);
  }

  /** Nothing is left in the window at a slot. */
  void emptied(int slot) {
    if (!Registry.sharedWindowFlag(slot)) {
      registry.flag(index, Registry.windowFlag(slot), false);
    }
  }

  @Override
  void active(boolean any) {
    registry.flag(index, Registry.ACTIVE, any);
  }
}
