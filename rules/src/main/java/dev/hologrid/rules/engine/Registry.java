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
 * side by side, 32 bytes a device in order of number; the number is found by the id in a small
 * table that is open-addressed by its hash. A reading that sets nothing off touches no object of
 * its device. With more devices than the processor's cache holds, each line of memory that need not
 * be waited for is worth more than everything that is computed.
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

  private static final int FIRST_ROOM = 1 << 10;

  private static final int SPARSE = 4;

  /** Longs a subject. */
  private static final int STRIDE = 4;

  /** An array's first long is 16 bytes into it: rows begin where lines of memory may. */
  private static final int BEGIN = 2;

  private static final int LAST_TIME = BEGIN;
  private static final int LAST_OFFSET = BEGIN + 1;
  private static final int HEARD = BEGIN + 2;

  /** A hash of the newest reading in the upper half, flags in the lower. */
  private static final int REST = BEGIN + 3;

  private final Map<String, PlaceState> places = new HashMap<>();
  private @Nullable Subject[] subjects = new Subject[FIRST_ROOM];

  /** By number; null for places. */
  private @Nullable String[] ids = new String[FIRST_ROOM];

  /** Those of the subjects that are devices, so that no cast has to look at the object. */
  private @Nullable DeviceState[] states = new DeviceState[FIRST_ROOM];

  /** By slot, then by number; a slot that no device has a window of has no array. */
  private @Nullable Window[] @Nullable [] windows = new Window[0][];

  /** By number. */
  private long[] hot = new long[FIRST_ROOM * STRIDE + BEGIN];

  /**
   * By the hash of the id: the number + 1, or 0. A quarter full at most: few are looked for twice.
   */
  private int[] numbers = new int[SPARSE * FIRST_ROOM];

  private int shift = Integer.numberOfLeadingZeros(SPARSE * FIRST_ROOM - 1);
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

  /** The number of a device, or -1; {@code hash} is that of its id, which may be far away. */
  @SuppressWarnings("ReferenceEquality") // whoever keeps ids is served faster, nobody wrongly
  int number(String id, int hash) {
    int mask = numbers.length - 1;
    for (int i = first(hash); ; i = (i + 1) & mask) {
      int number = numbers[i] - 1;
      if (number < 0) {
        return -1;
      }
      String known = ids[number];
      if (known == id || (known != null && known.hashCode() == hash && known.equals(id))) {
        return number;
      }
    }
  }

  /**
   * The number that a device with this hash of its id likely has, or any other. Looks at no id, so
   * that it can be asked of many at a time.
   */
  int guess(int hash) {
    return Math.max(0, numbers[first(hash)] - 1);
  }

  /** Has memory fetch the windows of a device that may hold something; any number will do. */
  long touch(int number) {
    long sum = 0;
    for (int slots = flags(number) >>> FIRST_WINDOW_BIT; slots != 0; slots &= slots - 1) {
      Window window = window(Integer.numberOfTrailingZeros(slots), number);
      sum += window == null ? 0 : window.size();
    }
    return sum;
  }

  /** The same of what is in its windows. */
  long touchSamples(int number) {
    long sum = 0;
    for (int slots = flags(number) >>> FIRST_WINDOW_BIT; slots != 0; slots &= slots - 1) {
      Window window = window(Integer.numberOfTrailingZeros(slots), number);
      sum += window == null ? 0 : window.touch();
    }
    return sum;
  }

  /** Multiplied by the golden ratio, ids that count upwards spread evenly over the upper bits. */
  private int first(int hash) {
    return (hash * 0x9E3779B9) >>> shift;
  }

  @Nullable DeviceState find(String id) {
    int number = number(id, id.hashCode());
    return number < 0 ? null : device(number);
  }

  DeviceState add(Device device) {
    if (devices * SPARSE >= numbers.length) {
      spread();
    }
    DeviceState state = new DeviceState(size, device, this);
    append(state);
    ids[state.index] = state.id;
    states[state.index] = state;
    numbers[free(state.id.hashCode())] = state.index + 1;
    newest(state.index, DeviceState.NEVER, -1, 0);
    devices++;
    return state;
  }

  private int free(int hash) {
    int i = first(hash);
    while (numbers[i] != 0) {
      i = (i + 1) & (numbers.length - 1);
    }
    return i;
  }

  private void spread() {
    numbers = new int[numbers.length * 2];
    shift--;
    for (int number = 0; number < size; number++) {
      String id = ids[number];
      if (id != null) {
        numbers[free(id.hashCode())] = number + 1;
      }
    }
  }

  private void append(Subject subject) {
    if (size == subjects.length) {
      subjects = Arrays.copyOf(subjects, size * 2);
      ids = Arrays.copyOf(ids, size * 2);
      states = Arrays.copyOf(states, size * 2);
      hot = Arrays.copyOf(hot, size * 2 * STRIDE + BEGIN);
      for (int slot = 0; slot < windows.length; slot++) {
        @Nullable Window[] all = windows[slot];
        windows[slot] = all == null ? null : Arrays.copyOf(all, size * 2);
      }
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
    hot[number * STRIDE + LAST_TIME] = time;
    hot[number * STRIDE + LAST_OFFSET] = offset;
    hot[number * STRIDE + REST] =
        ((long) hash << 32) | (hot[number * STRIDE + REST] & 0xffff_ffffL);
  }

  long heard(int number) {
    return hot[number * STRIDE + HEARD];
  }

  void heard(int number, long time) {
    hot[number * STRIDE + HEARD] = time;
  }

  void flag(int number, int flag, boolean on) {
    if (number >= 0) {
      int rest = number * STRIDE + REST;
      hot[rest] = on ? hot[rest] | (flag & 0xffff_ffffL) : hot[rest] & ~(flag & 0xffff_ffffL);
    }
  }

  // Windows.

  /** So many windows can a device have. */
  void windowSlots(int count) {
    windows = new Window[count][];
  }

  /** Can a device have windows at all? */
  boolean windowed() {
    return windows.length > 0;
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
