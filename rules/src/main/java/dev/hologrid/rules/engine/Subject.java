package dev.hologrid.rules.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a rule is true or false of: a device or a place. Costs nothing per rule while all is well.
 */
abstract class Subject {
  final int index;
  private @Nullable Activation @Nullable [] active;
  private @Nullable Object @Nullable [] memory;

  Subject(int index) {
    this.index = index;
  }

  /** The device id or the place code. */
  abstract String id();

  /** The code of the deepest place known, empty when nowhere. */
  abstract String place();

  final @Nullable Activation active(int rule) {
    @Nullable Activation[] all = active;
    return all == null || rule >= all.length ? null : all[rule];
  }

  final void activate(int rule, int rules, @Nullable Activation activation) {
    @Nullable Activation[] all = active;
    if (all == null) {
      if (activation == null) {
        return;
      }
      all = new Activation[rules];
      active = all;
    }
    all[rule] = activation;
    active(activation != null || any(all));
  }

  private static boolean any(@Nullable Activation[] all) {
    for (Activation each : all) {
      if (each != null) {
        return true;
      }
    }
    return false;
  }

  /** Whether any rule has something going on here now. */
  void active(boolean any) {}

  /** What a rule over several readings keeps here. */
  final @Nullable Object memory(int rule) {
    @Nullable Object[] all = memory;
    return all == null ? null : all[rule];
  }

  final void remember(int rule, int rules, @Nullable Object what) {
    @Nullable Object[] all = memory;
    if (all == null) {
      all = new Object[rules];
      memory = all;
    }
    all[rule] = what;
  }
}
