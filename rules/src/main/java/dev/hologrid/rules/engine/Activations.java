package dev.hologrid.rules.engine;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that are going on, in the order in which they began; a chain through the activations. */
final class Activations {
  private @Nullable Activation first;
  private @Nullable Activation last;
  private int size;

  void add(Activation a) {
    Activation end = last;
    if (end == null) {
      first = a;
    } else {
      end.after = a;
    }
    a.before = end;
    last = a;
    size++;
  }

  /** Takes out one that is in. */
  void remove(Activation a) {
    Activation before = a.before;
    Activation after = a.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.before = before;
    }
    a.before = null;
    a.after = null;
    size--;
  }

  int size() {
    return size;
  }

  Stream<Activation> stream() {
    Stream.Builder<Activation> all = Stream.builder();
    for (Activation a = first; a != null; a = a.after) {
      all.add(a);
    }
    return all.build();
  }
}
