package dev.hologrid.rules.engine;

import dev.hologrid.rules.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Devices and places, each with a number that stays. */
final class Registry {
  private static final int FIRST_SLOTS = 1 << 10;

  private final List<Subject> subjects = new ArrayList<>();
  private final Map<String, PlaceState> places = new HashMap<>();

  /** Open addressing over the devices, by id. */
  private @Nullable DeviceState[] slots = new DeviceState[FIRST_SLOTS];

  private int devices;

  int size() {
    return subjects.size();
  }

  int devices() {
    return devices;
  }

  Subject subject(int index) {
    return subjects.get(index);
  }

  @Nullable DeviceState find(String id) {
    int mask = slots.length - 1;
    for (int i = spread(id) & mask; ; i = (i + 1) & mask) {
      DeviceState state = slots[i];
      if (state == null || state.id.equals(id)) {
        return state;
      }
    }
  }

  DeviceState add(Device device) {
    if (devices * 2 >= slots.length) {
      grow();
    }
    DeviceState state = new DeviceState(subjects.size(), device);
    subjects.add(state);
    devices++;
    insert(state);
    return state;
  }

  /** Puts a device where its path says. */
  void locate(DeviceState state) {
    List<String> path = state.device.path();
    PlaceState[] at = new PlaceState[path.size()];
    PlaceState parent = null;
    for (int i = 0; i < at.length; i++) {
      parent = place(path.get(i), parent);
      at[i] = parent;
    }
    state.places = at;
  }

  PlaceState place(String code, @Nullable PlaceState parent) {
    PlaceState known = places.get(code);
    if (known == null) {
      known = new PlaceState(subjects.size(), code, parent);
      subjects.add(known);
      places.put(code, known);
    }
    return known;
  }

  private void insert(DeviceState state) {
    int mask = slots.length - 1;
    int i = spread(state.id) & mask;
    while (slots[i] != null) {
      i = (i + 1) & mask;
    }
    slots[i] = state;
  }

  private void grow() {
    @Nullable DeviceState[] old = slots;
    slots = new DeviceState[old.length * 2];
    Arrays.stream(old)
        .forEach(
            state -> {
              if (state != null) {
                insert(state);
              }
            });
  }

  private static int spread(String id) {
    int h = id.hashCode() * 0x9E3779B9;
    return h ^ (h >>> 16);
  }
}
