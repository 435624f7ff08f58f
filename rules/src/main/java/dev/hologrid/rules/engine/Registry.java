package dev.hologrid.rules.engine;

import dev.hologrid.rules.Device;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Devices and places, each with a number that stays. What every reading looks at and writes lies in
 * arrays of numbers, 32 bytes a device side by side: a reading that sets nothing off touches one
 * line of memory of its device and no object.
 */
final class Registry {
  /** Something is true of the device, or was once. */
  static final int ACTIVE = 1;

  /** The device is not like all of its kind to some rule. */
  static final int ROWS = 2;

  /** The device has windows. */
  static final int WINDOWS = 4;

  private static final int FIRST_SLOTS = 1 << 10;
  private static final int STRIDE = 4;
  private static final int LAST_TIME = 0;
  private static final int LAST_OFFSET = 1;
  private static final int HEARD = 2;

  /** A hash in the upper half, flags in the lower. */
  private static final int REST = 3;

  private final Map<String, PlaceState> places = new HashMap<>();
  private @Nullable Subject[] subjects = new Subject[FIRST_SLOTS];
  private @Nullable String[] ids = new String[FIRST_SLOTS];

  /** Those of the subjects that are devices, so that no cast has to look at the object. */
  private @Nullable DeviceState[] states = new DeviceState[FIRST_SLOTS];

  private long[] hot = new long[FIRST_SLOTS * STRIDE];
  private int size;

  /** Open addressing over the devices, by id: their numbers + 1. */
  private int[] slots = new int[FIRST_SLOTS];

  private int devices;

  /** A device that nothing is known of, for conditions that need no more than that. */
  final DeviceState blank = new DeviceState(-1, new Device("", "", List.of(), Map.of()), this);

  int size() {
    return size;
  }

  int devices() {
    return devices;
  }

  Subject subject(int index) {
    Subject subject = subjects[index];
    if (subject == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return subject;
  }

  /** The device of a number that {@link #number} gave. */
  DeviceState device(int number) {
    DeviceState state = states[number];
    if (state == null) {
      throw new IndexOutOfBoundsException(number);
    }
    return state;
  }

  /** The number of a device, or -1. */
  int number(String id) {
    int mask = slots.length - 1;
    for (int i = spread(id) & mask; ; i = (i + 1) & mask) {
      int number = slots[i] - 1;
      if (number < 0 || id.equals(ids[number])) {
        return number;
      }
    }
  }

  @Nullable DeviceState find(String id) {
    int number = number(id);
    return number < 0 ? null : device(number);
  }

  DeviceState add(Device device) {
    if (devices * 2 >= slots.length) {
      grow();
    }
    DeviceState state = new DeviceState(size, device, this);
    append(state);
    ids[state.index] = state.id;
    states[state.index] = state;
    hot[state.index * STRIDE + LAST_TIME] = DeviceState.NEVER;
    hot[state.index * STRIDE + LAST_OFFSET] = -1;
    devices++;
    insert(state.index, state.id);
    return state;
  }

  private void append(Subject subject) {
    if (size == subjects.length) {
      subjects = Arrays.copyOf(subjects, size * 2);
      ids = Arrays.copyOf(ids, size * 2);
      states = Arrays.copyOf(states, size * 2);
      hot = Arrays.copyOf(hot, size * 2 * STRIDE);
    }
    subjects[size++] = subject;
  }

  // What every reading looks at.

  /** Event time of the newest reading. */
  long lastTime(int number) {
    return hot[number * STRIDE + LAST_TIME];
  }

  long lastOffset(int number) {
    return hot[number * STRIDE + LAST_OFFSET];
  }

  /** Tells a message that came twice from two readings of one moment. */
  int lastHash(int number) {
    return (int) (hot[number * STRIDE + REST] >>> 32);
  }

  int flags(int number) {
    return (int) hot[number * STRIDE + REST];
  }

  void newest(int number, long time, long offset, int hash) {
    int at = number * STRIDE;
    hot[at + LAST_TIME] = time;
    hot[at + LAST_OFFSET] = offset;
    hot[at + REST] = ((long) hash << 32) | (hot[at + REST] & 0xffff_ffffL);
  }

  long heard(int number) {
    return hot[number * STRIDE + HEARD];
  }

  void heard(int number, long time) {
    hot[number * STRIDE + HEARD] = time;
  }

  void flag(int number, int flag, boolean on) {
    if (number >= 0) {
      long rest = hot[number * STRIDE + REST];
      hot[number * STRIDE + REST] = on ? rest | flag : rest & ~(long) flag;
    }
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
      known = new PlaceState(size, code, parent);
      append(known);
      places.put(code, known);
    }
    return known;
  }

  private void insert(int number, String id) {
    int mask = slots.length - 1;
    int i = spread(id) & mask;
    while (slots[i] != 0) {
      i = (i + 1) & mask;
    }
    slots[i] = number + 1;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    for (int number = 0; number < size; number++) {
      String id = ids[number];
      if (id != null) {
        insert(number, id);
      }
    }
  }

  private static int spread(String id) {
    int h = id.hashCode() * 0x9E3779B9;
    return h ^ (h >>> 16);
  }
}
