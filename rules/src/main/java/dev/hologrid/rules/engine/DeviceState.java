package dev.hologrid.rules.engine;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.PlaceLevel;
import dev.hologrid.rules.window.Window;
import org.jspecify.annotations.Nullable;

/** All that the engine holds of one device. */
final class DeviceState extends Subject {
  private static final PlaceState[] NOWHERE = {};
  static final long NEVER = Long.MIN_VALUE;

  final String id;
  Device device;
  PlaceState[] places = NOWHERE;

  /** Event time of the newest reading. */
  long lastTime = NEVER;

  /** Tells a message that came twice from two readings of one moment. */
  int lastHash;

  long lastOffset = -1;

  /** When the device was last known to speak; where it never did, when it was registered. */
  long heard;

  @Nullable Window @Nullable [] windows;

  /** By rule: the row of its params, or -1 where the rule leaves this device alone. */
  short @Nullable [] rows;

  /** By member of a rule over a share of devices: whether it counts. */
  long shares;

  DeviceState(int index, Device device) {
    super(index);
    this.id = device.id();
    this.device = device;
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

  @Nullable Window window(int slot) {
    @Nullable Window[] all = windows;
    return all == null ? null : all[slot];
  }
}
