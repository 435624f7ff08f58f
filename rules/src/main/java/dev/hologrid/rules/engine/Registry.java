package dev.hologrid.rules.engine;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.window.Window;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Devices and places, each with a number that stays. What every reading looks at and writes lies
 * side by side, 40 bytes a device, in a table that is open-addressed by the hash of its id: to find
 * a device is to have fetched it, and a reading that sets nothing off touches no object of its
 * device. With more devices than the processor's cache holds, each line of memory that need not be
 * waited for is worth more than everything that is computed.
 *
 * <p>{@code at} is a device's place in that table. It holds until the next device is added.
 */
final class Registry {
  /** Something is true of the device, or was once. */
  static final int ACTIVE = 1;

  /** The device is not like all of its kind to some rule. */
  static final int ROWS = 2;

  /** The device counts in a share of its place's devices. */
  static final int SHARES = 4;

  private static final int FIRST_WINDOW_BIT = 3;
  private static final int LAST_WINDOW_BIT = 31;

  private static final int FIRST_SLOTS = 1 << 10;
  private static final int STRIDE = 5;

  /** The hash of the id in the upper half, the number + 1 in the lower; 0 where nobody is. */
  private static final int KEY = 0;

  private static final int LAST_TIME = 1;
  private static final int LAST_OFFSET = 2;
  private static final int HEARD = 3;

  /** A hash of the newest reading in the upper half, flags in the lower. */
  private static final int REST = 4;

  private final Map<String, PlaceState> places = new HashMap<>();
  private @Nullable Subject[] subjects = new Subject[FIRST_SLOTS];
  private @Nullable String[] ids = new String[FIRST_SLOTS];

  /** Those of the subjects that are devices, so that no cast has to look at the object. */
  private @Nullable DeviceState[] states = new DeviceState[FIRST_SLOTS];

  /** By slot, then by number; a slot that no device has a window of has no array. */
  private @Nullable Window[] @Nullable [] windows = new Window[0][];

  /** By number: where in {@link #hot} the device is. */
  private int[] where = new int[FIRST_SLOTS];

  /** Half full at most. */
  private long[] hot = new long[FIRST_SLOTS * STRIDE];

  private int slots = FIRST_SLOTS;
  private int shift = Integer.numberOfLeadingZeros(FIRST_SLOTS - 1);
  private int size;
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
    int at = at(id, id.hashCode());
    return at < 0 ? -1 : number(at);
  }

  /** Where a device is, or -1; {@code hash} is that of its id, which may be far away in memory. */
  @SuppressWarnings("ReferenceEquality") // whoever keeps ids is served faster, nobody wrongly
  int at(String id, int hash) {
    long[] table = hot;
    int mask = slots - 1;
    for (int i = first(hash); ; i = (i + 1) & mask) {
      long key = table[i * STRIDE + KEY];
      if (key == 0) {
        return -1;
      }
      if ((int) (key >>> 32) == hash) {
        String known = ids[(int) key - 1];
        if (known == id || id.equals(known)) {
          return i * STRIDE;
        }
      }
    }
  }

  /** Has memory fetch the place where {@link #at} looks first. */
  long touch(int hash) {
    return hot[first(hash) * STRIDE + LAST_TIME];
  }

  /** Multiplied by the golden ratio, ids that count upwards spread evenly over the upper bits. */
  private int first(int hash) {
    return (hash * 0x9E3779B9) >>> shift;
  }

  /** Where the device of a number is. */
  int at(int number) {
    return where[number];
  }

  int number(int at) {
    return (int) hot[at + KEY] - 1;
  }

  @Nullable DeviceState find(String id) {
    int number = number(id);
    return number < 0 ? null : device(number);
  }

  DeviceState add(Device device) {
    if (devices * 2 >= slots) {
      grow();
    }
    DeviceState state = new DeviceState(size, device, this);
    append(state);
    ids[state.index] = state.id;
    states[state.index] = state;
    int at = free(state.id.hashCode());
    hot[at + KEY] = ((long) state.id.hashCode() << 32) | (state.index + 1);
    hot[at + LAST_TIME] = DeviceState.NEVER;
    hot[at + LAST_OFFSET] = -1;
    where[state.index] = at;
    devices++;
    return state;
  }

  private int free(int hash) {
    int i = first(hash);
    while (hot[i * STRIDE + KEY] != 0) {
      i = (i + 1) & (slots - 1);
    }
    return i * STRIDE;
  }

  private void grow() {
    long[] before = hot;
    slots *= 2;
    shift--;
    hot = new long[slots * STRIDE];
    for (int at = 0; at < before.length; at += STRIDE) {
      long key = before[at + KEY];
      if (key != 0) {
        int to = free((int) (key >>> 32));
        System.arraycopy(before, at, hot, to, STRIDE);
        where[(int) key - 1] = to;
      }
    }
  }

  private void append(Subject subject) {
    if (size == subjects.length) {
      subjects = Arrays.copyOf(subjects, size * 2);
      ids = Arrays.copyOf(ids, size * 2);
      states = Arrays.copyOf(states, size * 2);
      where = Arrays.copyOf(where, size * 2);
      for (int slot = 0; slot < windows.length; slot++) {
        @Nullable Window[] all = windows[slot];
        windows[slot] = all == null ? null : Arrays.copyOf(all, size * 2);
      }
    }
    subjects[size++] = subject;
  }

  // What every reading looks at.

  /** Event time of the newest reading. */
  long lastTime(int at) {
    return hot[at + LAST_TIME];
  }

  long lastOffset(int at) {
    return hot[at + LAST_OFFSET];
  }

  /** Tells a message that came twice from two readings of one moment. */
  int lastHash(int at) {
    return (int) (hot[at + REST] >>> 32);
  }

  int flags(int at) {
    return (int) hot[at + REST];
  }

  void newest(int at, long time, long offset, int hash) {
    hot[at + LAST_TIME] = time;
    hot[at + LAST_OFFSET] = offset;
    hot[at + REST] = ((long) hash << 32) | (hot[at + REST] & 0xffff_ffffL);
  }

  long heard(int at) {
    return hot[at + HEARD];
  }

  void heard(int at, long time) {
    hot[at + HEARD] = time;
  }

  void flag(int number, int flag, boolean on) {
    if (number >= 0) {
      int rest = where[number] + REST;
      hot[rest] = on ? hot[rest] | (flag & 0xffff_ffffL) : hot[rest] & ~(flag & 0xffff_ffffL);
    }
  }

  // Windows.

  /** So many windows can a device have. */
  void windowSlots(int count) {
    windows = new Window[count][];
  }

  /** The flag that says that the window at a slot may hold something; the last one is shared. */
  static int windowFlag(int slot) {
    return 1 << Math.min(FIRST_WINDOW_BIT + slot, LAST_WINDOW_BIT);
  }

  /** Does the flag stand for one slot alone, so that an empty window can take it back? */
  static boolean sharedWindowFlag(int slot) {
    return FIRST_WINDOW_BIT + slot >= LAST_WINDOW_BIT;
  }

  @Nullable Window window(int slot, int number) {
    @Nullable Window[] all = windows[slot];
    return all == null || number < 0 ? null : all[number];
  }

  void window(int slot, int number, Window window) {
    @Nullable Window[] all = windows[slot];
    if (all == null) {
      all = new Window[subjects.length];
      windows[slot] = all;
    }
    all[number] = window;
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
}
