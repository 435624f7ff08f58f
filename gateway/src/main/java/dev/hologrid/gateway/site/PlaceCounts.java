package dev.hologrid.gateway.site;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** Devices by state for each place, counted up the tree. Written under the registry's lock. */
final class PlaceCounts {
  private static final int STATES = DeviceState.values().length;

  private final PlaceTree tree;
  private final AtomicIntegerArray counts;
  private final int[] parents;

  PlaceCounts(PlaceTree tree) {
    this.tree = tree;
    this.parents = new int[tree.size()];
    for (int i = 0; i < parents.length; i++) {
      String parent = tree.at(i).parent();
      parents[i] = parent == null ? -1 : tree.index(parent);
    }
    // the last group counts everywhere
    this.counts = new AtomicIntegerArray((tree.size() + 1) * STATES);
  }

  PlaceTree tree() {
    return tree;
  }

  void add(int place, DeviceState state) {
    change(place, state, 1);
  }

  void move(int place, DeviceState from, DeviceState to) {
    change(place, from, -1);
    change(place, to, 1);
  }

  private void change(int place, DeviceState state, int by) {
    counts.addAndGet(tree.size() * STATES + state.ordinal(), by);
    for (int at = place; at >= 0; at = parents[at]) {
      counts.addAndGet(at * STATES + state.ordinal(), by);
    }
  }

  int everywhere(DeviceState state) {
    return counts.get(tree.size() * STATES + state.ordinal());
  }

  int count(String place, DeviceState state) {
    int index = tree.index(place);
    return index < 0 ? 0 : counts.get(index * STATES + state.ordinal());
  }

  int total(String place) {
    int total = 0;
    for (DeviceState each : DeviceState.values()) {
      total += count(place, each);
    }
    return total;
  }
}
