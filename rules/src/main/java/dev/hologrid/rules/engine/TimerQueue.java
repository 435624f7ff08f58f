package dev.hologrid.rules.engine;

import java.util.Arrays;

/** What is due when: a heap of numbers. Those due at one moment come in order of their payload. */
final class TimerQueue {
  private long[] due = new long[64];
  private long[] payload = new long[64];
  private int size;

  /** The next moment at which something is due; {@link Long#MAX_VALUE} for none. */
  long next() {
    return size == 0 ? Long.MAX_VALUE : due[0];
  }

  long payload() {
    return payload[0];
  }

  void push(long at, long what) {
    if (size == due.length) {
      due = Arrays.copyOf(due, size * 2);
      payload = Arrays.copyOf(payload, size * 2);
    }
    int i = size++;
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      if (!before(at, what, due[parent], payload[parent])) {
        break;
      }
      due[i] = due[parent];
      payload[i] = payload[parent];
      i = parent;
    }
    due[i] = at;
    payload[i] = what;
  }

  void pop() {
    size--;
    long at = due[size];
    long what = payload[size];
    int i = 0;
    while (true) {
      int child = 2 * i + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size
          && before(due[child + 1], payload[child + 1], due[child], payload[child])) {
        child++;
      }
      if (before(at, what, due[child], payload[child])) {
        break;
      }
      due[i] = due[child];
      payload[i] = payload[child];
      i = child;
    }
    due[i] = at;
    payload[i] = what;
  }

  private static boolean before(long dueA, long payloadA, long dueB, long payloadB) {
    return dueA < dueB || (dueA == dueB && payloadA < payloadB);
  }
}
